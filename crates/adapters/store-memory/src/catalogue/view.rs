//! The catalogue in memory, read.

use std::sync::Arc;

use async_trait::async_trait;
use gaara_inventory::{
    CatalogueView, Category, CategoryFilter, CategorySort, Product, ProductFilter, ProductSort,
    Supplier, SupplierFilter, SupplierSort, Unit, UnitSort, Warehouse, WarehouseFilter,
    WarehouseSort,
};
use gaara_kernel::{
    CategoryId, Code, Id, Page, PageRequest, ProductId, SortValue, StoreError, SupplierId, UnitId,
    WarehouseId,
};
use uuid::Uuid;

use super::chosen;
use super::units::units_of;
use crate::list::{Listed, page};
use crate::records::{Records, copied};
use crate::store::MemoryView;

/// Tells how rows are sorted: by which of their fields, and by their id in the end.
macro_rules! listed {
    ($($row:ident by $sort:ident { $($field:ident => $kind:ident($value:expr),)+ })+) => {
        $(impl Listed<$sort> for $row {
            fn value(&self, field: $sort) -> SortValue {
                let value: fn(&Self, $sort) -> SortValue = |row, field| match field {
                    $($sort::$field => {
                        let read: fn(&$row) -> _ = $value;
                        SortValue::$kind(read(row))
                    })+
                };
                value(self, field)
            }

            fn tie(&self) -> Vec<Uuid> {
                vec![self.id.as_uuid()]
            }
        })+
    };
}

listed! {
    Product by ProductSort {
        Sku => Text(|row| row.sku.to_string()),
        CreatedAt => Integer(|row| row.created_at.as_millis()),
        UpdatedAt => Integer(|row| row.updated_at.as_millis()),
    }
    Unit by UnitSort {
        Code => Text(|row| row.code.to_string()),
        CreatedAt => Integer(|row| row.created_at.as_millis()),
    }
    Category by CategorySort {
        Path => Text(Category::path_key),
        CreatedAt => Integer(|row| row.created_at.as_millis()),
        UpdatedAt => Integer(|row| row.updated_at.as_millis()),
    }
    Supplier by SupplierSort {
        CreatedAt => Integer(|row| row.created_at.as_millis()),
        UpdatedAt => Integer(|row| row.updated_at.as_millis()),
    }
    Warehouse by WarehouseSort {
        Code => Text(|row| row.code.to_string()),
        CreatedAt => Integer(|row| row.created_at.as_millis()),
    }
}

#[async_trait]
impl CatalogueView for MemoryView {
    async fn find_product(&mut self, id: ProductId) -> Result<Option<Product>, StoreError> {
        Ok(copied(self.records.products.get(&id)))
    }

    async fn find_products(&mut self, ids: &[ProductId]) -> Result<Vec<Product>, StoreError> {
        Ok(chosen(&self.records.products, ids))
    }

    async fn list_products(
        &mut self,
        filter: &ProductFilter,
        request: &PageRequest<ProductSort>,
    ) -> Result<Page<Product>, StoreError> {
        let matches = |product: &&Arc<Product>| keeps(&self.records, filter, product);
        let rows = self.records.products.values().filter(matches);
        Ok(page(rows.map(|product| Product::clone(product)), request))
    }

    async fn find_unit(&mut self, id: UnitId) -> Result<Option<Unit>, StoreError> {
        Ok(copied(self.records.units.get(&id)))
    }

    async fn find_units(&mut self, codes: &[Code]) -> Result<Vec<Unit>, StoreError> {
        Ok(units_of(&self.records, codes))
    }

    async fn list_units(
        &mut self,
        request: &PageRequest<UnitSort>,
    ) -> Result<Page<Unit>, StoreError> {
        Ok(page(self.records.units.values().map(|unit| Unit::clone(unit)), request))
    }

    async fn find_category(&mut self, id: CategoryId) -> Result<Option<Category>, StoreError> {
        Ok(copied(self.records.categories.get(&id)))
    }

    async fn list_categories(
        &mut self,
        filter: &CategoryFilter,
        request: &PageRequest<CategorySort>,
    ) -> Result<Page<Category>, StoreError> {
        let matches = |category: &&Arc<Category>| {
            filter.parent.is_none_or(|parent| parent == category.parent)
        };
        let rows = self.records.categories.values().filter(matches);
        Ok(page(rows.map(|category| Category::clone(category)), request))
    }

    async fn find_supplier(&mut self, id: SupplierId) -> Result<Option<Supplier>, StoreError> {
        Ok(copied(self.records.suppliers.get(&id)))
    }

    async fn list_suppliers(
        &mut self,
        filter: &SupplierFilter,
        request: &PageRequest<SupplierSort>,
    ) -> Result<Page<Supplier>, StoreError> {
        let matches = |supplier: &&Arc<Supplier>| {
            filter.email.as_ref().is_none_or(|email| supplier.email.as_ref() == Some(email))
                && filter.archived.keeps(supplier.archived_at)
                && filter.updated_since.is_none_or(|since| supplier.updated_at >= since)
                && filter.query.as_ref().is_none_or(|query| query.matches(&supplier.search_words()))
        };
        let rows = self.records.suppliers.values().filter(matches);
        Ok(page(rows.map(|supplier| Supplier::clone(supplier)), request))
    }

    async fn find_warehouse(&mut self, id: WarehouseId) -> Result<Option<Warehouse>, StoreError> {
        Ok(copied(self.records.warehouses.get(&id)))
    }

    async fn list_warehouses(
        &mut self,
        filter: &WarehouseFilter,
        request: &PageRequest<WarehouseSort>,
    ) -> Result<Page<Warehouse>, StoreError> {
        let matches = |warehouse: &&Arc<Warehouse>| filter.archived.keeps(warehouse.archived_at);
        let rows = self.records.warehouses.values().filter(matches);
        Ok(page(rows.map(|warehouse| Warehouse::clone(warehouse)), request))
    }
}

fn keeps(records: &Records, filter: &ProductFilter, product: &Product) -> bool {
    let stands_below = |category: CategoryId| {
        let own = product.category.and_then(|own| records.categories.get(&own));
        own.is_some_and(|own| own.path.contains(&category))
    };
    filter.sku.as_ref().is_none_or(|sku| *sku == product.sku)
        && filter.barcode.as_ref().is_none_or(|code| product.all_barcodes().any(|own| own == code))
        && (filter.kinds.is_empty() || filter.kinds.contains(&product.kind))
        && filter.category.is_none_or(stands_below)
        && filter.supplier.is_none_or(|supplier| product.supplier == Some(supplier))
        && filter.archived.keeps(product.archived_at)
        && filter.updated_since.is_none_or(|since| product.updated_at >= since)
        && filter.query.as_ref().is_none_or(|query| query.matches(&product.search_words()))
}
