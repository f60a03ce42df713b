//! Promising stock.

use gaara_identity::Permission;
use gaara_inventory::{Promise, Reservation, ReserveError, StockKey};
use gaara_kernel::{Code, ProductId, Quantity, ReservationId, StoreError, Timestamp, WarehouseId};
use thiserror::Error;

use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::failure;
use crate::inventory::stock::{
    Goods, MovementLineError, PlaceError, Wanted, WrittenMovementLine, announce_reservations,
    close_shelves, hold_places, open_shelves, shortfalls,
};
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Promises stock for a while.
#[derive(Debug, Clone)]
pub struct CreateReservation {
    /// The id a client chose.
    pub id: Option<ReservationId>,
    /// The product.
    pub product: ProductId,
    /// The warehouse.
    pub warehouse: WarehouseId,
    /// How much.
    pub quantity: Quantity,
    /// The unit of the quantity; the product's when absent.
    pub unit: Option<Code>,
    /// When it ends by itself; after a day when absent.
    pub expires_at: Option<Timestamp>,
    /// What people say about it.
    pub note: Option<String>,
}

/// Why stock was not promised.
#[derive(Debug, Error)]
pub enum CreateReservationError {
    /// The system is not set up.
    #[error("there is no organisation")]
    NotSetUp,
    /// Nothing can be reserved there.
    #[error(transparent)]
    Place(#[from] PlaceError),
    /// The product cannot be reserved so.
    #[error(transparent)]
    Line(#[from] MovementLineError),
    /// The promise breaks a rule.
    #[error(transparent)]
    Reserve(#[from] ReserveError),
    /// The store failed; [`StoreError::Duplicate`] names a taken id.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(CreateReservationError);

impl UseCase for CreateReservation {
    type Output = Reservation;
    type Error = CreateReservationError;
    const PERMISSION: Permission = Permission::EditReservations;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Reservation, CreateReservationError> {
        let organization = unit.organization().find().await?;
        let organization = organization.ok_or(CreateReservationError::NotSetUp)?;
        hold_places(unit, self.warehouse, None).await??;
        let line = self.line();
        let goods = Goods::hold(unit, std::slice::from_ref(&line)).await?;
        let promise = Promise {
            id: context.id_or_new(self.id),
            quantity: goods.line(&line)?.base_quantity,
            expires_at: self.expires_at,
            note: self.note.clone(),
        };
        let key = StockKey { product: self.product, warehouse: self.warehouse };
        let wanted = Wanted { keys: &[key], demand: &[], made_by: None };
        let mut shelves =
            open_shelves(unit, &wanted, &goods, organization.currency, context).await?;
        let bucket = shelves.bucket_mut(key);
        let bucket = bucket.ok_or(StoreError::Corrupt { entity: "stock_level" })?;
        let reservation = Reservation::make(promise, bucket.level_mut(), context.now())?;
        close_shelves(unit, &shelves).await?;
        unit.reservations().add(&reservation).await?;
        let made = std::slice::from_ref(&reservation);
        announce_reservations(unit, "reservation.created", made, context).await?;
        unit.outbox().add_all(&shortfalls(&shelves, &goods, context)).await?;
        Ok(reservation)
    }

    fn audit(&self, output: &Reservation) -> AuditEntry {
        AuditEntry::new("reservation.created", output.id)
            .with("product", &output.key.product)
            .with("warehouse", &output.key.warehouse)
            .with("quantity", &output.quantity)
            .with("expires_at", &output.expires_at)
    }
}

impl CreateReservation {
    fn line(&self) -> WrittenMovementLine {
        WrittenMovementLine {
            unit: self.unit.clone(),
            ..WrittenMovementLine::new(self.product, self.quantity)
        }
    }
}
