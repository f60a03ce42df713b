//! Reading the two parts of a factor.

use gaara_inventory::Factor;

use crate::code::Code;
use crate::json::{Check, Field};
use crate::problem::FieldProblem;

/// Reads `numerator` and `denominator`, the latter 1 when absent, each at its own place.
pub(super) fn read_factor(
    check: &mut Check,
    numerator: Field<u64>,
    denominator: Field<u64>,
) -> Option<Factor> {
    let numerator = check.required("/numerator", numerator);
    let denominator = check.or_default("/denominator", denominator, 1);
    for (pointer, part) in [("/numerator", numerator), ("/denominator", denominator)] {
        if part.is_some_and(|part| !(1..=Factor::PART_MAX).contains(&part)) {
            let fault = FieldProblem::new(pointer, Code::ValidationRange);
            check.fault(fault.param("min", 1).param("max", Factor::PART_MAX));
        }
    }
    Factor::try_new(numerator?, denominator?).ok()
}
