//! Issuing: from a draft that may still change to a document that never does.

use gaara_kernel::{Date, DuePart, Money, PaymentTerms, Timestamp};
use thiserror::Error;

use crate::base::BaseTotals;
use crate::draft::{DraftInvoice, InvoiceContent};
use crate::issued::IssuedInvoice;
use crate::series::InvoiceNumber;
use crate::snapshot::{ContentDigest, Snapshot};

/// Why a draft cannot be issued.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum IssueError {
    /// The draft has no lines.
    #[error("an invoice needs a line")]
    Empty,
    /// The due date lies before the issue date.
    #[error("the due date {due_date} lies before the issue date {issue_date}")]
    DueBeforeIssue {
        /// The issue date.
        issue_date: Date,
        /// The due date.
        due_date: Date,
    },
}

impl DraftInvoice {
    /// Fixes the dates and checks everything that needs no number.
    ///
    /// # Errors
    /// Every variant of [`IssueError`].
    pub fn prepare(
        self,
        issue_date: Date,
        terms: &PaymentTerms,
    ) -> Result<PreparedInvoice, IssueError> {
        let written = &self.content.written;
        if written.lines.is_empty() {
            return Err(IssueError::Empty);
        }
        let due_date = written.due_date.unwrap_or_else(|| terms.due_date(issue_date));
        if due_date < issue_date {
            return Err(IssueError::DueBeforeIssue { issue_date, due_date });
        }
        let payable = self.content.totals.payable;
        let whole = || vec![DuePart { due_date, amount: payable }];
        // Somebody who asks for a day asks for the whole on that day.
        let instalments = match written.due_date {
            Some(_) => whole(),
            None => terms.split(payable, issue_date).unwrap_or_else(|_| whole()),
        };
        Ok(PreparedInvoice { draft: self, issue_date, due_date, instalments })
    }
}

/// A draft that lacks nothing but its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreparedInvoice {
    draft: DraftInvoice,
    issue_date: Date,
    due_date: Date,
    instalments: Vec<DuePart>,
}

impl PreparedInvoice {
    /// What it says.
    #[must_use]
    pub const fn content(&self) -> &InvoiceContent {
        &self.draft.content
    }

    /// The date it will bear.
    #[must_use]
    pub const fn issue_date(&self) -> Date {
        self.issue_date
    }

    /// By when it is to be paid.
    #[must_use]
    pub const fn due_date(&self) -> Date {
        self.due_date
    }

    /// Issues the document: from now on it never changes. `digest` is SHA-256.
    #[must_use]
    pub fn issue(
        self,
        number: InvoiceNumber,
        frozen: Frozen,
        now: Timestamp,
        digest: impl FnOnce(&[u8]) -> [u8; 32],
    ) -> IssuedInvoice {
        let DraftInvoice { content, created_at, version, .. } = self.draft;
        let nothing = Money::zero(content.written.currency);
        let mut issued = IssuedInvoice {
            content,
            snapshot: frozen.snapshot,
            digest: ContentDigest::new([0; 32]),
            number,
            issue_date: self.issue_date,
            due_date: self.due_date,
            instalments: self.instalments,
            issued_at: now,
            costs: frozen.costs,
            base: frozen.base,
            paid: nothing,
            base_paid: Money::zero(frozen.base.currency()),
            credited: nothing,
            credit_notes: nothing,
            created_at,
            updated_at: now,
            version: version.next(),
        };
        issued.digest = ContentDigest::new(digest(&issued.canonical_bytes()));
        issued
    }
}

/// What a document freezes besides what was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frozen {
    /// Who the two sides were, and what things were called.
    pub snapshot: Snapshot,
    /// What the goods of each line cost, or were received at, in the currency of the books; `None`
    /// for a line that moved nothing.
    pub costs: Vec<Option<Money>>,
    /// What it comes to in the currency of the books.
    pub base: BaseTotals,
}
