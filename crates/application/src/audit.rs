//! The audit log: who changed what, when, and in which request.

mod heads;
mod restored;
mod seal;
mod sealing;
mod verification;

use std::fmt::Display;
use std::net::IpAddr;

use async_trait::async_trait;
use gaara_kernel::{AuditId, Id, Page, PageRequest, StoreError, Timestamp, sort_fields};

use gaara_identity::KeyedDigest;

use crate::actor::Principal;
use crate::context::Context;
use crate::trace::TraceId;
use crate::use_case::queries;

pub use heads::KeptHeads;
pub use restored::NoteRestore;
pub use seal::{
    AuditHead, AuditSeal, SealSigner, SealedDigest, SealedRow, SealedState, UnsealedRow,
};
pub use verification::{AuditFinding, AuditVerification, FINDINGS_MAX};

/// One field of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditChange {
    /// The field.
    pub field: String,
    /// Its value before; absent when the thing is new.
    pub before: Option<String>,
    /// Its value after; absent when it was taken away.
    pub after: Option<String>,
}

/// What a use case tells the audit log about its success.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    action: &'static str,
    subject: String,
    changes: Vec<AuditChange>,
}

impl AuditEntry {
    /// An action on a thing: `invoice.issued` on `inv_…`.
    #[must_use]
    pub fn new<I: Id>(action: &'static str, subject: I) -> Self {
        Self::about(action, &subject.to_string())
    }

    /// An action on something that has no id.
    #[must_use]
    pub fn about(action: &'static str, subject: &str) -> Self {
        Self { action, subject: subject.to_owned(), changes: Vec::new() }
    }

    /// Adds a field that is new.
    #[must_use]
    pub fn with(self, field: &str, after: &dyn Display) -> Self {
        self.change(field, None, Some(after.to_string()))
    }

    /// Adds a field of something that was taken away.
    #[must_use]
    pub fn with_removed(self, field: &str, before: &dyn Display) -> Self {
        self.change(field, Some(before.to_string()), None)
    }

    /// Adds a field that changed; one that stayed is left out.
    #[must_use]
    pub fn with_change(self, field: &str, before: &dyn Display, after: &dyn Display) -> Self {
        let (before, after) = (before.to_string(), after.to_string());
        if before == after { self } else { self.change(field, Some(before), Some(after)) }
    }

    fn change(mut self, field: &str, before: Option<String>, after: Option<String>) -> Self {
        self.changes.push(AuditChange { field: field.to_owned(), before, after });
        self
    }
}

/// A row of the audit log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    /// The id.
    pub id: AuditId,
    /// When.
    pub at: Timestamp,
    /// Who, as [`Principal::label`] prints it.
    pub actor: String,
    /// In which session, where there is one.
    pub session: Option<String>,
    /// From where; absent without a network, and on rows of a program before.
    pub address: Option<IpAddr>,
    /// In which request.
    pub trace: TraceId,
    /// What was done.
    pub action: String,
    /// To what: a printed id.
    pub subject: String,
    /// What changed.
    pub changes: Vec<AuditChange>,
    /// What shows that the program wrote this; absent on rows of a program before.
    pub code: Option<[u8; 32]>,
}

impl AuditRow {
    pub(crate) fn new(entry: AuditEntry, context: &Context, keyed: &dyn KeyedDigest) -> Self {
        let principal = context.actor().principal();
        let session = match principal {
            Principal::User { session, .. } => Some(session.to_string()),
            Principal::Anonymous | Principal::Key { .. } | Principal::System => None,
        };
        let mut row = Self {
            id: context.new_id(),
            at: context.now(),
            actor: principal.label(),
            session,
            address: context.actor().address(),
            trace: context.trace(),
            action: entry.action.to_owned(),
            subject: entry.subject,
            changes: entry.changes,
            code: None,
        };
        row.code = Some(row.code_by(keyed));
        row
    }
}

/// How many rows there are, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditCounts {
    /// All of them.
    pub rows: i64,
    /// Those that seals keep.
    pub sealed: i64,
    /// Those that wait for a seal.
    pub unsealed: i64,
}

/// Keeps the audit log; a row can only be added.
#[async_trait]
pub trait AuditTrail: Send {
    /// Adds a row, which waits for a seal from then on.
    async fn add(&mut self, row: &AuditRow) -> Result<(), StoreError>;

    /// The first rows that wait for a seal and can be read, kept from every other sealer until the
    /// unit ends.
    async fn lock_unsealed(&mut self, limit: u32) -> Result<Vec<AuditRow>, StoreError>;

    /// The last seal.
    async fn last_seal(&mut self) -> Result<Option<AuditSeal>, StoreError>;

    /// Adds a seal on rows that waited for one.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] or [`StoreError::Conflict`] when another sealer was faster.
    async fn add_seal(&mut self, seal: &AuditSeal, rows: &[SealedDigest])
    -> Result<(), StoreError>;
}

sort_fields! {
    /// The fields the audit log may be sorted by.
    AuditSort {
        /// When.
        At => "at", integer;
    }
}

/// Which rows to list; every condition must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Only rows about this thing, by its printed id.
    pub subject: Option<String>,
    /// Only rows of this action.
    pub action: Option<String>,
    /// Only rows by this actor.
    pub actor: Option<String>,
    /// Only rows of this request.
    pub trace: Option<TraceId>,
    /// Only rows of this moment and later.
    pub from: Option<Timestamp>,
    /// Only rows before this moment.
    pub before: Option<Timestamp>,
}

/// Reads the audit log without waiting for writers.
#[async_trait]
pub trait AuditView: Send {
    /// Rows that match, sorted.
    async fn list_audit_log(
        &mut self,
        filter: &AuditFilter,
        page: &PageRequest<AuditSort>,
    ) -> Result<Page<AuditRow>, StoreError>;

    /// Whether any row waits for a seal.
    async fn has_unsealed_rows(&mut self) -> Result<bool, StoreError>;

    /// Rows after another one that wait for a seal, the first ones first.
    async fn list_unsealed_rows(
        &mut self,
        after: Option<AuditId>,
        limit: u32,
    ) -> Result<Vec<UnsealedRow>, StoreError>;

    /// Seals after a number, by number.
    async fn list_seals(&mut self, after: u64, limit: u32) -> Result<Vec<AuditSeal>, StoreError>;

    /// The rows of the seals from one number to another, in the order of the seals, and in their
    /// order under each.
    async fn list_sealed_rows(
        &mut self,
        first: u64,
        last: u64,
    ) -> Result<Vec<SealedRow>, StoreError>;

    /// So many rows, by id, that no seal names and that wait for none.
    async fn list_rows_outside(&mut self, limit: u32) -> Result<Vec<AuditId>, StoreError>;

    /// How many rows there are, and where.
    async fn count_audit_rows(&mut self) -> Result<AuditCounts, StoreError>;
}

queries! {
    /// Lists the audit log.
    ListAuditLog {
        /// Which rows.
        filter: AuditFilter,
        /// Which part of the list.
        page: PageRequest<AuditSort>,
    } -> Page<AuditRow>,
    needs ReadAuditLog,
    by list_audit_log(filter, page);
}
