//! `GET /reports/number-gaps`: the numbers that no document has.

use actix_web::{HttpResponse, get, web};
use gaara_application::App;
use gaara_application::invoicing::ListNumberGaps;
use gaara_invoicing::NumberRunFilter;

use crate::caller::Caller;
use crate::code::Code;
use crate::json::{FieldFault, FromText};
use crate::problem::{FieldProblem, Problem};
use crate::query::ListParams;
use crate::reply::ask;
use crate::views::{NumberGapsBody, NumberRunBody};

/// A year of four digits.
struct Year(i16);

impl FromText for Year {
    fn from_text(text: &str) -> Result<Self, FieldFault> {
        let digits = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse().ok().filter(|_| digits).map(Self).ok_or_else(|| {
            let fault = FieldProblem::new("", Code::ValidationRange);
            fault.param("min", "0001").param("max", "9999").into()
        })
    }
}

/// Lists the numbers given in each year of each series, and those that no document has.
///
/// A number is given when a document is issued, and lost with nothing: what is missing was skipped
/// on purpose, by making a series go on with a greater number.
#[utoipa::path(
    tag = "Reports",
    operation_id = "listNumberGaps",
    params(
        ("series" = Option<String>, Query, description = "Only the series with this code"),
        ("year" = Option<u16>, Query, description = "Only this year"),
    ),
    responses((status = 200, description = "Numbers by series and year", body = NumberGapsBody)),
)]
#[get("/reports/number-gaps")]
pub(crate) async fn list_number_gaps(
    app: web::Data<App>,
    caller: Caller,
    mut params: ListParams,
) -> Result<HttpResponse, Problem> {
    let year: Option<Year> = params.take_one("year");
    let series = params.take_one("series");
    let form = params.finish_report()?;
    let filter = NumberRunFilter { series, year: year.map(|year| year.0) };
    let runs = ask(&app, &caller.actor, &ListNumberGaps { filter }).await?;
    let data = runs.iter().map(NumberRunBody::from).collect();
    Ok(form.report(NumberGapsBody { data }, |body| body.data))
}
