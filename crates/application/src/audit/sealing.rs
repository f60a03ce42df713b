//! Sealing what was committed, in the background.

use gaara_kernel::StoreError;

use super::seal::{AuditHead, AuditSeal, ROWS_MAX, SealedDigest};
use crate::app::App;
use crate::ports::Transaction;

impl App {
    /// Writes the sign-ins that were refused into the audit log, and seals its rows that were
    /// committed since the last seal, a thousand at most; answers the head, or nothing when there was nothing to seal.
    ///
    /// This is no use case: nobody asked for it, and it adds nothing that an audit row could tell.
    /// It has to be called again and again; of several instances that do so, one seals.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails; nothing is sealed then.
    pub async fn seal_audit_log(&self) -> Result<Option<AuditHead>, StoreError> {
        self.write_refused_sign_ins().await?;
        let mut view = self.ports.store.view().await?;
        let waiting = view.has_unsealed_rows().await?;
        drop(view);
        if !waiting {
            return Ok(None);
        }
        let mut transaction = self.ports.store.begin().await?;
        match self.seal_in(&mut *transaction).await {
            Ok(Some(head)) => match transaction.commit().await {
                Ok(()) => Ok(Some(head)),
                // Another instance was faster.
                Err(StoreError::Conflict) => Ok(None),
                Err(error) => Err(error),
            },
            Ok(None) | Err(StoreError::Conflict | StoreError::Duplicate { .. }) => {
                drop(transaction.rollback().await);
                Ok(None)
            }
            Err(error) => {
                drop(transaction.rollback().await);
                Err(error)
            }
        }
    }

    /// What stands for everything that was sealed; nothing before the first seal.
    ///
    /// # Errors
    /// [`StoreError`] when the store fails.
    pub async fn audit_head(&self) -> Result<Option<AuditHead>, StoreError> {
        let mut transaction = self.ports.store.begin().await?;
        let last = transaction.audit().last_seal().await;
        transaction.rollback().await?;
        Ok(last?.map(|seal| seal.head(&*self.ports.digest)))
    }

    async fn seal_in(&self, unit: &mut dyn Transaction) -> Result<Option<AuditHead>, StoreError> {
        let digest = &*self.ports.digest;
        let rows = unit.audit().lock_unsealed(ROWS_MAX).await?;
        if rows.is_empty() {
            return Ok(None);
        }
        let kept: Vec<SealedDigest> = rows
            .iter()
            .map(|row| SealedDigest { id: row.id, digest: row.digest_by(digest) })
            .collect();
        let last = unit.audit().last_seal().await?;
        let (now, signer) = (self.ports.clock.now(), &*self.ports.seal_signer);
        let seal = AuditSeal::on(&kept, last.as_ref(), now, digest, signer);
        unit.audit().add_seal(&seal, &kept).await?;
        Ok(Some(seal.head(digest)))
    }
}
