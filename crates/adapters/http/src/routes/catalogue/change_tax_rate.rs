//! `PATCH /tax-rates/{id}`: what a tax rate is called, and when it is in force.

use actix_web::{HttpResponse, patch, web};
use gaara_application::App;
use gaara_application::invoicing::{ChangeTaxRate, ChangeTaxRateError};
use gaara_invoicing::TaxRate;
use gaara_kernel::{BilingualText, Date, ShortText, TaxRateId, Version, Wish};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use super::exemption::{ExemptionRequest, exemption_problem, validity_problem};
use crate::caller::{Caller, PathId};
use crate::headers::IfMatch;
use crate::json::{Body, Check, Field, Nested, Patch};
use crate::problem::Problem;
use crate::reply::{changed, respond};
use crate::routes::name::{NameRequest, name_problem, read_name};
use crate::views::TaxRateBody;

/// What changes; what is absent stays (RFC 7396). Code, category and rate stay: another rate is
/// another tax rate.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct ChangeTaxRateRequest {
    /// The name.
    #[schema(value_type = Option<NameRequest>)]
    #[serde(default)]
    name: Nested<NameRequest>,
    /// The first day it is in force; `null` takes it away.
    #[schema(value_type = Option<String>, example = "2026-01-01")]
    #[serde(default)]
    valid_from: Field<Date>,
    /// The last day it is in force; `null` takes it away.
    #[schema(value_type = Option<String>, example = "2026-12-31")]
    #[serde(default)]
    valid_to: Field<Date>,
    /// Why no tax is charged.
    #[schema(value_type = Option<ExemptionRequest>)]
    #[serde(default)]
    exemption: Nested<ExemptionRequest>,
}

/// The code and the words of a reason, each kept, taken away or replaced.
type ExemptionChange = (Wish<ShortText>, Wish<BilingualText>);

impl ChangeTaxRateRequest {
    fn read(self, check: &mut Check, id: TaxRateId, expected: Version) -> Option<ChangeTaxRate> {
        let name = read_name(check, self.name);
        let valid_from = check.patch("/valid_from", self.valid_from);
        let valid_to = check.patch("/valid_to", self.valid_to);
        let exemption = check.patch_nested("/exemption", self.exemption, read_change);
        let (exemption_code, exemption_text) = match exemption? {
            Patch::Keep => (None, None),
            Patch::Clear => (Some(None), Some(None)),
            Patch::Set(change) => change,
        };
        Some(ChangeTaxRate {
            id,
            expected,
            name: name?,
            valid_from: valid_from?.into_option(),
            valid_to: valid_to?.into_option(),
            exemption_code,
            exemption_text,
        })
    }
}

fn read_change(request: ExemptionRequest, check: &mut Check) -> Option<ExemptionChange> {
    let code = check.patch("/code", request.code);
    let text = check.patch("/text", request.text);
    Some((code?.into_option(), text?.into_option()))
}

/// Changes a tax rate. `If-Match` names the version the change was made on.
#[utoipa::path(
    tag = "Tax rates",
    operation_id = "changeTaxRate",
    params(("id" = String, Path, description = "The tax rate's id")),
    request_body(content = ChangeTaxRateRequest, content_type = "application/merge-patch+json"),
    responses((status = 200, description = "Changed", body = TaxRateBody)),
)]
#[patch("/tax-rates/{id}")]
pub(crate) async fn change_tax_rate(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<TaxRateId>,
    expected: IfMatch,
    body: Body<ChangeTaxRateRequest>,
) -> Result<HttpResponse, Problem> {
    let use_case = body.read(|request, check| request.read(check, id.0, expected.0))?;
    let render = |(_, after): &(TaxRate, TaxRate)| {
        changed(after.version, &TaxRateBody::new(after, caller.language))
    };
    let problem = |error| match error {
        ChangeTaxRateError::NotFound => Problem::not_found(),
        ChangeTaxRateError::Stale { current } => Problem::stale(current),
        ChangeTaxRateError::Name(error) => name_problem(error),
        ChangeTaxRateError::Validity(_) => validity_problem(),
        ChangeTaxRateError::Exemption(error) => exemption_problem(error),
        ChangeTaxRateError::Store(error) => error.into(),
    };
    respond(&app, &caller.actor, None, &use_case, render, problem).await
}
