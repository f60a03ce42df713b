//! `PATCH /number-series/{id}`: changing a number series.

use actix_web::{HttpResponse, patch, web};
use gaara_application::App;
use gaara_application::invoicing::{ChangeNumberSeries, ChangeNumberSeriesError, ShownSeries};
use gaara_invoicing::{NumberPattern, NumberedDocument, SeriesReset, SeriesStanding};
use gaara_kernel::{SeriesId, Version};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use super::pattern::{check_next_number, year_missing_problem};
use crate::caller::{Caller, PathId};
use crate::code::Code;
use crate::headers::IfMatch;
use crate::json::{Body, Check, Field};
use crate::problem::{FieldProblem, Problem};
use crate::reply::{changed, respond};
use crate::views::SeriesBody;

/// What changes; what is absent stays (RFC 7396). Once a number was given, only `default` and
/// `next_number` change.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct ChangeSeriesRequest {
    /// What it numbers.
    #[schema(value_type = Option<String>, example = "sale_invoice")]
    #[serde(default)]
    document: Field<NumberedDocument>,
    /// How its numbers look; unique.
    #[schema(value_type = Option<String>, example = "SHOP-{year}-{sequence:05}")]
    #[serde(default)]
    pattern: Field<NumberPattern>,
    /// When it begins anew: `yearly` or `never`.
    #[schema(value_type = Option<String>, example = "yearly")]
    #[serde(default)]
    reset: Field<SeriesReset>,
    /// Whether documents of its kind take their number from it when they name no series.
    #[schema(value_type = Option<bool>)]
    #[serde(default)]
    default: Field<bool>,
    /// The number that it goes on with this year. What it skips is reported as missing.
    #[schema(value_type = Option<u32>, example = 358)]
    #[serde(default)]
    next_number: Field<u32>,
}

impl ChangeSeriesRequest {
    fn read(
        self,
        check: &mut Check,
        id: SeriesId,
        expected: Version,
    ) -> Option<ChangeNumberSeries> {
        let document = check.change("/document", self.document);
        let pattern = check.change("/pattern", self.pattern);
        let reset = check.change("/reset", self.reset);
        let is_default = check.change("/default", self.default);
        let next_number = check.change("/next_number", self.next_number);
        check_next_number(next_number.flatten(), check);
        Some(ChangeNumberSeries {
            id,
            expected,
            document: document?,
            pattern: pattern?,
            reset: reset?,
            is_default: is_default?,
            next_number: next_number?,
        })
    }
}

/// Changes a number series. `If-Match` names the version the change was made on.
#[utoipa::path(
    tag = "Number series",
    operation_id = "changeNumberSeries",
    params(("id" = String, Path, description = "The series' id")),
    request_body(content = ChangeSeriesRequest, content_type = "application/merge-patch+json"),
    responses((status = 200, description = "Changed", body = SeriesBody)),
)]
#[patch("/number-series/{id}")]
pub(crate) async fn change_number_series(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<SeriesId>,
    expected: IfMatch,
    body: Body<ChangeSeriesRequest>,
) -> Result<HttpResponse, Problem> {
    let use_case = body.read(|request, check| request.read(check, id.0, expected.0))?;
    let render = |(_, after): &(SeriesStanding, ShownSeries)| {
        changed(after.standing.series.version, &SeriesBody::from(after))
    };
    respond(&app, &caller.actor, None, &use_case, render, problem).await
}

fn problem(error: ChangeNumberSeriesError) -> Problem {
    match error {
        ChangeNumberSeriesError::NotFound => Problem::not_found(),
        ChangeNumberSeriesError::NotSetUp => Problem::new(Code::SetupRequired),
        ChangeNumberSeriesError::Stale { current } => Problem::stale(current),
        ChangeNumberSeriesError::Closed => Problem::new(Code::SeriesClosed),
        ChangeNumberSeriesError::Used => Problem::new(Code::SeriesUsed),
        ChangeNumberSeriesError::Numbering(_) => year_missing_problem(),
        ChangeNumberSeriesError::CounterDecrease(decrease) => {
            let fault = FieldProblem::new("/next_number", Code::SeriesCounterDecrease);
            Problem::at(fault.param("last", decrease.last))
        }
        ChangeNumberSeriesError::Store(error) => error.into(),
    }
}
