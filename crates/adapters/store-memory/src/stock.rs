//! Stock in memory.

use std::sync::Arc;

use async_trait::async_trait;
use gaara_inventory::{
    LevelFilter, LevelSort, LevelView, PostedMovement, StockKey, StockLevel, StockRepository,
    StockView,
};
use gaara_kernel::{Currency, Id, MovementId, Page, PageRequest, SortValue, StoreError};
use uuid::Uuid;

use crate::list::{Listed, page};
use crate::records::{add, copied, save};
use crate::store::{MemoryTransaction, MemoryView};

#[async_trait]
impl StockRepository for MemoryTransaction {
    async fn lock_levels(
        &mut self,
        keys: &[StockKey],
        currency: Currency,
    ) -> Result<Vec<StockLevel>, StoreError> {
        self.with(|records| {
            let level = |key: &StockKey| {
                *records.levels.entry(*key).or_insert(StockLevel::empty(*key, currency))
            };
            Ok(keys.iter().map(level).collect())
        })
    }

    async fn save_levels(&mut self, levels: &[StockLevel]) -> Result<(), StoreError> {
        self.with(|records| {
            levels.iter().try_for_each(|level| {
                save(&mut records.levels, &level.key(), *level, "stock_level")
            })
        })
    }

    async fn record(&mut self, posted: &PostedMovement) -> Result<(), StoreError> {
        self.with(|records| {
            let row = Arc::new(posted.clone());
            add(&mut records.movements, posted.movement.id, row, "movement.id")
        })
    }
}

impl Listed<LevelSort> for LevelView {
    fn value(&self, field: LevelSort) -> SortValue {
        match field {
            LevelSort::OnHand => SortValue::Integer(self.level.on_hand().as_millionths()),
            LevelSort::Value => SortValue::Integer(self.level.value().minor()),
        }
    }

    fn tie(&self) -> Vec<Uuid> {
        let key = self.level.key();
        vec![key.product.as_uuid(), key.warehouse.as_uuid()]
    }
}

#[async_trait]
impl StockView for MemoryView {
    async fn list_levels(
        &mut self,
        filter: &LevelFilter,
        request: &PageRequest<LevelSort>,
    ) -> Result<Page<LevelView>, StoreError> {
        let matches = |key: &StockKey| {
            filter.product.is_none_or(|product| product == key.product)
                && filter.warehouse.is_none_or(|warehouse| warehouse == key.warehouse)
        };
        let named = |level: &StockLevel| {
            let product = self.records.products.get(&level.key().product)?;
            let warehouse = self.records.warehouses.get(&level.key().warehouse)?;
            Some(LevelView {
                level: *level,
                sku: product.sku.clone(),
                product_name: product.name.clone(),
                warehouse_code: warehouse.code.clone(),
                warehouse_name: warehouse.name.clone(),
            })
        };
        let rows = self.records.levels.values().filter(|level| matches(&level.key()));
        Ok(page(rows.filter_map(named), request))
    }

    async fn find_movement(
        &mut self,
        id: MovementId,
    ) -> Result<Option<PostedMovement>, StoreError> {
        Ok(copied(self.records.movements.get(&id)))
    }
}
