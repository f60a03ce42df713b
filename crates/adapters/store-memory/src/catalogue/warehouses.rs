//! Warehouses in memory, written.

use std::sync::Arc;

use async_trait::async_trait;
use gaara_inventory::{Warehouse, WarehouseRepository};
use gaara_kernel::{StoreError, WarehouseId};

use super::chosen;
use crate::records::{Records, add, copied, save, unique};
use crate::store::MemoryTransaction;

#[async_trait]
impl WarehouseRepository for MemoryTransaction {
    async fn add(&mut self, warehouse: &Warehouse) -> Result<(), StoreError> {
        self.with(|records| {
            check(records, warehouse)?;
            let row = Arc::new(warehouse.clone());
            add(&mut records.warehouses, warehouse.id, row, "warehouse.id")
        })
    }

    async fn lock(&mut self, id: WarehouseId) -> Result<Option<Warehouse>, StoreError> {
        self.with(|records| Ok(copied(records.warehouses.get(&id))))
    }

    async fn hold_many(&mut self, ids: &[WarehouseId]) -> Result<Vec<Warehouse>, StoreError> {
        self.with(|records| Ok(chosen(&records.warehouses, ids)))
    }

    async fn save(&mut self, warehouse: &Warehouse) -> Result<(), StoreError> {
        self.with(|records| {
            check(records, warehouse)?;
            save(&mut records.warehouses, &warehouse.id, Arc::new(warehouse.clone()), "warehouse")
        })
    }

    async fn has_stock(&mut self, id: WarehouseId) -> Result<bool, StoreError> {
        self.with(|records| {
            let mut levels = records.levels.values();
            Ok(levels.any(|level| level.key().warehouse == id && level.on_hand().is_positive()))
        })
    }
}

fn check(records: &Records, warehouse: &Warehouse) -> Result<(), StoreError> {
    let mut others = records.warehouses.values().filter(|other| other.id != warehouse.id);
    unique(others.all(|other| other.code != warehouse.code), "warehouse.code")
}
