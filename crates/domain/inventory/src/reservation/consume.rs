//! Movements that keep promises: their lines name the reservations that they consume.

use std::collections::BTreeMap;

use gaara_kernel::{Quantity, ReservationId, Timestamp};

use super::{EndError, Reservation};
use crate::level::StockKey;
use crate::movement::{MovementContent, PostError};
use crate::shelves::Shelves;

impl MovementContent {
    /// The reservations that lines name, sorted and each once.
    #[must_use]
    pub fn reservations(&self) -> Vec<ReservationId> {
        let mut ids: Vec<ReservationId> =
            self.lines.iter().filter_map(|line| line.reservation).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// Finds each reservation that a line names, and how much all lines that name it take.
    ///
    /// # Errors
    /// [`PostError::ReservationUnknown`] or [`PostError::ReservationMismatch`].
    pub fn match_reservations(
        &self,
        found: Vec<Reservation>,
    ) -> Result<Vec<Consumption>, PostError> {
        let mut found: BTreeMap<ReservationId, Consumption> = found
            .into_iter()
            .map(|reservation| (reservation.id, Consumption::none_of(reservation)))
            .collect();
        for (index, line) in self.lines.iter().enumerate() {
            let Some(id) = line.reservation else { continue };
            let consumption = found.get_mut(&id);
            let consumption = consumption.ok_or(PostError::ReservationUnknown { line: index })?;
            let key = StockKey { product: line.product, warehouse: self.warehouse };
            if consumption.reservation.key != key {
                return Err(PostError::ReservationMismatch { line: index });
            }
            consumption.line.get_or_insert(index);
            let taken = consumption.taken.plus(line.base_quantity);
            consumption.taken = taken.map_err(|_| PostError::OutOfRange)?;
        }
        Ok(found.into_values().collect())
    }
}

/// A reservation that a movement consumes.
#[derive(Debug, Clone)]
pub struct Consumption {
    reservation: Reservation,
    line: Option<usize>,
    taken: Quantity,
}

impl Consumption {
    const fn none_of(reservation: Reservation) -> Self {
        Self { reservation, line: None, taken: Quantity::ZERO }
    }

    /// Frees what is promised, so that the movement can take it. Answers the reservation as it is
    /// to be saved.
    ///
    /// # Errors
    /// [`PostError::ReservationNotActive`] when the reservation does not stand any more.
    pub fn apply(self, shelves: &mut Shelves, now: Timestamp) -> Result<Reservation, PostError> {
        let bucket = shelves.bucket_mut(self.reservation.key).ok_or(PostError::LevelMissing)?;
        let line = self.line.unwrap_or_default();
        self.reservation.consume(self.taken, bucket.level_mut(), now).map_err(|error| match error {
            EndError::NotActive(status) => PostError::ReservationNotActive { line, status },
            EndError::Level(error) => error.into(),
        })
    }
}
