//! `POST /number-series/{id}/close`: closing a number series.

use actix_web::{HttpResponse, post, web};
use gaara_application::App;
use gaara_application::invoicing::{CloseNumberSeries, CloseNumberSeriesError, ShownSeries};
use gaara_kernel::SeriesId;

use crate::caller::{Caller, PathId};
use crate::code::Code;
use crate::headers::{Idempotency, OptionalIfMatch};
use crate::json::OptionalBody;
use crate::problem::Problem;
use crate::reply::{changed, respond};
use crate::routes::archiving::StepRequest;
use crate::views::SeriesBody;

/// Closes a number series for good: it gives no more numbers.
#[utoipa::path(
    tag = "Number series",
    operation_id = "closeNumberSeries",
    params(
        ("id" = String, Path, description = "The series' id"),
        ("If-Match" = Option<String>, Header, description = "The version the decision was made on"),
    ),
    request_body = Option<StepRequest>,
    responses((status = 200, description = "Closed", body = SeriesBody)),
)]
#[post("/number-series/{id}/close")]
pub(crate) async fn close_number_series(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<SeriesId>,
    expected: OptionalIfMatch,
    idempotency: Idempotency,
    body: OptionalBody<StepRequest>,
) -> Result<HttpResponse, Problem> {
    let once = idempotency.once(&caller.actor, body.raw());
    body.into_body().read(|StepRequest {}, _| Some(()))?;
    let use_case = CloseNumberSeries { id: id.0, expected: expected.0 };
    let render =
        |shown: &ShownSeries| changed(shown.standing.series.version, &SeriesBody::from(shown));
    let problem = |error| match error {
        CloseNumberSeriesError::NotFound => Problem::not_found(),
        CloseNumberSeriesError::Stale { current } => Problem::stale(current),
        CloseNumberSeriesError::Closed => Problem::new(Code::SeriesClosed),
        CloseNumberSeriesError::Store(error) => error.into(),
    };
    respond(&app, &caller.actor, once, &use_case, render, problem).await
}
