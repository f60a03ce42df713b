//! A row of `reservations`.

use gaara_inventory::{
    Reservation, ReservationSort, ReservationState, ReservationStatus, StockKey,
};
use gaara_kernel::{Id, SortValue, StoreError, Timestamp};
use sea_orm::entity::prelude::*;

use super::no_relations;
use crate::convert::Stored;
use crate::keyset::{Listed, Place, place};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reservations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub product_id: Uuid,
    pub warehouse_id: Uuid,
    pub quantity_millionths: i64,
    pub consumed_millionths: i64,
    pub status: String,
    pub expires_at_ms: i64,
    pub note: Option<String>,
    pub created_at_ms: i64,
    pub ended_at_ms: Option<i64>,
    pub version: i64,
}

no_relations!();

impl From<&Reservation> for Model {
    fn from(reservation: &Reservation) -> Self {
        Self {
            id: reservation.id.as_uuid(),
            product_id: reservation.key.product.as_uuid(),
            warehouse_id: reservation.key.warehouse.as_uuid(),
            quantity_millionths: reservation.quantity.as_millionths(),
            consumed_millionths: reservation.consumed().as_millionths(),
            status: reservation.status().code().to_owned(),
            expires_at_ms: reservation.expires_at.as_millis(),
            note: reservation.note.clone(),
            created_at_ms: reservation.created_at.as_millis(),
            ended_at_ms: reservation.ended_at().map(Timestamp::as_millis),
            version: reservation.version.number().into(),
        }
    }
}

impl TryFrom<Model> for Reservation {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let stored = Stored("reservation");
        let ended_at = || stored.some(row.ended_at_ms).map(Timestamp::from_millis);
        let state = match stored.some(ReservationStatus::from_code(&row.status))? {
            ReservationStatus::Active => ReservationState::Active,
            ReservationStatus::Consumed => {
                let quantity = stored.quantity(row.consumed_millionths)?;
                ReservationState::Consumed { quantity, at: ended_at()? }
            }
            ReservationStatus::Released => ReservationState::Released { at: ended_at()? },
            ReservationStatus::Expired => ReservationState::Expired { at: ended_at()? },
        };
        Ok(Self {
            id: Id::from_uuid(row.id),
            key: StockKey {
                product: Id::from_uuid(row.product_id),
                warehouse: Id::from_uuid(row.warehouse_id),
            },
            quantity: stored.quantity(row.quantity_millionths)?,
            expires_at: Timestamp::from_millis(row.expires_at_ms),
            state,
            created_at: Timestamp::from_millis(row.created_at_ms),
            version: stored.version(row.version)?,
            note: row.note,
        })
    }
}

impl Listed for Model {
    type Field = ReservationSort;
    const KEY: &'static [Place] = &[place("reservations", "id")];

    fn place(field: ReservationSort) -> Place {
        match field {
            ReservationSort::CreatedAt => place("reservations", "created_at_ms"),
            ReservationSort::ExpiresAt => place("reservations", "expires_at_ms"),
        }
    }

    fn value(&self, field: ReservationSort) -> SortValue {
        SortValue::Integer(match field {
            ReservationSort::CreatedAt => self.created_at_ms,
            ReservationSort::ExpiresAt => self.expires_at_ms,
        })
    }

    fn key(&self) -> Vec<Uuid> {
        vec![self.id]
    }
}
