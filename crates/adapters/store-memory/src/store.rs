//! Transactions and views over the records.

use std::sync::{Arc, PoisonError, RwLock};

use async_trait::async_trait;
use futures_util::lock::{Mutex, OwnedMutexGuard};
use gaara_application::{ReadView, Store, Transaction};
use gaara_kernel::StoreError;

use crate::records::Records;

/// A store that forgets everything when it is dropped.
#[derive(Clone, Default)]
pub struct MemoryStore {
    committed: Arc<RwLock<Arc<Records>>>,
    writer_turn: Arc<Mutex<()>>,
}

impl MemoryStore {
    /// An empty store.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn committed(&self) -> Arc<Records> {
        Arc::clone(&self.committed.read().unwrap_or_else(PoisonError::into_inner))
    }
}

#[async_trait]
impl Store for MemoryStore {
    async fn begin(&self) -> Result<Box<dyn Transaction>, StoreError> {
        let turn = Arc::clone(&self.writer_turn).lock_owned().await;
        let records = Records::clone(&self.committed());
        let committed = Arc::clone(&self.committed);
        Ok(Box::new(MemoryTransaction { _turn: turn, committed, records, dead: false }))
    }

    async fn view(&self) -> Result<Box<dyn ReadView>, StoreError> {
        Ok(Box::new(MemoryView { records: self.committed() }))
    }
}

/// A transaction: a copy of the records and the turn to write.
pub(crate) struct MemoryTransaction {
    _turn: OwnedMutexGuard<()>,
    committed: Arc<RwLock<Arc<Records>>>,
    records: Records,
    dead: bool,
}

impl MemoryTransaction {
    /// Does one thing to the copy. After an error the unit is dead, as it is on PostgreSQL.
    pub(crate) fn with<T>(
        &mut self,
        work: impl FnOnce(&mut Records) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        if self.dead {
            return Err(StoreError::Internal("the unit met an error before".into()));
        }
        let result = work(&mut self.records);
        self.dead = result.is_err();
        result
    }
}

#[async_trait]
impl Transaction for MemoryTransaction {
    async fn commit(mut self: Box<Self>) -> Result<(), StoreError> {
        let records = self.with(|records| Ok(std::mem::take(records)))?;
        *self.committed.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(records);
        Ok(())
    }

    async fn rollback(self: Box<Self>) -> Result<(), StoreError> {
        Ok(())
    }
}

/// The records as they were committed at one moment.
pub(crate) struct MemoryView {
    pub(crate) records: Arc<Records>,
}
