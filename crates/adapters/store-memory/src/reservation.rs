//! Reservations in memory.

use std::sync::Arc;

use async_trait::async_trait;
use gaara_inventory::{
    Reservation, ReservationFilter, ReservationRepository, ReservationSort, ReservationStatus,
    ReservationView, StockKey, StockLevel,
};
use gaara_kernel::{Id, Page, PageRequest, ReservationId, SortValue, StoreError, Timestamp};
use uuid::Uuid;

use crate::list::{Listed, page};
use crate::records::{Records, add, copied};
use crate::store::{MemoryTransaction, MemoryView};

#[async_trait]
impl ReservationRepository for MemoryTransaction {
    async fn add(&mut self, reservation: &Reservation) -> Result<(), StoreError> {
        self.with(|records| {
            let row = Arc::new(reservation.clone());
            add(&mut records.reservations, reservation.id, row, "reservation.id")
        })
    }

    async fn find_many(&mut self, ids: &[ReservationId]) -> Result<Vec<Reservation>, StoreError> {
        self.with(|records| {
            let rows = records.reservations.values().filter(|row| ids.contains(&row.id));
            Ok(rows.map(|row| Reservation::clone(row)).collect())
        })
    }

    async fn find_overdue(
        &mut self,
        keys: &[StockKey],
        now: Timestamp,
    ) -> Result<Vec<Reservation>, StoreError> {
        self.with(|records| {
            let rows = overdue(records, now).filter(|row| keys.contains(&row.key));
            Ok(rows.cloned().collect())
        })
    }

    async fn save_all(&mut self, reservations: &[Reservation]) -> Result<(), StoreError> {
        self.with(|records| {
            for reservation in reservations {
                let stored = records.reservations.get_mut(&reservation.id);
                let stored = stored.filter(|row| row.status() == ReservationStatus::Active);
                *stored.ok_or(StoreError::Corrupt { entity: "reservation" })? =
                    Arc::new(reservation.clone());
            }
            Ok(())
        })
    }
}

/// The reservations that are stored as active though they ended.
fn overdue(records: &Records, now: Timestamp) -> impl Iterator<Item = &Reservation> {
    let is_overdue = move |row: &&Reservation| {
        row.status() == ReservationStatus::Active && row.expires_at <= now
    };
    records.reservations.values().map(|row| &**row).filter(is_overdue)
}

/// A level, without what is overdue of its reservations.
pub(crate) fn level_at(
    records: &Records,
    level: &StockLevel,
    now: Timestamp,
) -> Result<StockLevel, StoreError> {
    let (key, mut level) = (level.key(), *level);
    for reservation in overdue(records, now).filter(|row| row.key == key) {
        let released = level.release(reservation.quantity);
        released.map_err(|_| StoreError::Corrupt { entity: "stock_level" })?;
    }
    Ok(level)
}

impl Listed<ReservationSort> for Reservation {
    fn value(&self, field: ReservationSort) -> SortValue {
        SortValue::Integer(match field {
            ReservationSort::CreatedAt => self.created_at.as_millis(),
            ReservationSort::ExpiresAt => self.expires_at.as_millis(),
        })
    }

    fn tie(&self) -> Vec<Uuid> {
        vec![self.id.as_uuid()]
    }
}

#[async_trait]
impl ReservationView for MemoryView {
    async fn find_reservation(
        &mut self,
        id: ReservationId,
    ) -> Result<Option<Reservation>, StoreError> {
        Ok(copied(self.records.reservations.get(&id)))
    }

    async fn list_reservations(
        &mut self,
        filter: &ReservationFilter,
        now: Timestamp,
        request: &PageRequest<ReservationSort>,
    ) -> Result<Page<Reservation>, StoreError> {
        let matches = |row: &Reservation| {
            let status = row.clone().at(now).status();
            filter.product.is_none_or(|product| product == row.key.product)
                && filter.warehouse.is_none_or(|warehouse| warehouse == row.key.warehouse)
                && (filter.statuses.is_empty() || filter.statuses.contains(&status))
        };
        let rows = self.records.reservations.values().filter(|row| matches(row));
        Ok(page(rows.map(|row| Reservation::clone(row)), request))
    }
}
