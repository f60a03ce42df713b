//! Taxes as requests write them: a category and a rate.

use gaara_invoicing::totals::{Tax, TaxCategory, TaxError};
use gaara_kernel::Percent;

use crate::code::Code;
use crate::json::Check;
use crate::problem::FieldProblem;

/// Reads a tax and refuses a rate that its category does not have.
pub(super) fn read_tax(
    category: Option<TaxCategory>,
    rate: Option<Percent>,
    check: &mut Check,
) -> Option<Tax> {
    let (category, rate) = (category?, rate?);
    let fault = |_: TaxError| {
        FieldProblem::new("/rate", Code::ValidationTax).param("category", category.code())
    };
    Tax::try_new(category, rate).map_err(|error| check.fault(fault(error))).ok()
}
