//! Taking promises back.

use gaara_identity::Permission;
use gaara_inventory::{EndError, Reservation, ReservationStatus};
use gaara_kernel::{ReservationId, StoreError, Version};
use thiserror::Error;

use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::failure;
use crate::inventory::stock::{Goods, Wanted, announce_reservations, close_shelves, open_shelves};
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Takes a promise back.
#[derive(Debug, Clone)]
pub struct ReleaseReservation {
    /// Which.
    pub id: ReservationId,
    /// The version the decision was made on, where the caller cares.
    pub expected: Option<Version>,
}

/// Why a promise was not taken back.
#[derive(Debug, Error)]
pub enum ReleaseReservationError {
    /// The system is not set up.
    #[error("there is no organisation")]
    NotSetUp,
    /// There is no such reservation.
    #[error("there is no such reservation")]
    NotFound,
    /// It does not stand any more.
    #[error("the reservation is {}", .0.code())]
    NotActive(ReservationStatus),
    /// Somebody changed it meanwhile.
    #[error("the reservation is at version {current}")]
    Stale {
        /// The version it is at.
        current: Version,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(ReleaseReservationError);

impl UseCase for ReleaseReservation {
    type Output = Reservation;
    type Error = ReleaseReservationError;
    const PERMISSION: Permission = Permission::EditReservations;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Reservation, ReleaseReservationError> {
        let organization = unit.organization().find().await?;
        let organization = organization.ok_or(ReleaseReservationError::NotSetUp)?;
        // Read once to learn which level to lock, and again under that lock.
        let key = self.find(unit).await?.key;
        let goods = Goods::hold_products(unit, vec![key.product]).await?;
        let wanted = Wanted { keys: &[key], demand: &[], made_by: None };
        let mut shelves =
            open_shelves(unit, &wanted, &goods, organization.currency, context).await?;
        let reservation = self.find(unit).await?.at(context.now());
        let current = reservation.version;
        let bucket = shelves.bucket_mut(key);
        let level = bucket.ok_or(StoreError::Corrupt { entity: "stock_level" })?.level_mut();
        let released = reservation.release(level, context.now()).map_err(|error| match error {
            EndError::NotActive(status) => ReleaseReservationError::NotActive(status),
            EndError::Level(_) => StoreError::Corrupt { entity: "reservation" }.into(),
        })?;
        if self.expected.is_some_and(|expected| expected != current) {
            return Err(ReleaseReservationError::Stale { current });
        }
        close_shelves(unit, &shelves).await?;
        let saved = std::slice::from_ref(&released);
        unit.reservations().save_all(saved).await?;
        announce_reservations(unit, "reservation.released", saved, context).await?;
        Ok(released)
    }

    fn audit(&self, output: &Reservation) -> AuditEntry {
        AuditEntry::new("reservation.released", self.id).with("quantity", &output.quantity)
    }
}

impl ReleaseReservation {
    async fn find(
        &self,
        unit: &mut dyn UnitOfWork,
    ) -> Result<Reservation, ReleaseReservationError> {
        let found = unit.reservations().find_many(&[self.id]).await?.pop();
        found.ok_or(ReleaseReservationError::NotFound)
    }
}
