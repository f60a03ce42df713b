//! The names that stand beside stock, read for the rows of one page.

use std::collections::{BTreeSet, HashMap};

use gaara_inventory::{StockKey, StockNames};
use gaara_kernel::{Id, StoreError};
use sea_orm::prelude::Uuid;
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect};

use crate::convert::Stored;
use crate::entity::{product, warehouse};
use crate::error::failure;
use crate::session::Session;

const STORED: Stored = Stored("stock_level");

#[derive(Debug, FromQueryResult)]
struct NameRow {
    id: Uuid,
    code: String,
    name_ar: Option<String>,
    name_en: Option<String>,
}

/// The names of products and warehouses.
pub(super) struct Names {
    products: HashMap<Uuid, NameRow>,
    warehouses: HashMap<Uuid, NameRow>,
}

impl Names {
    /// Reads the names of all these keys, in two statements.
    pub(super) async fn of(connection: &Session, keys: &[StockKey]) -> Result<Self, StoreError> {
        use product::Column as P;
        use warehouse::Column as W;
        if keys.is_empty() {
            return Ok(Self { products: HashMap::new(), warehouses: HashMap::new() });
        }
        let products: BTreeSet<Uuid> = keys.iter().map(|key| key.product.as_uuid()).collect();
        let warehouses: BTreeSet<Uuid> = keys.iter().map(|key| key.warehouse.as_uuid()).collect();
        let products = product::Entity::find()
            .select_only()
            .columns([P::Id, P::NameAr, P::NameEn])
            .column_as(P::Sku, "code")
            .filter(P::Id.is_in(products));
        let warehouses = warehouse::Entity::find()
            .select_only()
            .columns([W::Id, W::Code, W::NameAr, W::NameEn])
            .filter(W::Id.is_in(warehouses));
        let products = products.into_model().all(connection).await.map_err(failure)?;
        let warehouses = warehouses.into_model().all(connection).await.map_err(failure)?;
        Ok(Self { products: by_id(products), warehouses: by_id(warehouses) })
    }

    /// The names of one key.
    pub(super) fn get(&self, key: StockKey) -> Result<StockNames, StoreError> {
        let product = STORED.some(self.products.get(&key.product.as_uuid()))?;
        let warehouse = STORED.some(self.warehouses.get(&key.warehouse.as_uuid()))?;
        Ok(StockNames {
            sku: STORED.code(&product.code)?,
            product: STORED.name(product.name_ar.as_ref(), product.name_en.as_ref())?,
            warehouse_code: STORED.code(&warehouse.code)?,
            warehouse: STORED.name(warehouse.name_ar.as_ref(), warehouse.name_en.as_ref())?,
        })
    }
}

fn by_id(rows: Vec<NameRow>) -> HashMap<Uuid, NameRow> {
    rows.into_iter().map(|row| (row.id, row)).collect()
}
