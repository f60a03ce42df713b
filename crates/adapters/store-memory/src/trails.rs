//! Audit log, outbox and idempotency records in memory.

use std::sync::Arc;

use async_trait::async_trait;
use gaara_application::{
    AuditCounts, AuditFilter, AuditRow, AuditSeal, AuditSort, AuditTrail, AuditView, Claim, Event,
    IdempotencyKey, IdempotencyRecord, IdempotencyRepository, Outbox, OutboxView, SealedDigest,
    SealedRow, UnsealedRow,
};
use gaara_kernel::{AuditId, Id, Page, PageRequest, SortValue, StoreError, Timestamp};
use uuid::Uuid;

use crate::list::{Listed, page};
use crate::store::{MemoryTransaction, MemoryView};

/// The most events one look answers.
const EVENTS_MAX: usize = 1000;

#[async_trait]
impl AuditTrail for MemoryTransaction {
    async fn add(&mut self, row: &AuditRow) -> Result<(), StoreError> {
        self.with(|records| {
            records.audit_log.push(Arc::new(row.clone()));
            Ok(())
        })
    }

    async fn lock_unsealed(&mut self, limit: u32) -> Result<Vec<AuditRow>, StoreError> {
        self.with(|records| Ok(records.unsealed_rows(limit)))
    }

    async fn last_seal(&mut self) -> Result<Option<AuditSeal>, StoreError> {
        self.with(|records| Ok(records.last_seal()))
    }

    async fn add_seal(
        &mut self,
        seal: &AuditSeal,
        rows: &[SealedDigest],
    ) -> Result<(), StoreError> {
        self.with(|records| records.add_seal(seal, rows))
    }
}

#[async_trait]
impl Outbox for MemoryTransaction {
    async fn add_all(&mut self, events: &[Event]) -> Result<(), StoreError> {
        self.with(|records| {
            records.outbox.extend(events.iter().cloned().map(Arc::new));
            Ok(())
        })
    }
}

#[async_trait]
impl IdempotencyRepository for MemoryTransaction {
    async fn claim(&mut self, key: &IdempotencyKey, now: Timestamp) -> Result<Claim, StoreError> {
        self.with(|records| match records.idempotency.get(key) {
            Some(record) if record.expires_at > now => {
                Ok(Claim::Done(Box::new(IdempotencyRecord::clone(record))))
            }
            _ => {
                records.idempotency.remove(key);
                Ok(Claim::Free)
            }
        })
    }

    async fn add(&mut self, record: &IdempotencyRecord) -> Result<(), StoreError> {
        self.with(|records| {
            records.idempotency.retain(|_, kept| kept.expires_at > record.created_at);
            if records.idempotency.contains_key(&record.key) {
                return Err(StoreError::Conflict);
            }
            records.idempotency.insert(record.key.clone(), Arc::new(record.clone()));
            Ok(())
        })
    }
}

impl Listed<AuditSort> for AuditRow {
    fn value(&self, field: AuditSort) -> SortValue {
        match field {
            AuditSort::At => SortValue::Integer(self.at.as_millis()),
        }
    }

    fn tie(&self) -> Vec<Uuid> {
        vec![self.id.as_uuid()]
    }
}

#[async_trait]
impl AuditView for MemoryView {
    async fn list_audit_log(
        &mut self,
        filter: &AuditFilter,
        request: &PageRequest<AuditSort>,
    ) -> Result<Page<AuditRow>, StoreError> {
        let matches = |row: &&Arc<AuditRow>| {
            filter.subject.as_ref().is_none_or(|subject| *subject == row.subject)
                && filter.action.as_ref().is_none_or(|action| *action == row.action)
                && filter.actor.as_ref().is_none_or(|actor| *actor == row.actor)
                && filter.trace.is_none_or(|trace| trace == row.trace)
                && filter.from.is_none_or(|from| row.at >= from)
                && filter.before.is_none_or(|before| row.at < before)
        };
        let rows = self.records.audit_log.iter().filter(matches);
        Ok(page(rows.map(|row| AuditRow::clone(row)), request))
    }

    async fn has_unsealed_rows(&mut self) -> Result<bool, StoreError> {
        Ok(self.records.count_audit_rows().unsealed > 0)
    }

    async fn list_unsealed_rows(
        &mut self,
        after: Option<AuditId>,
        limit: u32,
    ) -> Result<Vec<UnsealedRow>, StoreError> {
        let rows = self.records.unsealed_rows(u32::MAX).into_iter();
        let rows = rows.filter(|row| after.is_none_or(|after| row.id > after));
        let rows = rows.map(|row| UnsealedRow { id: row.id, there: Some(Box::new(row)) });
        Ok(rows.take(usize::try_from(limit).unwrap_or(usize::MAX)).collect())
    }

    async fn list_seals(&mut self, after: u64, limit: u32) -> Result<Vec<AuditSeal>, StoreError> {
        Ok(self.records.seals_after(after, limit))
    }

    async fn list_sealed_rows(
        &mut self,
        first: u64,
        last: u64,
    ) -> Result<Vec<SealedRow>, StoreError> {
        Ok(self.records.sealed_rows(first, last))
    }

    /// Here a row is either sealed or waits.
    async fn list_rows_outside(&mut self, _: u32) -> Result<Vec<AuditId>, StoreError> {
        Ok(Vec::new())
    }

    async fn count_audit_rows(&mut self) -> Result<AuditCounts, StoreError> {
        Ok(self.records.count_audit_rows())
    }
}

#[async_trait]
impl OutboxView for MemoryView {
    async fn find_events(&mut self, subject: &str) -> Result<Vec<Event>, StoreError> {
        let events = self.records.outbox.iter().filter(|event| event.subject == subject);
        Ok(events.take(EVENTS_MAX).map(|event| Event::clone(event)).collect())
    }
}
