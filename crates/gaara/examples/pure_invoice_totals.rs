//! The totals of an invoice by EN 16931, with no store, no runtime and no clock.

use std::error::Error;
use std::io::{self, Write};

use gaara::invoicing::totals::{
    Adjustment, DocumentInput, LineInput, Tax, TaxCategory, Totals, TotalsPolicy, calculate,
};
use gaara::kernel::{Currency, Money, Percent, Quantity, UnitPrice};

fn main() -> Result<(), Box<dyn Error>> {
    let totals = totals()?;
    let mut out = io::stdout().lock();
    for group in &totals.tax_groups {
        let (category, rate) = (group.tax.category().code(), group.tax.rate());
        writeln!(out, "{category} {rate} %: {} taxable, {} tax", group.taxable, group.tax_amount)?;
    }
    writeln!(out, "before tax {}, with tax {}", totals.tax_exclusive, totals.tax_inclusive)?;
    Ok(writeln!(out, "to pay     {}", totals.payable)?)
}

/// Five bolts at 5.75 less 18 %, a kit at the rate of zero, and 1.00 paid before.
pub(crate) fn totals() -> Result<Totals, Box<dyn Error>> {
    let riyal = Currency::parse("SAR")?;
    let standard = Tax::try_new(TaxCategory::Standard, Percent::parse("15")?)?;
    let zero = Tax::try_new(TaxCategory::ZeroRated, Percent::ZERO)?;

    let mut bolts = LineInput::new(Quantity::parse("5")?, UnitPrice::parse("5.75")?, standard);
    bolts.allowances.push(Adjustment::percent(Percent::parse("18")?));
    let kit = LineInput::new(Quantity::ONE, UnitPrice::parse("74.00")?, zero);
    let mut document = DocumentInput::new(riyal, vec![bolts, kit]);
    document.prepaid = Money::parse("1.00", riyal)?;

    Ok(calculate(&document, &TotalsPolicy::for_currency(riyal))?)
}
