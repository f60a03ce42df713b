//! Checking whether the books agree with themselves.

use gaara_application::invoicing::DocumentVerification;
use gaara_application::{AuditHead, AuditVerification, ReadError, Refusal};
use gaara_kernel::StoreError;
use gaara_store_sql::{BooksRule, BooksRuling};

use crate::Gaara;

/// What a check of the books found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BooksCheck {
    /// Every rule, and what became of it.
    pub rulings: Vec<(BooksRule, BooksRuling)>,
    /// What became of the issued documents.
    pub documents: DocumentVerification,
    /// What became of the audit log.
    pub audit: AuditVerification,
}

impl BooksCheck {
    /// How many findings there are in all.
    #[must_use]
    pub fn findings_total(&self) -> u64 {
        let of_rules = self.rulings.iter().map(|(_, ruling)| ruling.findings_total);
        let of_rules = of_rules.sum::<u64>().saturating_add(self.documents.findings_total);
        of_rules.saturating_add(self.audit.findings_total)
    }
}

/// Hears which part of how many a check has come to, and what that part is called.
pub type OnPart<'a> = &'a mut (dyn FnMut(usize, usize, &'static str) + Send);

impl Gaara {
    /// Checks the books as of one moment, while others go on to write: levels, layers, documents,
    /// payments, numbers, the schema, what issued documents say against their digests, and the
    /// audit log against heads that were kept somewhere else.
    ///
    /// # Errors
    /// [`Refusal::Failed`] when the books cannot be read, or are in memory.
    pub async fn check_books(
        &self,
        heads: &[AuditHead],
        on_part: OnPart<'_>,
    ) -> Result<BooksCheck, Refusal<ReadError>> {
        let failed = |error: StoreError| Refusal::Failed(error.into());
        let Some(store) = &self.store else {
            return Err(failed(StoreError::Internal("books in memory are not checked".into())));
        };
        let mut books = store.books().await.map_err(failed)?;
        let parts = BooksRule::ALL.len() + 2;
        let mut rulings = Vec::new();
        for (index, rule) in BooksRule::ALL.into_iter().enumerate() {
            on_part(index, parts, rule.code());
            rulings.push((rule, books.check(rule).await.map_err(failed)?));
        }
        on_part(parts - 2, parts, "books.digest");
        let documents = self.verify_documents_in(&self.system(), books.view()).await?;
        on_part(parts - 1, parts, "books.audit");
        let audit = self.verify_audit_log_in(&self.system(), books.view(), heads).await?;
        Ok(BooksCheck { rulings, documents, audit })
    }
}
