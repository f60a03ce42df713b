//! Seals on the audit log in memory.

use std::collections::BTreeMap;

use gaara_application::{AuditCounts, AuditRow, AuditSeal, SealedDigest, SealedRow, SealedState};
use gaara_kernel::StoreError;

use crate::records::{Records, unique};

/// The seals, and how far they reach: rows are sealed in the order in which they were committed.
#[derive(Clone, Default)]
pub(crate) struct Seals {
    seals: BTreeMap<u64, AuditSeal>,
    rows: Vec<(u64, SealedDigest)>,
}

fn count(rows: usize) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}

impl Records {
    pub(crate) fn unsealed_rows(&self, limit: u32) -> Vec<AuditRow> {
        let rows = self.audit_log.iter().skip(self.seals.rows.len());
        rows.take(usize::try_from(limit).unwrap_or(usize::MAX))
            .map(|row| AuditRow::clone(row))
            .collect()
    }

    pub(crate) fn last_seal(&self) -> Option<AuditSeal> {
        self.seals.seals.values().next_back().cloned()
    }

    pub(crate) fn add_seal(
        &mut self,
        seal: &AuditSeal,
        rows: &[SealedDigest],
    ) -> Result<(), StoreError> {
        unique(!self.seals.seals.contains_key(&seal.number), "audit_seal.number")?;
        self.seals.seals.insert(seal.number, seal.clone());
        self.seals.rows.extend(rows.iter().map(|row| (seal.number, *row)));
        Ok(())
    }

    pub(crate) fn seals_after(&self, after: u64, limit: u32) -> Vec<AuditSeal> {
        let later = self.seals.seals.range(after.saturating_add(1)..);
        later
            .take(usize::try_from(limit).unwrap_or(usize::MAX))
            .map(|(_, seal)| seal.clone())
            .collect()
    }

    pub(crate) fn sealed_rows(&self, first: u64, last: u64) -> Vec<SealedRow> {
        let within = self.seals.rows.iter().filter(|(seal, _)| (first..=last).contains(seal));
        let told = within.map(|(seal, kept)| {
            let row = self.audit_log.iter().find(|row| row.id == kept.id);
            let state = row.map_or(SealedState::Missing, |row| {
                SealedState::Row(Box::new(AuditRow::clone(row)))
            });
            SealedRow { seal: *seal, kept: *kept, state }
        });
        told.collect()
    }

    pub(crate) fn count_audit_rows(&self) -> AuditCounts {
        let (rows, sealed) = (count(self.audit_log.len()), count(self.seals.rows.len()));
        AuditCounts { rows, sealed, unsealed: rows - sealed }
    }
}
