//! The audit log and the outbox, written beside every effect.

use async_trait::async_trait;
use gaara_application::{AuditRow, AuditTrail, Event, Outbox};
use gaara_kernel::StoreError;

use super::insert;
use crate::entity::{audit_row, outbox_event};
use crate::transaction::SqlTransaction;

#[async_trait]
impl AuditTrail for SqlTransaction {
    async fn add(&mut self, row: &AuditRow) -> Result<(), StoreError> {
        insert::<audit_row::Entity>(&self.connection, audit_row::Model::from(row)).await
    }
}

#[async_trait]
impl Outbox for SqlTransaction {
    async fn add(&mut self, event: &Event) -> Result<(), StoreError> {
        let row = outbox_event::ActiveModel::from(event);
        insert::<outbox_event::Entity>(&self.connection, row).await
    }
}
