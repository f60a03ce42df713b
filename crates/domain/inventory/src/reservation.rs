//! Reservations: stock that is promised for a while, in two phases.
//!
//! A promise is made, and then it is kept, taken back, or it runs out. What is promised stands in
//! the stock level too, so every change of a reservation takes the locked level with it.

mod consume;

use std::time::Duration;

use gaara_kernel::{Quantity, ReservationId, Timestamp, Version};
use thiserror::Error;

pub use consume::Consumption;

use crate::level::{LevelError, StockKey, StockLevel};

/// What became of a promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReservationState {
    /// It stands.
    Active,
    /// Goods went out for it; what was left of it is free again.
    Consumed {
        /// How much of it went out, in the product's unit.
        quantity: Quantity,
        /// When.
        at: Timestamp,
    },
    /// It was taken back.
    Released {
        /// When.
        at: Timestamp,
    },
    /// It ran out.
    Expired {
        /// When; always the instant it was made to end at.
        at: Timestamp,
    },
}

/// The state of a reservation, by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReservationStatus {
    /// It stands.
    Active,
    /// Goods went out for it.
    Consumed,
    /// It was taken back.
    Released,
    /// It ran out.
    Expired,
}

impl ReservationStatus {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Active, Self::Consumed, Self::Released, Self::Expired];

    /// The name in the API and in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Consumed => "consumed",
            Self::Released => "released",
            Self::Expired => "expired",
        }
    }

    /// Finds a state by its name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }
}

/// Stock that is promised for a while.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reservation {
    /// The id.
    pub id: ReservationId,
    /// Of what, and where.
    pub key: StockKey,
    /// How much, in the product's unit.
    pub quantity: Quantity,
    /// When it ends by itself.
    pub expires_at: Timestamp,
    /// What people say about it.
    pub note: Option<String>,
    /// What became of it.
    pub state: ReservationState,
    /// When it was made.
    pub created_at: Timestamp,
    /// How often it was saved.
    pub version: Version,
}

/// Why stock was not promised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ReserveError {
    /// The quantity is zero or less.
    #[error("the quantity must be greater than zero")]
    QuantityNotPositive,
    /// It would end before it begins.
    #[error("the reservation would end in the past")]
    ExpiryPast,
    /// It would last longer than a reservation may.
    #[error("a reservation lasts {} days at most", Reservation::DAYS_MAX)]
    TooLong,
    /// Too little is free.
    #[error(transparent)]
    Level(#[from] LevelError),
}

/// Why a reservation was not ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum EndError {
    /// It does not stand any more.
    #[error("the reservation is {}", .0.code())]
    NotActive(ReservationStatus),
    /// The level does not hold what was promised of it: a mistake of the store.
    #[error(transparent)]
    Level(#[from] LevelError),
}

impl Reservation {
    /// How many days a reservation lasts at most.
    pub const DAYS_MAX: u64 = 30;
    /// How long a reservation lasts when nobody says.
    pub const USUAL: Duration = Duration::from_hours(24);

    const LONGEST: Duration = Duration::from_hours(Self::DAYS_MAX * 24);

    /// Promises some of what is free on the locked level.
    ///
    /// # Errors
    /// Every variant of [`ReserveError`]; the level is then as it was.
    pub fn make(
        wish: Promise,
        level: &mut StockLevel,
        now: Timestamp,
    ) -> Result<Self, ReserveError> {
        let Promise { id, quantity, expires_at, note } = wish;
        let expires_at = expires_at.unwrap_or_else(|| now.plus(Self::USUAL));
        if !quantity.is_positive() {
            return Err(ReserveError::QuantityNotPositive);
        }
        if expires_at <= now {
            return Err(ReserveError::ExpiryPast);
        }
        if expires_at.since(now) > Self::LONGEST {
            return Err(ReserveError::TooLong);
        }
        level.reserve(quantity)?;
        Ok(Self {
            id,
            key: level.key(),
            quantity,
            expires_at,
            note,
            state: ReservationState::Active,
            created_at: now,
            version: Version::FIRST,
        })
    }

