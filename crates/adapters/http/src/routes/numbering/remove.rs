//! `DELETE /number-series/{id}`: removing a number series that gave no number.

use actix_web::{HttpResponse, delete, web};
use gaara_application::App;
use gaara_application::invoicing::{RemoveNumberSeries, RemoveNumberSeriesError};
use gaara_kernel::SeriesId;

use crate::caller::{Caller, PathId};
use crate::code::Code;
use crate::headers::IfMatch;
use crate::problem::Problem;
use crate::reply::{done, respond};

/// Removes a number series that gave no number.
#[utoipa::path(
    tag = "Number series",
    operation_id = "removeNumberSeries",
    params(("id" = String, Path, description = "The series' id")),
    responses((status = 204, description = "Removed")),
)]
#[delete("/number-series/{id}")]
pub(crate) async fn remove_number_series(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<SeriesId>,
    expected: IfMatch,
) -> Result<HttpResponse, Problem> {
    let use_case = RemoveNumberSeries { id: id.0, expected: expected.0 };
    let problem = |error| match error {
        RemoveNumberSeriesError::NotFound => Problem::not_found(),
        RemoveNumberSeriesError::Stale { current } => Problem::stale(current),
        RemoveNumberSeriesError::Used => Problem::new(Code::ResourceInUse),
        RemoveNumberSeriesError::Store(error) => error.into(),
    };
    respond(&app, &caller.actor, None, &use_case, |_| done(), problem).await
}
