//! What reservations need from a store.

use async_trait::async_trait;
use gaara_kernel::{Page, PageRequest, ReservationId, StoreError, Timestamp};

use crate::level::StockKey;
use crate::list::{ReservationFilter, ReservationSort};
use crate::reservation::Reservation;

/// Keeps reservations. Whoever changes one has locked its level before, so that a reservation
/// needs no lock of its own, and what a level has reserved is what its active reservations hold.
#[async_trait]
pub trait ReservationRepository: Send {
    /// Adds a reservation.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] with `reservation.id`.
    async fn add(&mut self, reservation: &Reservation) -> Result<(), StoreError>;

    /// The reservations with these ids that exist, in the order of their ids.
    async fn find_many(&mut self, ids: &[ReservationId]) -> Result<Vec<Reservation>, StoreError>;

    /// The reservations of these levels that are stored as active though they ended at this
    /// instant or before, in the order of their ids.
    async fn find_overdue(
        &mut self,
        keys: &[StockKey],
        now: Timestamp,
    ) -> Result<Vec<Reservation>, StoreError>;

    /// Saves what became of reservations, in one statement.
    async fn save_all(&mut self, reservations: &[Reservation]) -> Result<(), StoreError>;
}

/// Reads reservations without waiting for writers.
#[async_trait]
pub trait ReservationView: Send {
    /// A reservation by id, as it is stored.
    async fn find_reservation(
        &mut self,
        id: ReservationId,
    ) -> Result<Option<Reservation>, StoreError>;

    /// Reservations that match as of an instant, as they are stored, sorted.
    async fn list_reservations(
        &mut self,
        filter: &ReservationFilter,
        now: Timestamp,
        page: &PageRequest<ReservationSort>,
    ) -> Result<Page<Reservation>, StoreError>;
}