    /// The reservation as of an instant: one that is past its end has expired, whether or not
    /// anybody has saved that yet.
    #[must_use]
    pub fn at(self, now: Timestamp) -> Self {
        if self.state != ReservationState::Active || now < self.expires_at {
            return self;
        }
        let state = ReservationState::Expired { at: self.expires_at };
        Self { state, version: self.version.next(), ..self }
    }

    /// Its state, by name.
    #[must_use]
    pub const fn status(&self) -> ReservationStatus {
        match self.state {
            ReservationState::Active => ReservationStatus::Active,
            ReservationState::Consumed { .. } => ReservationStatus::Consumed,
            ReservationState::Released { .. } => ReservationStatus::Released,
            ReservationState::Expired { .. } => ReservationStatus::Expired,
        }
    }

    /// How much of it went out, in the product's unit.
    #[must_use]
    pub const fn consumed(&self) -> Quantity {
        match self.state {
            ReservationState::Consumed { quantity, .. } => quantity,
            _ => Quantity::ZERO,
        }
    }

    /// When it ended; `None` while it stands.
    #[must_use]
    pub const fn ended_at(&self) -> Option<Timestamp> {
        match self.state {
            ReservationState::Active => None,
            ReservationState::Consumed { at, .. }
            | ReservationState::Released { at }
            | ReservationState::Expired { at } => Some(at),
        }
    }

    /// Takes the promise back.
    ///
    /// # Errors
    /// Every variant of [`EndError`].
    pub fn release(self, level: &mut StockLevel, now: Timestamp) -> Result<Self, EndError> {
        self.end(ReservationState::Released { at: now }, level, now)
    }

    /// Keeps the promise: so much is about to leave the level, and whatever is promised beyond
    /// that is free again.
    ///
    /// # Errors
    /// Every variant of [`EndError`].
    pub fn consume(
        self,
        taken: Quantity,
        level: &mut StockLevel,
        now: Timestamp,
    ) -> Result<Self, EndError> {
        let quantity = taken.min(self.quantity);
        self.end(ReservationState::Consumed { quantity, at: now }, level, now)
    }

    fn end(
        self,
        state: ReservationState,
        level: &mut StockLevel,
        now: Timestamp,
    ) -> Result<Self, EndError> {
        let current = self.at(now);
        if current.state != ReservationState::Active {
            return Err(EndError::NotActive(current.status()));
        }
        level.release(current.quantity)?;
        Ok(Self { state, version: current.version.next(), ..current })
    }
}

/// Stock that somebody wishes to have promised.
#[derive(Debug, Clone)]
pub struct Promise {
    /// The id.
    pub id: ReservationId,
    /// How much, in the product's unit.
    pub quantity: Quantity,
    /// When it shall end by itself; after [`Reservation::USUAL`] when absent.
    pub expires_at: Option<Timestamp>,
    /// What people say about it.
    pub note: Option<String>,
}

/// Takes back on the locked levels, which are sorted by key, what is overdue on them. Answers the
/// reservations as they are to be saved.
///
/// # Errors
/// [`LevelError::OutOfRange`] when the levels do not hold what was promised of them.
pub fn take_back_overdue(
    overdue: Vec<Reservation>,
    levels: &mut [StockLevel],
    now: Timestamp,
) -> Result<Vec<Reservation>, LevelError> {
    let mut expired = Vec::with_capacity(overdue.len());
    for reservation in overdue.into_iter().map(|reservation| reservation.at(now)) {
        let place = levels.binary_search_by_key(&reservation.key, StockLevel::key);
        let level = place.ok().and_then(|place| levels.get_mut(place));
        level.ok_or(LevelError::OutOfRange)?.release(reservation.quantity)?;
        expired.push(reservation);
    }
    Ok(expired)
}

#[cfg(test)]
mod tests;
