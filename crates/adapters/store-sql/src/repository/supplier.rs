//! Suppliers, written.

use async_trait::async_trait;
use gaara_inventory::{Supplier, SupplierRepository};
use gaara_kernel::{Id, StoreError, SupplierId};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::LockType;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::{all, insert, saved};
use crate::bulk::{PARAMETERS_MAX, insert_all};
use crate::entity::supplier::{Column, Entity, Model};
use crate::entity::supplier_word;
use crate::error::failure;
use crate::transaction::SqlTransaction;

#[async_trait]
impl SupplierRepository for SqlTransaction {
    async fn add(&mut self, supplier: &Supplier) -> Result<(), StoreError> {
        insert::<Entity>(&self.connection, Model::from(supplier)).await?;
        insert_all::<supplier_word::Entity>(&self.connection, supplier_word::rows(supplier)).await
    }

    async fn lock(&mut self, id: SupplierId) -> Result<Option<Supplier>, StoreError> {
        let query = Entity::find_by_id(id.as_uuid()).lock(LockType::Update);
        let row = query.one(&self.connection).await.map_err(failure)?;
        row.map(Supplier::try_from).transpose()
    }

    async fn hold_many(&mut self, ids: &[SupplierId]) -> Result<Vec<Supplier>, StoreError> {
        let mut ids: Vec<Uuid> = ids.iter().map(|id| id.as_uuid()).collect();
        ids.sort_unstable();
        let mut suppliers = Vec::with_capacity(ids.len());
        for chunk in ids.chunks(PARAMETERS_MAX) {
            let query = Entity::find().filter(Column::Id.is_in(chunk.iter().copied()));
            let query = query.order_by_asc(Column::Id).lock(LockType::KeyShare);
            suppliers.extend(all(&self.connection, query).await?);
        }
        suppliers.into_iter().map(Supplier::try_from).collect()
    }

    async fn save(&mut self, supplier: &Supplier) -> Result<(), StoreError> {
        let (connection, id) = (&self.connection, supplier.id.as_uuid());
        let result = Entity::update_many()
            .set(Model::from(supplier).into_active_model().reset_all())
            .filter(Column::Id.eq(id))
            .exec(connection)
            .await
            .map_err(failure)?;
        saved(result.rows_affected, 1, "supplier")?;
        supplier_word::Entity::delete_many()
            .filter(supplier_word::Column::SupplierId.eq(id))
            .exec(connection)
            .await
            .map_err(failure)?;
        insert_all::<supplier_word::Entity>(connection, supplier_word::rows(supplier)).await
    }
}
