//! Warehouses, written.

use async_trait::async_trait;
use gaara_inventory::{Warehouse, WarehouseRepository};
use gaara_kernel::{Id, StoreError, WarehouseId};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::LockType;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::{all, exists, insert, saved};
use crate::bulk::PARAMETERS_MAX;
use crate::entity::warehouse::{Column, Entity, Model};
use crate::error::failure;
use crate::transaction::SqlTransaction;

#[async_trait]
impl WarehouseRepository for SqlTransaction {
    async fn add(&mut self, warehouse: &Warehouse) -> Result<(), StoreError> {
        insert::<Entity>(&self.connection, Model::from(warehouse)).await
    }

    async fn lock(&mut self, id: WarehouseId) -> Result<Option<Warehouse>, StoreError> {
        let query = Entity::find_by_id(id.as_uuid()).lock(LockType::Update);
        let row = query.one(&self.connection).await.map_err(failure)?;
        row.map(Warehouse::try_from).transpose()
    }

    async fn hold_many(&mut self, ids: &[WarehouseId]) -> Result<Vec<Warehouse>, StoreError> {
        let mut ids: Vec<Uuid> = ids.iter().map(|id| id.as_uuid()).collect();
        ids.sort_unstable();
        let mut warehouses = Vec::with_capacity(ids.len());
        for chunk in ids.chunks(PARAMETERS_MAX) {
            let query = Entity::find().filter(Column::Id.is_in(chunk.iter().copied()));
            let query = query.order_by_asc(Column::Id).lock(LockType::KeyShare);
            warehouses.extend(all(&self.connection, query).await?);
        }
        warehouses.into_iter().map(Warehouse::try_from).collect()
    }

    async fn save(&mut self, warehouse: &Warehouse) -> Result<(), StoreError> {
        let result = Entity::update_many()
            .set(Model::from(warehouse).into_active_model().reset_all())
            .filter(Column::Id.eq(warehouse.id.as_uuid()))
            .exec(&self.connection)
            .await
            .map_err(failure)?;
        saved(result.rows_affected, 1, "warehouse")
    }

    async fn has_stock(&mut self, id: WarehouseId) -> Result<bool, StoreError> {
        let text = "SELECT 1 FROM stock_levels \
                    WHERE warehouse_id = $1 AND on_hand_millionths > 0 LIMIT 1";
        exists(&self.connection, text, [id.as_uuid().into()]).await
    }
}
