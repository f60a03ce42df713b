//! What of an issued document is due on a day, and what is overdue.

use gaara_kernel::{Date, DuePart, Money};

use crate::issued::IssuedInvoice;

/// An instalment, and what of it is still open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenPart {
    /// The instalment.
    pub part: DuePart,
    /// What of it is not settled yet; what is settled goes to the first due first.
    pub open: Money,
}

impl IssuedInvoice {
    /// The instalments with what is open of each, the first due first.
    #[must_use]
    pub fn open_parts(&self) -> Vec<OpenPart> {
        let mut settled = self.content.totals.payable.minor() - self.open().minor();
        let open_part = |part: &DuePart| {
            let taken = settled.min(part.amount.minor());
            settled -= taken;
            let left = part.amount.minor() - taken;
            let open = Money::from_minor(left, part.amount.currency()).unwrap_or(part.amount);
            OpenPart { part: *part, open }
        };
        self.instalments.iter().map(open_part).collect()
    }

    /// What is overdue on a day: what is open of the instalments that were due before it.
    #[must_use]
    pub fn overdue_at(&self, today: Date) -> Money {
        let nothing = Money::zero(self.content.written.currency);
        let late = self.open_parts().into_iter().filter(|open| open.part.due_date < today);
        late.fold(nothing, |sum, open| sum.plus(open.open).unwrap_or(sum))
    }
}
