//! Why no tax is charged, as requests write it.

use gaara_invoicing::{ExemptionError, TaxExemption};
use gaara_kernel::{BilingualText, ShortText, Wish};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use crate::code::Code;
use crate::json::{Check, Field};
use crate::problem::{FieldProblem, Problem};
use crate::views::BilingualBody;

/// Why no tax is charged: a code of a list, words, or both.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct ExemptionRequest {
    /// The code: VATEX-EU-…, VATEX-SA-….
    #[schema(value_type = Option<String>, example = "VATEX-SA-35")]
    #[serde(default)]
    pub(super) code: Field<ShortText>,
    /// The reason in words.
    #[schema(value_type = Option<BilingualBody>)]
    #[serde(default)]
    pub(super) text: Field<BilingualText>,
}

/// Reads an exemption; one that says nothing is none.
pub(super) fn read_exemption(request: ExemptionRequest, check: &mut Check) -> Wish<TaxExemption> {
    let code = check.optional("/code", request.code);
    let text = check.optional("/text", request.text);
    Some(TaxExemption::try_new(code?, text?))
}

/// An exemption that does not go with its category.
pub(super) fn exemption_problem(error: ExemptionError) -> Problem {
    let code = match error {
        ExemptionError::Missing => Code::TaxExemptionRequired,
        ExemptionError::Forbidden => Code::TaxExemptionForbidden,
    };
    Problem::at(FieldProblem::new("/exemption", code))
}

/// A validity that ends before it begins.
pub(super) fn validity_problem() -> Problem {
    Problem::at(FieldProblem::new("/valid_to", Code::TaxValidityOrder))
}
