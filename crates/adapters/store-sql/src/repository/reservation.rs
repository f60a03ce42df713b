//! Reservations, each operation in a number of statements that does not grow with them.

use async_trait::async_trait;
use gaara_inventory::{Reservation, ReservationRepository, StockKey};
use gaara_kernel::{Id, ReservationId, StoreError, Timestamp};
use sea_orm::sea_query::Value;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::stock::key_values;
use super::{all, find, insert, saved};
use crate::bulk::{execute_over, select_over};
use crate::entity::reservation::{Column, Entity, Model};
use crate::session::Session;
use crate::transaction::SqlTransaction;

/// A reservation by id.
pub(crate) async fn find_by_id(
    connection: &Session,
    id: ReservationId,
) -> Result<Option<Reservation>, StoreError> {
    let row = find::<Entity>(connection, id.as_uuid()).await?;
    row.map(Reservation::try_from).transpose()
}

#[async_trait]
impl ReservationRepository for SqlTransaction {
    async fn add(&mut self, reservation: &Reservation) -> Result<(), StoreError> {
        insert::<Entity>(&self.connection, Model::from(reservation)).await
    }

    async fn find_many(&mut self, ids: &[ReservationId]) -> Result<Vec<Reservation>, StoreError> {
        let ids = ids.iter().map(|id| id.as_uuid());
        let query = Entity::find().filter(Column::Id.is_in(ids)).order_by_asc(Column::Id);
        all(&self.connection, query).await?.into_iter().map(Reservation::try_from).collect()
    }

    async fn find_overdue(
        &mut self,
        keys: &[StockKey],
        now: Timestamp,
    ) -> Result<Vec<Reservation>, StoreError> {
        let keys: Vec<[Value; 3]> = keys
            .iter()
            .map(|key| {
                let [product, warehouse] = key_values(*key);
                [product, warehouse, now.as_millis().into()]
            })
            .collect();
        let rows: Vec<Model> = select_over(&self.connection, &keys, |rows| {
            format!(
                "WITH wanted (product_id, warehouse_id, at_ms) AS ({rows}) \
                 SELECT reservations.* FROM wanted CROSS JOIN reservations \
                 WHERE reservations.product_id = wanted.product_id \
                 AND reservations.warehouse_id = wanted.warehouse_id \
                 AND reservations.status = 'active' \
                 AND reservations.expires_at_ms <= wanted.at_ms ORDER BY reservations.id"
            )
        })
        .await?;
        rows.into_iter().map(Reservation::try_from).collect()
    }

    async fn save_all(&mut self, reservations: &[Reservation]) -> Result<(), StoreError> {
        let rows: Vec<[Value; 5]> = reservations
            .iter()
            .map(|reservation| {
                let row = Model::from(reservation);
                [
                    row.id.into(),
                    row.status.into(),
                    row.consumed_millionths.into(),
                    row.ended_at_ms.into(),
                    row.version.into(),
                ]
            })
            .collect();
        let changed = execute_over(&self.connection, &rows, |rows| {
            format!(
                "WITH saved (id, status, consumed, ended_at_ms, version) AS ({rows}) \
                 UPDATE reservations SET status = saved.status, \
                 consumed_millionths = saved.consumed, ended_at_ms = saved.ended_at_ms, \
                 version = saved.version FROM saved \
                 WHERE reservations.id = saved.id AND reservations.status = 'active'"
            )
        })
        .await?;
        saved(changed, reservations.len(), "reservation")
    }
}
