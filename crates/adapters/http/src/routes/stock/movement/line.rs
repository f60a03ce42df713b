//! The lines of a movement as they are sent.

use gaara_application::inventory::WrittenMovementLine;
use gaara_kernel::{Code as Name, ProductId, Quantity, ReservationId, UnitPrice};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use crate::json::{Check, Field};

/// One product of a movement.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct MovementLineRequest {
    /// The product.
    #[schema(value_type = String, required = true)]
    #[serde(default)]
    product_id: Field<ProductId>,
    /// How much; greater than zero, but an adjustment takes goods away by less than zero.
    #[schema(value_type = String, required = true, example = "10")]
    #[serde(default)]
    quantity: Field<Quantity>,
    /// The unit of the quantity; the product's when absent.
    #[schema(value_type = Option<String>, example = "EA")]
    #[serde(default)]
    unit: Field<Name>,
    /// What one unit cost, where goods come in: a receipt needs it, and an adjustment or a
    /// customer's return without origin goes by the cost of what is there when it is absent.
    #[schema(value_type = Option<String>, example = "1.75")]
    #[serde(default)]
    unit_cost: Field<UnitPrice>,
    /// A reservation of this product in this warehouse that the line consumes, where an issue or a
    /// transfer takes goods out: what the line leaves of it is free again.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    reservation_id: Field<ReservationId>,
}

impl MovementLineRequest {
    pub(super) fn read(self, check: &mut Check) -> Option<WrittenMovementLine> {
        let product = check.required("/product_id", self.product_id);
        let quantity = check.required("/quantity", self.quantity);
        let unit = check.optional("/unit", self.unit);
        let unit_cost = check.optional("/unit_cost", self.unit_cost);
        let reservation = check.optional("/reservation_id", self.reservation_id);
        Some(WrittenMovementLine {
            product: product?,
            quantity: quantity?,
            unit: unit?,
            unit_cost: unit_cost?,
            reservation: reservation?,
        })
    }
}
