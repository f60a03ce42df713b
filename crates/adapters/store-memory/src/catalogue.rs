//! The catalogue in memory.

use std::sync::Arc;

use async_trait::async_trait;
use gaara_inventory::{
    CatalogueView, Product, ProductFilter, ProductRepository, ProductSort, Warehouse,
    WarehouseRepository, WarehouseSort,
};
use gaara_kernel::{Id, Page, PageRequest, ProductId, SortValue, StoreError, WarehouseId};
use uuid::Uuid;

use crate::list::{Listed, page};
use crate::records::{Records, add, copied, save, unique};
use crate::store::{MemoryTransaction, MemoryView};

#[async_trait]
impl ProductRepository for MemoryTransaction {
    async fn add(&mut self, product: &Product) -> Result<(), StoreError> {
        self.with(|records| {
            check_product(records, product)?;
            add(&mut records.products, product.id, Arc::new(product.clone()), "product.id")
        })
    }

    async fn lock(&mut self, id: ProductId) -> Result<Option<Product>, StoreError> {
        self.with(|records| Ok(copied(records.products.get(&id))))
    }

    async fn find_many(&mut self, ids: &[ProductId]) -> Result<Vec<Product>, StoreError> {
        self.with(|records| Ok(products(records, ids)))
    }

    async fn save(&mut self, product: &Product) -> Result<(), StoreError> {
        self.with(|records| {
            check_product(records, product)?;
            save(&mut records.products, &product.id, Arc::new(product.clone()), "product")
        })
    }
}

fn check_product(records: &Records, product: &Product) -> Result<(), StoreError> {
    let mut others = records.products.values().filter(|other| other.id != product.id);
    unique(others.clone().all(|other| other.sku != product.sku), "product.sku")?;
    let shares_barcode = |other: &Arc<Product>| {
        other.barcodes.iter().any(|barcode| product.barcodes.contains(barcode))
    };
    unique(!others.any(shares_barcode), "product.barcode")
}

fn products(records: &Records, ids: &[ProductId]) -> Vec<Product> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    ids.iter().filter_map(|id| copied(records.products.get(id))).collect()
}

#[async_trait]
impl WarehouseRepository for MemoryTransaction {
    async fn add(&mut self, warehouse: &Warehouse) -> Result<(), StoreError> {
        self.with(|records| {
            let free = records.warehouses.values().all(|other| other.code != warehouse.code);
            unique(free, "warehouse.code")?;
            let row = Arc::new(warehouse.clone());
            add(&mut records.warehouses, warehouse.id, row, "warehouse.id")
        })
    }

    async fn find(&mut self, id: WarehouseId) -> Result<Option<Warehouse>, StoreError> {
        self.with(|records| Ok(copied(records.warehouses.get(&id))))
    }
}

impl Listed<ProductSort> for Product {
    fn value(&self, field: ProductSort) -> SortValue {
        match field {
            ProductSort::Sku => SortValue::Text(self.sku.to_string()),
            ProductSort::CreatedAt => SortValue::Integer(self.created_at.as_millis()),
            ProductSort::UpdatedAt => SortValue::Integer(self.updated_at.as_millis()),
        }
    }

    fn tie(&self) -> Vec<Uuid> {
        vec![self.id.as_uuid()]
    }
}

impl Listed<WarehouseSort> for Warehouse {
    fn value(&self, field: WarehouseSort) -> SortValue {
        match field {
            WarehouseSort::Code => SortValue::Text(self.code.to_string()),
            WarehouseSort::CreatedAt => SortValue::Integer(self.created_at.as_millis()),
        }
    }

    fn tie(&self) -> Vec<Uuid> {
        vec![self.id.as_uuid()]
    }
}

#[async_trait]
impl CatalogueView for MemoryView {
    async fn find_product(&mut self, id: ProductId) -> Result<Option<Product>, StoreError> {
        Ok(copied(self.records.products.get(&id)))
    }

    async fn find_products(&mut self, ids: &[ProductId]) -> Result<Vec<Product>, StoreError> {
        Ok(products(&self.records, ids))
    }

    async fn list_products(
        &mut self,
        filter: &ProductFilter,
        request: &PageRequest<ProductSort>,
    ) -> Result<Page<Product>, StoreError> {
        let matches = |product: &&Arc<Product>| {
            filter.sku.as_ref().is_none_or(|sku| *sku == product.sku)
                && (filter.kinds.is_empty() || filter.kinds.contains(&product.kind))
                && filter.updated_since.is_none_or(|since| product.updated_at >= since)
        };
        let rows = self.records.products.values().filter(matches);
        Ok(page(rows.map(|product| Product::clone(product)), request))
    }

    async fn find_warehouse(&mut self, id: WarehouseId) -> Result<Option<Warehouse>, StoreError> {
        Ok(copied(self.records.warehouses.get(&id)))
    }

    async fn list_warehouses(
        &mut self,
        request: &PageRequest<WarehouseSort>,
    ) -> Result<Page<Warehouse>, StoreError> {
        let rows = self.records.warehouses.values().map(|warehouse| Warehouse::clone(warehouse));
        Ok(page(rows, request))
    }
}
