//! Reservations.

use gaara_inventory::Reservation;
use serde::Serialize;
use utoipa::ToSchema;

/// Stock that is promised for a while.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReservationBody {
    /// The id.
    #[schema(example = "rsv_01kare0z0qf8b8rmyh0z0hdrt5")]
    pub(crate) id: String,
    /// The product.
    pub(crate) product_id: String,
    /// The warehouse.
    pub(crate) warehouse_id: String,
    /// How much, in the product's unit.
    #[schema(example = "7")]
    pub(crate) quantity: String,
    /// How much of it went out, in the product's unit; the rest of a consumed one is free again.
    #[schema(example = "0")]
    pub(crate) consumed: String,
    /// `active`, `consumed`, `released` or `expired`, as of now.
    #[schema(example = "active")]
    pub(crate) status: &'static str,
    /// When it ends by itself.
    pub(crate) expires_at: String,
    /// What people say about it.
    #[schema(required = true)]
    pub(crate) note: Option<String>,
    /// When it was made.
    pub(crate) created_at: String,
    /// When it ended; null while it stands.
    #[schema(required = true)]
    pub(crate) ended_at: Option<String>,
    /// How often it was saved.
    pub(crate) version: u32,
}

impl From<&Reservation> for ReservationBody {
    fn from(reservation: &Reservation) -> Self {
        Self {
            id: reservation.id.to_string(),
            product_id: reservation.key.product.to_string(),
            warehouse_id: reservation.key.warehouse.to_string(),
            quantity: reservation.quantity.to_string(),
            consumed: reservation.consumed().to_string(),
            status: reservation.status().code(),
            expires_at: reservation.expires_at.to_string(),
            note: reservation.note.clone(),
            created_at: reservation.created_at.to_string(),
            ended_at: reservation.ended_at().map(|at| at.to_string()),
            version: reservation.version.number(),
        }
    }
}
