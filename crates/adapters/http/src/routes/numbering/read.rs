//! `GET /number-series` and `GET /number-series/{id}`.

use actix_web::{HttpResponse, get, web};
use gaara_application::App;
use gaara_application::invoicing::{FindNumberSeries, ListNumberSeries};
use gaara_invoicing::{SeriesFilter, SeriesSort};
use gaara_kernel::{Direction, SeriesId, Sort};

use crate::caller::{Caller, PathId};
use crate::code::Code;
use crate::headers::IfNoneMatch;
use crate::json::{FieldFault, FromText};
use crate::problem::{FieldProblem, Problem};
use crate::query::{ListParams, ListQuery, PageBody};
use crate::reply::{ask, found};
use crate::views::SeriesBody;

/// Whether a series gives numbers.
enum SeriesStatus {
    Active,
    Closed,
}

impl FromText for SeriesStatus {
    fn from_text(text: &str) -> Result<Self, FieldFault> {
        match text {
            "active" => Ok(Self::Active),
            "closed" => Ok(Self::Closed),
            _ => {
                let fault = FieldProblem::new("", Code::ValidationChoice);
                Err(fault.param("choices", "active, closed").into())
            }
        }
    }
}

/// Lists number series.
#[utoipa::path(
    tag = "Number series",
    operation_id = "listNumberSeries",
    params(
        ListQuery,
        ("document" = Option<Vec<String>>, Query, description = "Only series of these documents"),
        ("status" = Option<String>, Query, description = "Only `active` or only `closed` ones"),
    ),
    responses((status = 200, description = "Number series", body = PageBody<SeriesBody>)),
)]
#[get("/number-series")]
pub(crate) async fn list_number_series(
    app: web::Data<App>,
    caller: Caller,
    mut params: ListParams,
) -> Result<HttpResponse, Problem> {
    let documents = params.take_many("document");
    let status: Option<SeriesStatus> = params.take_one("status");
    let closed = status.map(|status| matches!(status, SeriesStatus::Closed));
    let filter = SeriesFilter { documents, closed };
    let list = params.finish(Sort::by(SeriesSort::Code, Direction::Ascending))?;
    let rows = ask(&app, &caller.actor, &ListNumberSeries { filter, page: list.page() }).await?;
    Ok(list.reply(rows.map(|shown| SeriesBody::from(&shown))))
}

/// Shows a number series.
#[utoipa::path(
    tag = "Number series",
    operation_id = "getNumberSeries",
    params(("id" = String, Path, description = "The series' id")),
    responses((status = 200, description = "The number series", body = SeriesBody)),
)]
#[get("/number-series/{id}")]
pub(crate) async fn get_number_series(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<SeriesId>,
    known: IfNoneMatch,
) -> Result<HttpResponse, Problem> {
    let shown = ask(&app, &caller.actor, &FindNumberSeries { id: id.0 }).await?;
    let shown = shown.ok_or_else(Problem::not_found)?;
    Ok(found(&known, shown.standing.series.version, &SeriesBody::from(&shown)))
}
