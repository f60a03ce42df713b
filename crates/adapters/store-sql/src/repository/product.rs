//! Products with their barcodes.

use std::collections::HashMap;

use async_trait::async_trait;
use gaara_inventory::{Barcode, Product, ProductRepository};
use gaara_kernel::{Id, ProductId, StoreError};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::LockType;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};

use super::{all, insert, saved};
use crate::bulk::{PARAMETERS_MAX, insert_all};
use crate::convert::Stored;
use crate::entity::product::{Column, Entity, Model};
use crate::entity::product_barcode;
use crate::error::failure;
use crate::transaction::SqlTransaction;

/// The products with these ids that exist.
pub(crate) async fn find_many(
    connection: &DatabaseTransaction,
    ids: &[ProductId],
) -> Result<Vec<Product>, StoreError> {
    let mut products = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(PARAMETERS_MAX) {
        let chunk = chunk.iter().map(|id| id.as_uuid());
        let rows = all(connection, Entity::find().filter(Column::Id.is_in(chunk))).await?;
        products.extend(with_barcodes(connection, rows).await?);
    }
    Ok(products)
}

/// Reads the barcodes of all these products at once.
pub(crate) async fn with_barcodes(
    connection: &DatabaseTransaction,
    rows: Vec<Model>,
) -> Result<Vec<Product>, StoreError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids = rows.iter().map(|row| row.id);
    let query = product_barcode::Entity::find()
        .filter(product_barcode::Column::ProductId.is_in(ids))
        .order_by_asc(product_barcode::Column::Position);
    let mut barcodes: HashMap<Uuid, Vec<Barcode>> = HashMap::new();
    for row in all(connection, query).await? {
        let barcode = Stored("product").good(Barcode::parse(&row.barcode))?;
        barcodes.entry(row.product_id).or_default().push(barcode);
    }
    rows.into_iter()
        .map(|row| {
            let own = barcodes.remove(&row.id).unwrap_or_default();
            row.with_barcodes(own)
        })
        .collect()
}

#[async_trait]
impl ProductRepository for SqlTransaction {
    async fn add(&mut self, product: &Product) -> Result<(), StoreError> {
        insert::<Entity>(&self.connection, Model::from(product)).await?;
        let barcodes = product_barcode::rows(product);
        insert_all::<product_barcode::Entity>(&self.connection, barcodes).await
    }

    async fn lock(&mut self, id: ProductId) -> Result<Option<Product>, StoreError> {
        let query = Entity::find_by_id(id.as_uuid()).lock(LockType::NoKeyUpdate);
        let rows = all(&self.connection, query).await?;
        Ok(with_barcodes(&self.connection, rows).await?.pop())
    }

    async fn find_many(&mut self, ids: &[ProductId]) -> Result<Vec<Product>, StoreError> {
        find_many(&self.connection, ids).await
    }

    async fn save(&mut self, product: &Product) -> Result<(), StoreError> {
        let id = product.id.as_uuid();
        let result = Entity::update_many()
            .set(Model::from(product).into_active_model().reset_all())
            .filter(Column::Id.eq(id))
            .exec(&self.connection)
            .await
            .map_err(failure)?;
        saved(result.rows_affected, 1, "product")?;
        product_barcode::Entity::delete_many()
            .filter(product_barcode::Column::ProductId.eq(id))
            .exec(&self.connection)
            .await
            .map_err(failure)?;
        let barcodes = product_barcode::rows(product);
        insert_all::<product_barcode::Entity>(&self.connection, barcodes).await
    }
}
