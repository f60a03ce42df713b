//! Issued documents: what they say never changes, what is paid of them does.

use gaara_kernel::{Date, DuePart, Money, Timestamp, Version};

use crate::base::BaseTotals;
use crate::draft::InvoiceContent;
use crate::series::InvoiceNumber;

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
}

impl PaymentStatus {
    /// Every status.
    pub const ALL: [Self; 4] = [Self::None, Self::Unpaid, Self::PartiallyPaid, Self::Paid];

    /// The name in the API and in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Unpaid => "unpaid",
            Self::PartiallyPaid => "partially_paid",
            Self::Paid => "paid",
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
    /// What it comes to in the currency of the books.
    pub base: BaseTotals,
    /// What was paid of it.
    pub paid: Money,
    /// What those payments took off it in the currency of the books.
    pub base_paid: Money,
    /// What credit notes took off it.
    pub credited: Money,
    /// When its draft was added.
    pub created_at: Timestamp,
    /// When it was last saved.
    pub updated_at: Timestamp,
    /// How often it was saved.
    pub version: Version,
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
        if !self.open().is_positive() {
            PaymentStatus::Paid
        } else if self.paid.is_zero() {
            PaymentStatus::Unpaid
        } else {
            PaymentStatus::PartiallyPaid
        }
    }
}
