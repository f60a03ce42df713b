//! A row of `stock_movements`; its lines and its history are rows of their own.

use gaara_inventory::PostedMovement;
use gaara_kernel::Id;
use sea_orm::entity::prelude::*;

use super::no_relations;
use crate::convert::date;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "stock_movements")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: String,
    pub warehouse_id: Uuid,
    pub effective_date: TimeDate,
    pub invoice_id: Option<Uuid>,
    pub posted_at_ms: i64,
}

no_relations!();

impl From<&PostedMovement> for Model {
    fn from(posted: &PostedMovement) -> Self {
        Self {
            id: posted.movement.id.as_uuid(),
            kind: posted.movement.kind.code().to_owned(),
            warehouse_id: posted.movement.warehouse.as_uuid(),
            effective_date: date(posted.movement.effective_date),
            invoice_id: posted.movement.invoice.map(Id::as_uuid),
            posted_at_ms: posted.posted_at.as_millis(),
        }
    }
}
