//! Stocktakes in memory.

use std::sync::Arc;

use async_trait::async_trait;
use gaara_inventory::{
    ProductKind, StockKey, Stocktake, StocktakeFilter, StocktakeLine, StocktakeLineFilter,
    StocktakeLineSort, StocktakeLineView, StocktakeRepository, StocktakeScope, StocktakeSort,
    StocktakeStatus, StocktakeView,
};
use gaara_kernel::{
    CategoryId, Id, Page, PageRequest, ProductId, SortValue, StocktakeId, StoreError,
};
use uuid::Uuid;

use crate::list::{Listed, page};
use crate::records::{Records, add, copied, save, unique};
use crate::store::{MemoryTransaction, MemoryView};

#[async_trait]
impl StocktakeRepository for MemoryTransaction {
    async fn add(&mut self, stocktake: &Stocktake) -> Result<(), StoreError> {
        self.with(|records| {
            let row = Arc::new(stocktake.clone());
            add(&mut records.stocktakes, stocktake.id, row, "stocktake.id")
        })
    }

    async fn lock(&mut self, id: StocktakeId) -> Result<Option<Stocktake>, StoreError> {
        self.with(|records| Ok(copied(records.stocktakes.get(&id))))
    }

    async fn save(&mut self, stocktake: &Stocktake) -> Result<(), StoreError> {
        self.with(|records| {
            let row = Arc::new(stocktake.clone());
            save(&mut records.stocktakes, &stocktake.id, row, "stocktake")
        })
    }

    async fn add_lines(&mut self, stocktake: &Stocktake) -> Result<u64, StoreError> {
        self.with(|records| {
            let is_counted = |key: &StockKey| {
                key.warehouse == stocktake.warehouse && is_in_scope(records, stocktake, key.product)
            };
            let levels = records.levels.values().filter(|level| is_counted(&level.key()));
            let line = |product, expected| StocktakeLine { product, expected, count: None };
            let lines: Vec<StocktakeLine> =
                levels.map(|level| line(level.key().product, level.on_hand())).collect();
            put_lines(records, stocktake, &lines)?;
            Ok(u64::try_from(lines.len()).unwrap_or(u64::MAX))
        })
    }

    async fn find_lines(&mut self, id: StocktakeId) -> Result<Vec<StocktakeLine>, StoreError> {
        self.with(|records| Ok(lines(records, id).copied().collect()))
    }

    async fn find_lines_of(
        &mut self,
        id: StocktakeId,
        products: &[ProductId],
    ) -> Result<Vec<StocktakeLine>, StoreError> {
        self.with(|records| {
            let named = lines(records, id).filter(|line| products.contains(&line.product));
            Ok(named.copied().collect())
        })
    }

    async fn find_in_scope(
        &mut self,
        stocktake: &Stocktake,
        products: &[ProductId],
    ) -> Result<Vec<ProductId>, StoreError> {
        self.with(|records| {
            let mut products = products.to_vec();
            products.sort_unstable();
            products.retain(|product| is_in_scope(records, stocktake, *product));
            Ok(products)
        })
    }

    async fn save_lines(
        &mut self,
        stocktake: &Stocktake,
        lines: &[StocktakeLine],
    ) -> Result<(), StoreError> {
        self.with(|records| put_lines(records, stocktake, lines))
    }

    async fn find_last_sequences(
        &mut self,
        keys: &[StockKey],
    ) -> Result<Vec<(StockKey, i64)>, StoreError> {
        self.with(|records| {
            let last = |key: &StockKey| {
                let mut entries = records.ledger.iter().rev();
                let entry = entries.find(|row| row.entry.key == *key)?;
                Some((*key, entry.sequence))
            };
            Ok(keys.iter().filter_map(last).collect())
        })
    }
}

