//! What can be wrong with the numbers of a series.

use gaara_invoicing::{NumberPattern, Numbering, SeriesReset};

use crate::code::Code;
use crate::json::Check;
use crate::problem::{FieldProblem, Problem};

/// Joins a pattern and a reset, and refuses numbers that would come again next year.
pub(super) fn read_numbering(
    pattern: Option<NumberPattern>,
    reset: Option<SeriesReset>,
    check: &mut Check,
) -> Option<Numbering> {
    Numbering::try_new(pattern?, reset?).map_err(|_| check.fault(year_missing())).ok()
}

/// The problem of numbers that would come again next year.
pub(super) fn year_missing_problem() -> Problem {
    Problem::at(year_missing())
}

fn year_missing() -> FieldProblem {
    FieldProblem::new("/pattern", Code::SeriesYearMissing)
}

/// Reads the next number of a series, which is 1 at the least.
pub(super) fn check_next_number(next: Option<u32>, check: &mut Check) {
    if next == Some(0) {
        let fault = FieldProblem::new("/next_number", Code::ValidationRange);
        check.fault(fault.param("min", 1).param("max", u32::MAX));
    }
}
