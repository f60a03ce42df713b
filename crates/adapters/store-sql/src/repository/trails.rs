//! The audit log and the outbox, written beside every effect.

use async_trait::async_trait;
use gaara_application::{AuditRow, AuditSeal, AuditTrail, Event, Outbox, SealedDigest};
use gaara_kernel::StoreError;

use super::{insert, seals};
use crate::bulk::insert_all;
use crate::entity::{audit_row, outbox_event};
use crate::transaction::SqlTransaction;

#[async_trait]
impl AuditTrail for SqlTransaction {
    async fn add(&mut self, row: &AuditRow) -> Result<(), StoreError> {
        insert::<audit_row::Entity>(&self.connection, audit_row::Model::from(row)).await
    }

    async fn lock_unsealed(&mut self, limit: u32) -> Result<Vec<AuditRow>, StoreError> {
        seals::lock_unsealed(&self.connection, limit).await
    }

    async fn last_seal(&mut self) -> Result<Option<AuditSeal>, StoreError> {
        seals::last(&self.connection).await
    }

    async fn add_seal(
        &mut self,
        seal: &AuditSeal,
        rows: &[SealedDigest],
    ) -> Result<(), StoreError> {
        seals::add(&self.connection, seal, rows).await
    }
}

#[async_trait]
impl Outbox for SqlTransaction {
    async fn add_all(&mut self, events: &[Event]) -> Result<(), StoreError> {
        let rows = events.iter().map(outbox_event::ActiveModel::from);
        insert_all::<outbox_event::Entity>(&self.connection, rows).await
    }
}
