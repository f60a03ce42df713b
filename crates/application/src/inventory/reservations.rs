//! Reservations: stock that is promised for a while.

mod create_reservation;
mod queries;
mod release_reservation;

pub use create_reservation::{CreateReservation, CreateReservationError};
pub use queries::{FindReservation, ListReservations};
pub use release_reservation::{ReleaseReservation, ReleaseReservationError};
