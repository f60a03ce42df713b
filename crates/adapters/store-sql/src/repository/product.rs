//! Products with everything that hangs on them.

use async_trait::async_trait;
use gaara_inventory::{Barcode, Product, ProductKeys, ProductRepository, ProductUsage, TakenKeys};
use gaara_kernel::{Code, Id, ProductId, StoreError};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::LockType;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::product_parts::{remove_parts, with_parts};
use super::{all, saved};
use crate::bulk::{PARAMETERS_MAX, insert_all, save_all};
use crate::convert::Stored;
use crate::entity::product::{Column, Entity, Model};
use crate::entity::{
    product_barcode, product_packaging, product_reorder_rule, product_word, stock_level,
};
use crate::error::failure;
use crate::session::Session;
use crate::transaction::SqlTransaction;

/// The products with these ids that exist, in the order of their ids.
pub(crate) async fn find_many(
    connection: &Session,
    ids: &[ProductId],
    lock: Option<LockType>,
) -> Result<Vec<Product>, StoreError> {
    let mut ids: Vec<Uuid> = ids.iter().map(|id| id.as_uuid()).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut products = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(PARAMETERS_MAX) {
        let chunk = chunk.iter().copied();
        let mut query = Entity::find().filter(Column::Id.is_in(chunk)).order_by_asc(Column::Id);
        if let Some(lock) = lock {
            query = query.lock(lock);
        }
        let rows = all(connection, query).await?;
        products.extend(with_parts(connection, rows).await?);
    }
    Ok(products)
}

async fn add_parts(connection: &Session, products: &[Product]) -> Result<(), StoreError> {
    let packagings = products.iter().flat_map(product_packaging::rows);
    insert_all::<product_packaging::Entity>(connection, packagings).await?;
    let barcodes = products.iter().flat_map(product_barcode::rows);
    insert_all::<product_barcode::Entity>(connection, barcodes).await?;
    let rules = products.iter().flat_map(product_reorder_rule::rows);
    insert_all::<product_reorder_rule::Entity>(connection, rules).await?;
    let words = products.iter().flat_map(product_word::rows);
    insert_all::<product_word::Entity>(connection, words).await
}

#[async_trait]
impl ProductRepository for SqlTransaction {
    async fn add_all(&mut self, products: &[Product]) -> Result<(), StoreError> {
        insert_all::<Entity>(&self.connection, products.iter().map(Model::from)).await?;
        add_parts(&self.connection, products).await
    }

    async fn lock_many(&mut self, ids: &[ProductId]) -> Result<Vec<Product>, StoreError> {
        find_many(&self.connection, ids, Some(LockType::Update)).await
    }

    async fn hold_many(&mut self, ids: &[ProductId]) -> Result<Vec<Product>, StoreError> {
        find_many(&self.connection, ids, Some(LockType::KeyShare)).await
    }

    async fn save_all(&mut self, products: &[Product]) -> Result<(), StoreError> {
        let rows = save_all::<Entity>(&self.connection, products.iter().map(Model::from)).await?;
        saved(rows, products.len(), "product")?;
        let ids: Vec<Uuid> = products.iter().map(|product| product.id.as_uuid()).collect();
        remove_parts(&self.connection, &ids).await?;
        add_parts(&self.connection, products).await
    }

    async fn find_taken(&mut self, keys: &ProductKeys) -> Result<TakenKeys, StoreError> {
        let (connection, stored) = (&self.connection, Stored("product"));
        let mut taken = TakenKeys::default();
        for chunk in keys.ids.chunks(PARAMETERS_MAX) {
            let chunk = chunk.iter().map(|id| id.as_uuid());
            let query = Entity::find().select_only().column(Column::Id);
            let query = query.filter(Column::Id.is_in(chunk)).into_tuple::<Uuid>();
            let rows = query.all(connection).await.map_err(failure)?;
            taken.ids.extend(rows.into_iter().map(ProductId::from_uuid));
        }
        for chunk in keys.skus.chunks(PARAMETERS_MAX) {
            let query = Entity::find().select_only().columns([Column::Sku, Column::Id]);
            let query = query.filter(Column::Sku.is_in(chunk.iter().map(Code::as_str)));
            let rows = query.into_tuple::<(String, Uuid)>().all(connection).await;
            for (sku, id) in rows.map_err(failure)? {
                taken.skus.push((stored.code(&sku)?, ProductId::from_uuid(id)));
            }
        }
        for chunk in keys.barcodes.chunks(PARAMETERS_MAX) {
            let chunk = chunk.iter().map(Barcode::as_str);
            let query = product_barcode::Entity::find();
            let query = query.filter(product_barcode::Column::Barcode.is_in(chunk));
            for row in all(connection, query).await? {
                let barcode = stored.good(Barcode::parse(&row.barcode))?;
                taken.barcodes.push((barcode, ProductId::from_uuid(row.product_id)));
            }
        }
        Ok(taken)
    }

    async fn find_usage(&mut self, ids: &[ProductId]) -> Result<Vec<ProductUsage>, StoreError> {
        use stock_level::Column as Level;
        let mut usage = Vec::new();
        for chunk in ids.chunks(PARAMETERS_MAX) {
            let rows = stock_level::Entity::find()
                .select_only()
                .column(Level::ProductId)
                .column_as(Level::OnHandMillionths.max(), "most")
                .filter(Level::ProductId.is_in(chunk.iter().map(|id| id.as_uuid())))
                .group_by(Level::ProductId)
                .into_tuple::<(Uuid, i64)>()
                .all(&self.connection)
                .await
                .map_err(failure)?;
            usage.extend(rows.into_iter().map(|(product, most)| ProductUsage {
                product: ProductId::from_uuid(product),
                has_stock: most > 0,
            }));
        }
        Ok(usage)
    }
}
