//! Finding out whether issued documents still say what they said when they were issued.

use gaara_identity::{Digest, Permission};
use gaara_invoicing::{ContentDigest, DocumentType, KeptDocument};
use gaara_kernel::{Direction, DocumentId, InvoiceId, PageLimit, PageRequest, Sort, StoreError};

use super::issue::issued_action;
use crate::actor::Actor;
use crate::app::{App, admit};
use crate::audit::{AuditFilter, AuditRow, AuditSort, FINDINGS_MAX};
use crate::failure::{ReadError, Refusal};
use crate::ports::ReadView;

/// How many documents are read at once.
const DOCUMENTS_MAX: u32 = 200;

/// Something about an issued document that does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentFinding {
    /// Its rows cannot be put together any more, or it has no snapshot or digest.
    Unreadable {
        /// Which document.
        document: InvoiceId,
    },
    /// It says something else than its digest was taken over.
    Changed {
        /// Which document.
        document: DocumentId,
    },
    /// Its digest is another than the audit log has.
    DigestDiffers {
        /// Which document.
        document: DocumentId,
    },
    /// The audit log has it as issued, and it is not there, or a draft.
    Missing {
        /// Which document.
        document: DocumentId,
    },
    /// So many documents were issued that the audit log knows nothing of.
    Unlogged {
        /// How many.
        documents: u64,
    },
    /// The audit log cannot be read, so nobody knows what was issued.
    LogUnreadable,
}

/// What a verification found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DocumentVerification {
    /// How many issued documents were checked.
    pub documents: u64,
    /// The first findings.
    pub findings: Vec<DocumentFinding>,
    /// How many findings there are in all.
    pub findings_total: u64,
}

impl DocumentVerification {
    fn find(&mut self, finding: DocumentFinding) {
        self.findings_total += 1;
        if self.findings.len() < FINDINGS_MAX {
            self.findings.push(finding);
        }
    }

    /// Checks a document by its own digest. A program before took none.
    fn document(&mut self, kept: &KeptDocument, digest: &dyn Digest) {
        self.documents += 1;
        let Some(issued) = &kept.issued else {
            self.find(DocumentFinding::Unreadable { document: kept.id });
            return;
        };
        let says = || ContentDigest::new(*digest.digest(&issued.canonical_bytes()).as_bytes());
        if issued.digest.is_taken() && issued.digest != says() {
            let document = issued.content.written.document_id();
            self.find(DocumentFinding::Changed { document });
        }
    }

    /// Checks documents against what the audit log has of them; answers how many are there.
    fn logged(&mut self, rows: &[AuditRow], there: &[(InvoiceId, Option<ContentDigest>)]) -> u64 {
        let mut known = 0;
        for row in rows {
            let Ok(document) = DocumentId::parse(&row.subject) else { continue };
            let key = document.key();
            let Some((_, digest)) = there.iter().find(|(id, _)| *id == key) else {
                self.find(DocumentFinding::Missing { document });
                continue;
            };
            known += 1;
            let logged = row.changes.iter().find(|change| change.field == "digest");
            let logged = logged.and_then(|change| change.after.as_deref());
            let digest = digest.map(|digest| digest.to_string());
            // A program before logged none.
            if logged.is_some() && logged != digest.as_deref() {
                self.find(DocumentFinding::DigestDiffers { document });
            }
        }
        known
    }
}

/// Checks all issued documents, some at a time.
async fn follow_documents(
    found: &mut DocumentVerification,
    view: &mut dyn ReadView,
    digest: &dyn Digest,
) -> Result<(), StoreError> {
    let mut after = None;
    loop {
        let documents = view.list_issued(after, DOCUMENTS_MAX).await?;
        for kept in &documents {
            found.document(kept, digest);
        }
        match documents.last() {
            Some(last) => after = Some(last.id),
            None => return Ok(()),
        }
    }
}

/// Checks all that the audit log has as issued, some at a time; answers how many are there.
async fn follow_log(
    found: &mut DocumentVerification,
    view: &mut dyn ReadView,
) -> Result<u64, StoreError> {
    let mut known = 0;
    for action in DocumentType::ALL.map(issued_action) {
        let filter = AuditFilter { action: Some(action.to_owned()), ..AuditFilter::default() };
        let limit = PageLimit::try_new(PageLimit::MAX).unwrap_or_default();
        let sort = Sort::by(AuditSort::At, Direction::Ascending);
        let mut page = PageRequest { limit, sort, after: None, with_total: false };
        loop {
            let rows = view.list_audit_log(&filter, &page).await?;
            let documents =
                rows.items.iter().filter_map(|row| DocumentId::parse(&row.subject).ok());
            let ids: Vec<InvoiceId> = documents.map(DocumentId::key).collect();
            let there = view.find_digests(&ids).await?;
            known += found.logged(&rows.items, &there);
            match rows.next {
                Some(next) => page.after = Some(next),
                None => break,
            }
        }
    }
    Ok(known)
}

impl App {
    /// Checks that every issued document still says what its digest was taken over, and that the
    /// audit log knows the same documents by the same digests, as of the moment of the view.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`], [`Refusal::EnrolmentNeeded`] and [`Refusal::Failed`].
    pub async fn verify_documents_in(
        &self,
        actor: &Actor,
        view: &mut dyn ReadView,
    ) -> Result<DocumentVerification, Refusal<ReadError>> {
        admit(actor, Permission::ReadInvoices)?;
        admit(actor, Permission::ReadAuditLog)?;
        let verified = self.verified_documents(view).await;
        verified.map_err(|error| Refusal::Failed(error.into()))
    }

    async fn verified_documents(
        &self,
        view: &mut dyn ReadView,
    ) -> Result<DocumentVerification, StoreError> {
        let mut found = DocumentVerification::default();
        follow_documents(&mut found, view, &*self.ports.digest).await?;
        match follow_log(&mut found, view).await {
            Ok(known) if known < found.documents => {
                let documents = found.documents - known;
                found.find(DocumentFinding::Unlogged { documents });
            }
            Ok(_) => {}
            Err(StoreError::Corrupt { .. } | StoreError::Internal(_)) => {
                found.find(DocumentFinding::LogUnreadable);
            }
            Err(error) => return Err(error),
        }
        Ok(found)
    }
}
