//! Reading the two parts of a factor.

use gaara_inventory::Factor;
use serde_json::Value;

use crate::code::Code;
use crate::json::{Check, Field, FieldFault, FromJson};
use crate::problem::FieldProblem;

/// One part of a factor: a whole number from 1 to 10^12.
#[derive(Debug)]
pub(super) struct FactorPart(u64);

impl FromJson for FactorPart {
    fn from_json(value: &Value) -> Result<Self, FieldFault> {
        if !value.is_i64() && !value.is_u64() {
            return Err(FieldFault::wrong_type("integer"));
        }
        let part = value.as_u64().filter(|part| (1..=Factor::PART_MAX).contains(part));
        part.map(Self).ok_or_else(|| {
            let problem = FieldProblem::new("", Code::ValidationRange);
            problem.param("min", 1).param("max", Factor::PART_MAX).into()
        })
    }
}

/// Reads `numerator` and `denominator`, the latter 1 when absent, each at its own place.
pub(super) fn read_factor(
    check: &mut Check,
    numerator: Field<FactorPart>,
    denominator: Field<FactorPart>,
) -> Option<Factor> {
    let numerator = check.required("/numerator", numerator);
    let denominator = check.or_default("/denominator", denominator, FactorPart(1));
    Factor::try_new(numerator?.0, denominator?.0).ok()
}
