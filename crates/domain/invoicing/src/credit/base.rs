//! What a credit note comes to in the currency of the books: its share of what the invoice came to.

use gaara_kernel::{Money, MoneyError};

use super::CreditedSoFar;
use crate::base::{BaseTotals, share};
use crate::issued::IssuedInvoice;
use crate::totals::Totals;

impl IssuedInvoice {
    /// What a note over a part of this invoice comes to, at the rate of the invoice: what all notes
    /// together are worth, less what those before it are worth. So a full credit, in any number of
    /// steps, takes back exactly what the books were told.
    ///
    /// # Errors
    /// [`MoneyError`] beyond what an amount can hold.
    pub fn base_of_note(
        &self,
        note: &Totals,
        so_far: &CreditedSoFar,
    ) -> Result<BaseTotals, MoneyError> {
        let whole = &self.content.totals;
        let zero = Money::zero(note.payable.currency());
        let (mut tax_before, mut total_before) = (zero, zero);
        for group in &so_far.groups {
            tax_before = tax_before.plus(group.tax_amount)?;
            total_before = total_before.plus(group.taxable)?.plus(group.tax_amount)?;
        }
        let tax = step(self.base.tax, tax_before, note.tax, whole.tax)?;
        let total = step(self.base.total, total_before, note.tax_inclusive, whole.tax_inclusive)?;
        let rounding = self.base.rate.convert(note.rounding, self.base.currency())?;
        Ok(BaseTotals {
            rate: self.base.rate,
            net: total.minus(tax)?,
            tax,
            total,
            payable: total.plus(rounding)?,
        })
    }
}

/// The share of a part that comes after another one.
fn step(base: Money, before: Money, part: Money, whole: Money) -> Result<Money, MoneyError> {
    share(base, before.plus(part)?, whole)?.minus(share(base, before, whole)?)
}
