//! What a credit note comes to in the currency of the books: its share of what the invoice came to.

use gaara_kernel::{Money, MoneyError};

use super::{CreditedBase, CreditedSoFar};
use crate::base::{BaseTotals, share};
use crate::issued::IssuedInvoice;
use crate::totals::Totals;

impl IssuedInvoice {
    /// What a note over a part of this invoice comes to, at the rate of the invoice: what all notes
    /// together are worth, less what the books were told of those before it. So a full credit, in
    /// any number of steps and whatever was voided between them, takes back exactly what the books
    /// were told of the invoice.
    ///
    /// # Errors
    /// [`MoneyError`] beyond what an amount can hold.
    pub fn base_of_note(
        &self,
        note: &Totals,
        so_far: &CreditedSoFar,
    ) -> Result<BaseTotals, MoneyError> {
        let nothing = Money::zero(self.base.currency());
        let nothing = CreditedBase { tax: nothing, total: nothing, payable: nothing };
        let before = so_far.base.unwrap_or(nothing);
        let until = self.base_until(note, so_far)?;
        let tax = left(until.tax, before.tax)?;
        let total = left(until.total, before.total)?;
        let payable = left(until.payable, before.payable)?;
        Ok(BaseTotals { rate: self.base.rate, net: total.minus(tax)?, tax, total, payable })
    }

    /// What this note and those before it are worth together.
    fn base_until(
        &self,
        note: &Totals,
        so_far: &CreditedSoFar,
    ) -> Result<CreditedBase, MoneyError> {
        let whole = &self.content.totals;
        let (mut tax, mut total) = (note.tax, note.tax_inclusive);
        for group in &so_far.groups {
            tax = tax.plus(group.tax_amount)?;
            total = total.plus(group.taxable)?.plus(group.tax_amount)?;
        }
        let rounding = match so_far.rounding {
            Some(before) => before.plus(note.rounding)?,
            None => note.rounding,
        };
        let is_all = (total, rounding) == (whole.tax_inclusive, whole.rounding);
        let convert = |amount| self.base.rate.convert(amount, self.base.currency());
        let (rounding, prepaid) = (convert(rounding)?, convert(whole.prepaid)?);
        let total = share(self.base.total, total, whole.tax_inclusive)?;
        let tax = share(self.base.tax, tax, whole.tax)?;
        // A note takes back all of it, and so what was paid before the invoice as well.
        let payable =
            if is_all { self.base.payable.plus(prepaid)? } else { total.plus(rounding)? };
        Ok(CreditedBase { tax, total, payable })
    }
}

/// What is left of a sum, never less than nothing: where a note before it was voided, those that
/// stay may have taken a unit more than their share.
fn left(sum: Money, before: Money) -> Result<Money, MoneyError> {
    let left = sum.minus(before)?;
    Ok(if left.is_negative() { Money::zero(sum.currency()) } else { left })
}
