//! Changing one language of a name without the other.

use gaara_application::inventory::NameChange;
use gaara_kernel::TextError;
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use crate::code::Code;
use crate::json::{Check, Field, Nested};
use crate::problem::{FieldProblem, Problem};

/// What changes of a name; a language that is absent stays, `null` takes it away.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct NameRequest {
    /// The Arabic name.
    #[schema(value_type = Option<String>, example = "برغي M8")]
    #[serde(default)]
    ar: Field<String>,
    /// The English name.
    #[schema(value_type = Option<String>, example = "Bolt M8")]
    #[serde(default)]
    en: Field<String>,
}

/// Reads the member `name` of a merge patch.
pub(crate) fn read_name(check: &mut Check, name: Nested<NameRequest>) -> Option<NameChange> {
    let read = |request: NameRequest, check: &mut Check| {
        let ar = check.patch("/ar", request.ar);
        let en = check.patch("/en", request.en);
        Some(NameChange { ar: ar?.into_option(), en: en?.into_option() })
    };
    check.change_nested("/name", name, read).map(Option::unwrap_or_default)
}

/// A name that is none: the other faults of a text are found while the request is read.
pub(crate) fn name_problem(error: TextError) -> Problem {
    match error {
        TextError::Empty => Problem::at(FieldProblem::new("/name", Code::ValidationTextEmpty)),
        error => Problem::internal(error),
    }
}
