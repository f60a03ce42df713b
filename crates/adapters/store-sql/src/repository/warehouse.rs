//! Warehouses, written.

use async_trait::async_trait;
use gaara_inventory::{Warehouse, WarehouseRepository};
use gaara_kernel::{Id, StoreError, WarehouseId};
use sea_orm::DatabaseTransaction;

use super::{find, insert};
use crate::entity::warehouse::{Entity, Model};
use crate::transaction::SqlTransaction;

/// A warehouse by id.
pub(crate) async fn find_by_id(
    connection: &DatabaseTransaction,
    id: WarehouseId,
) -> Result<Option<Warehouse>, StoreError> {
    let row = find::<Entity>(connection, id.as_uuid()).await?;
    row.map(Warehouse::try_from).transpose()
}

#[async_trait]
impl WarehouseRepository for SqlTransaction {
    async fn add(&mut self, warehouse: &Warehouse) -> Result<(), StoreError> {
        insert::<Entity>(&self.connection, Model::from(warehouse)).await
    }

    async fn find(&mut self, id: WarehouseId) -> Result<Option<Warehouse>, StoreError> {
        find_by_id(&self.connection, id).await
    }
}
