//! `POST /number-series`: adding a number series.

use actix_web::{HttpResponse, post, web};
use gaara_application::App;
use gaara_application::invoicing::{CreateNumberSeries, CreateNumberSeriesError, ShownSeries};
use gaara_invoicing::{NumberPattern, NumberedDocument, SeriesReset};
use gaara_kernel::{Code as Name, SeriesId};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use super::pattern::{check_next_number, read_numbering};
use crate::caller::Caller;
use crate::code::Code;
use crate::headers::Idempotency;
use crate::json::{Body, Check, Field};
use crate::problem::{FieldProblem, Problem};
use crate::reply::{created, respond};
use crate::views::SeriesBody;

/// A number series as it is added.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct CreateSeriesRequest {
    /// An id of your own; a new one when absent.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    id: Field<SeriesId>,
    /// The code it is named by; unique.
    #[schema(value_type = String, required = true, example = "SHOP")]
    #[serde(default)]
    code: Field<Name>,
    /// What it numbers: `sale_invoice`, `sale_credit_note`, `purchase_invoice` or
    /// `purchase_credit_note`.
    #[schema(value_type = String, required = true, example = "sale_invoice")]
    #[serde(default)]
    document: Field<NumberedDocument>,
    /// How its numbers look, with the fields `{year}`, `{month}` and `{sequence}` or
    /// `{sequence:05}`, the last of which fills up to five digits; unique.
    #[schema(value_type = String, required = true, example = "SHOP-{year}-{sequence:05}")]
    #[serde(default)]
    pattern: Field<NumberPattern>,
    /// When it begins anew: `yearly`, which is the default, or `never`.
    #[schema(value_type = Option<String>, example = "yearly")]
    #[serde(default)]
    reset: Field<SeriesReset>,
    /// Whether documents of its kind take their number from it when they name no series.
    #[schema(value_type = Option<bool>)]
    #[serde(default)]
    default: Field<bool>,
    /// The number that it begins with this year; 1 when absent.
    #[schema(value_type = Option<u32>, example = 1)]
    #[serde(default)]
    next_number: Field<u32>,
}

impl CreateSeriesRequest {
    fn read(self, check: &mut Check) -> Option<CreateNumberSeries> {
        let id = check.optional("/id", self.id);
        let code = check.required("/code", self.code);
        let document = check.required("/document", self.document);
        let pattern = check.required("/pattern", self.pattern);
        let reset = check.or_default("/reset", self.reset, SeriesReset::Yearly);
        let is_default = check.or_default("/default", self.default, false);
        let next_number = check.optional("/next_number", self.next_number);
        check_next_number(next_number.flatten(), check);
        let numbering = read_numbering(pattern, reset, check);
        Some(CreateNumberSeries {
            id: id?,
            code: code?,
            document: document?,
            numbering: numbering?,
            is_default: is_default?,
            next_number: next_number?,
        })
    }
}

/// Adds a number series.
#[utoipa::path(
    tag = "Number series",
    operation_id = "createNumberSeries",
    request_body = CreateSeriesRequest,
    responses((status = 201, description = "Added", body = SeriesBody)),
)]
#[post("/number-series")]
pub(crate) async fn create_number_series(
    app: web::Data<App>,
    caller: Caller,
    idempotency: Idempotency,
    body: Body<CreateSeriesRequest>,
) -> Result<HttpResponse, Problem> {
    let once = idempotency.once(&caller.actor, body.raw());
    let use_case = body.read(CreateSeriesRequest::read)?;
    let render = |shown: &ShownSeries| {
        let series = &shown.standing.series;
        let location = format!("/api/v1/number-series/{}", series.id);
        created(location, series.version, &SeriesBody::from(shown))
    };
    let problem = |error| match error {
        CreateNumberSeriesError::NotSetUp => Problem::new(Code::SetupRequired),
        CreateNumberSeriesError::NextNumber => {
            let fault = FieldProblem::new("/next_number", Code::ValidationRange);
            Problem::at(fault.param("min", 1).param("max", u32::MAX))
        }
        CreateNumberSeriesError::Store(error) => error.into(),
    };
    respond(&app, &caller.actor, once, &use_case, render, problem).await
}