fn lines(records: &Records, id: StocktakeId) -> impl Iterator<Item = &StocktakeLine> {
    let own = move |((stocktake, _), _): &(&(StocktakeId, ProductId), _)| *stocktake == id;
    records.stocktake_lines.iter().filter(own).map(|(_, line)| line)
}

/// Writes lines, each of which no other open stocktake may have.
fn put_lines(
    records: &mut Records,
    stocktake: &Stocktake,
    lines: &[StocktakeLine],
) -> Result<(), StoreError> {
    for line in lines {
        let is_taken = |(id, product): &(StocktakeId, ProductId)| {
            let other = records.stocktakes.get(id);
            *product == line.product
                && *id != stocktake.id
                && other.is_some_and(|other| {
                    other.warehouse == stocktake.warehouse
                        && other.status() == StocktakeStatus::Counting
                })
        };
        unique(!records.stocktake_lines.keys().any(is_taken), "stocktake.line")?;
        records.stocktake_lines.insert((stocktake.id, line.product), *line);
    }
    Ok(())
}

fn is_in_scope(records: &Records, stocktake: &Stocktake, product: ProductId) -> bool {
    let Some(found) = records.products.get(&product) else { return false };
    let is_below = |categories: &[CategoryId]| {
        let category = found.category.and_then(|category| records.categories.get(&category));
        category.is_some_and(|category| category.path.iter().any(|step| categories.contains(step)))
    };
    found.kind == ProductKind::Stocked
        && found.archived_at.is_none()
        && match &stocktake.scope {
            StocktakeScope::Everything => true,
            StocktakeScope::Categories(categories) => is_below(categories),
            StocktakeScope::Products(products) => products.contains(&product),
        }
}

impl Listed<StocktakeSort> for Stocktake {
    fn value(&self, field: StocktakeSort) -> SortValue {
        match field {
            StocktakeSort::CreatedAt => SortValue::Integer(self.created_at.as_millis()),
        }
    }

    fn tie(&self) -> Vec<Uuid> {
        vec![self.id.as_uuid()]
    }
}

impl Listed<StocktakeLineSort> for StocktakeLineView {
    fn value(&self, field: StocktakeLineSort) -> SortValue {
        match field {
            StocktakeLineSort::Sku => SortValue::Text(self.sku.to_string()),
        }
    }

    fn tie(&self) -> Vec<Uuid> {
        vec![self.line.product.as_uuid()]
    }
}

#[async_trait]
impl StocktakeView for MemoryView {
    async fn find_stocktake(&mut self, id: StocktakeId) -> Result<Option<Stocktake>, StoreError> {
        Ok(copied(self.records.stocktakes.get(&id)))
    }

    async fn list_stocktakes(
        &mut self,
        filter: &StocktakeFilter,
        request: &PageRequest<StocktakeSort>,
    ) -> Result<Page<Stocktake>, StoreError> {
        let matches = |row: &&Arc<Stocktake>| {
            filter.warehouse.is_none_or(|warehouse| warehouse == row.warehouse)
                && (filter.statuses.is_empty() || filter.statuses.contains(&row.status()))
        };
        let rows = self.records.stocktakes.values().filter(matches);
        Ok(page(rows.map(|row| Stocktake::clone(row)), request))
    }

    async fn list_stocktake_lines(
        &mut self,
        filter: &StocktakeLineFilter,
        request: &PageRequest<StocktakeLineSort>,
    ) -> Result<Page<StocktakeLineView>, StoreError> {
        let matches = |line: &&StocktakeLine| {
            filter.is_counted.is_none_or(|is_counted| line.count.is_some() == is_counted)
        };
        let named = |line: &StocktakeLine| {
            let product = self.records.products.get(&line.product)?;
            let (sku, name) = (product.sku.clone(), product.name.clone());
            Some(StocktakeLineView { line: *line, sku, name })
        };
        let rows = lines(&self.records, filter.stocktake).filter(matches);
        Ok(page(rows.filter_map(named), request))
    }
}
