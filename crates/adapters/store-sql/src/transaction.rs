//! One open transaction, which is every repository at once.

use async_trait::async_trait;
use gaara_application::Transaction;
use gaara_kernel::StoreError;

use crate::session::Session;

/// An open transaction. Dropped, it is rolled back before its connection serves anybody else.
#[derive(Debug)]
pub(crate) struct SqlTransaction {
    pub(crate) connection: Session,
}

#[async_trait]
impl Transaction for SqlTransaction {
    async fn commit(self: Box<Self>) -> Result<(), StoreError> {
        self.connection.commit().await
    }

    async fn rollback(self: Box<Self>) -> Result<(), StoreError> {
        self.connection.rollback().await
    }
}
