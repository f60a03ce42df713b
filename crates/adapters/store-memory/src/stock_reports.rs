//! Stock in memory, added up.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use async_trait::async_trait;
use gaara_inventory::{
    Product, StockLevel, StockReports, ValuationBy, ValuationFilter, ValuationRow, Valued,
};
use gaara_kernel::{Id, Money, Quantity, StoreError};
use uuid::Uuid;

use crate::records::Records;
use crate::store::MemoryView;

/// What the levels of one row come to.
struct Sum {
    on_hand: Quantity,
    value: Money,
}

#[async_trait]
impl StockReports for MemoryView {
    async fn value_stock(
        &mut self,
        by: ValuationBy,
        filter: &ValuationFilter,
    ) -> Result<Vec<ValuationRow>, StoreError> {
        let records = &*self.records;
        let mut sums: BTreeMap<Option<Uuid>, Sum> = BTreeMap::new();
        for level in records.levels.values().filter(|level| !level.on_hand().is_zero()) {
            let product = records.products.get(&level.key().product);
            let product = product.ok_or(StoreError::Corrupt { entity: "stock_level" })?;
            if matches(filter, level, product) {
                let sum = sums.entry(place(by, level, product)).or_insert(Sum {
                    on_hand: Quantity::ZERO,
                    value: Money::zero(level.value().currency()),
                });
                sum.on_hand = sum.on_hand.plus(level.on_hand()).map_err(internal)?;
                sum.value = sum.value.plus(level.value()).map_err(internal)?;
            }
        }
        let mut sums: Vec<(Option<Uuid>, Sum)> = sums.into_iter().collect();
        sums.sort_by_key(|(id, sum)| (Reverse(sum.value.minor()), id.is_none(), *id));
        let row = |(id, sum): (Option<Uuid>, Sum)| {
            let valued = named(records, by, id, sum.on_hand);
            let valued = valued.ok_or(StoreError::Corrupt { entity: "stock_level" })?;
            Ok(ValuationRow { valued, value: sum.value })
        };
        sums.into_iter().map(row).collect()
    }
}

fn internal(error: impl std::error::Error + Send + Sync + 'static) -> StoreError {
    StoreError::Internal(Box::new(error))
}

fn matches(filter: &ValuationFilter, level: &StockLevel, product: &Product) -> bool {
    filter.product.is_none_or(|id| id == product.id)
        && filter.category.is_none_or(|id| Some(id) == product.category)
        && filter.warehouse.is_none_or(|id| id == level.key().warehouse)
}

/// The row that a level belongs to.
fn place(by: ValuationBy, level: &StockLevel, product: &Product) -> Option<Uuid> {
    match by {
        ValuationBy::Product => Some(product.id.as_uuid()),
        ValuationBy::Category => product.category.map(Id::as_uuid),
        ValuationBy::Warehouse => Some(level.key().warehouse.as_uuid()),
    }
}

fn named(
    records: &Records,
    by: ValuationBy,
    id: Option<Uuid>,
    on_hand: Quantity,
) -> Option<Valued> {
    let Some(id) = id else { return Some(Valued::Uncategorized) };
    Some(match by {
        ValuationBy::Product => {
            let product = records.products.get(&Id::from_uuid(id))?;
            let (sku, name) = (product.sku.clone(), product.name.clone());
            Valued::Product { id: product.id, sku, name, on_hand }
        }
        ValuationBy::Category => {
            let category = records.categories.get(&Id::from_uuid(id))?;
            Valued::Category { id: category.id, name: category.name.clone() }
        }
        ValuationBy::Warehouse => {
            let warehouse = records.warehouses.get(&Id::from_uuid(id))?;
            let (code, name) = (warehouse.code.clone(), warehouse.name.clone());
            Valued::Warehouse { id: warehouse.id, code, name }
        }
    })
}
