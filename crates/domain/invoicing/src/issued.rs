//! Issued documents: what they say never changes, what is paid of them does.

use gaara_kernel::{Date, DuePart, InvoiceId, Money, MoneyError, Timestamp, Version};

use crate::base::BaseTotals;
use crate::draft::InvoiceContent;
use crate::series::InvoiceNumber;
use crate::snapshot::{ContentDigest, Snapshot};

/// Where an issued document stands with its payments; derived, and stored for lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PaymentStatus {
    /// A draft, which nobody owes.
    None,
    /// Nothing was paid.
    Unpaid,
    /// A part was paid.
    PartiallyPaid,
    /// Nothing is open.
    Paid,
    /// Credit notes took all of it back.
    Credited,
}

impl PaymentStatus {
    /// Every status.
    pub const ALL: [Self; 5] =
        [Self::None, Self::Unpaid, Self::PartiallyPaid, Self::Paid, Self::Credited];

    /// The name in the API and in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Unpaid => "unpaid",
            Self::PartiallyPaid => "partially_paid",
            Self::Paid => "paid",
            Self::Credited => "credited",
        }
    }

    /// Finds a status by its name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }
}

/// A document that was issued. What it says never changes; what is paid of it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuedInvoice {
    /// What it says.
    pub content: InvoiceContent,
    /// Who the two sides were, and what things were called.
    pub snapshot: Snapshot,
    /// SHA-256 of what it says.
    pub digest: ContentDigest,
    /// Its number.
    pub number: InvoiceNumber,
    /// Its date.
    pub issue_date: Date,
    /// By when all of it is to be paid.
    pub due_date: Date,
    /// What is due when, the first due first; together they are the payable.
    pub instalments: Vec<DuePart>,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// What the goods of each line cost, or were received at, in the currency of the books; `None`
    /// for a line that moved nothing.
    pub costs: Vec<Option<Money>>,
    /// What it comes to in the currency of the books.
    pub base: BaseTotals,
    /// What was paid of it.
    pub paid: Money,
    /// What those payments took off it in the currency of the books.
    pub base_paid: Money,
    /// Of an invoice, what credit notes took off what was open; of a credit note, what was taken
    /// off its invoice. The rest of a note is the other side's credit.
    pub credited: Money,
    /// Of an invoice, what its credit notes come to, whether anything was open or not.
    pub credit_notes: Money,
    /// When its draft was added.
    pub created_at: Timestamp,
    /// When it was last saved.
    pub updated_at: Timestamp,
    /// How often it was saved.
    pub version: Version,
}

/// A document that was issued, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptDocument {
    /// Its key.
    pub id: InvoiceId,
    /// What it says, be it voided since or not; absent where it cannot be read.
    pub issued: Option<Box<IssuedInvoice>>,
}

impl IssuedInvoice {
    /// What is still owed: payable less paid less credited.
    #[must_use]
    pub fn open(&self) -> Money {
        let payable = self.content.totals.payable;
        let rest = payable.minus(self.paid).and_then(|rest| rest.minus(self.credited));
        rest.unwrap_or(Money::zero(payable.currency()))
    }

    /// Where it stands with its payments.
    #[must_use]
    pub fn payment_status(&self) -> PaymentStatus {
        match (self.open().is_positive(), self.paid.is_zero()) {
            (true, true) => PaymentStatus::Unpaid,
            (true, false) => PaymentStatus::PartiallyPaid,
            (false, _) if self.is_taken_back() => PaymentStatus::Credited,
            (false, _) => PaymentStatus::Paid,
        }
    }

    /// Whether credit notes took everything back. A note that was set off completely counts too.
    fn is_taken_back(&self) -> bool {
        let totals = &self.content.totals;
        let whole = totals.tax_inclusive.plus(totals.rounding);
        let taken = self.credit_notes.is_positive() && Ok(self.credit_notes) == whole;
        taken || (self.credited.is_positive() && self.credited == totals.payable)
    }

    /// Sets a credit note off against what is open of this invoice; the rest stays the note's.
    ///
    /// # Errors
    /// [`MoneyError`] when the note is in another currency; nothing has changed then.
    pub fn set_off(&mut self, note: &mut Self, now: Timestamp) -> Result<(), MoneyError> {
        let payable = note.content.totals.payable;
        let open = self.open();
        let taken = if payable.minor() < open.minor() { payable } else { open };
        let (credited, credit_notes) =
            (self.credited.plus(taken)?, self.credit_notes.plus(payable)?);
        (self.credited, self.credit_notes) = (credited, credit_notes);
        note.credited = taken;
        self.updated_at = now;
        self.version = self.version.next();
        Ok(())
    }

    /// Gives back what a credit note, which is being voided, took off this invoice.
    ///
    /// # Errors
    /// [`MoneyError`] when the note is in another currency; nothing has changed then.
    pub fn give_back(&mut self, note: &Self, now: Timestamp) -> Result<(), MoneyError> {
        let (credited, credit_notes) = (
            self.credited.minus(note.credited)?,
            self.credit_notes.minus(note.content.totals.payable)?,
        );
        (self.credited, self.credit_notes) = (credited, credit_notes);
        self.updated_at = now;
        self.version = self.version.next();
        Ok(())
    }
}
