//! Stock in memory, read.

use std::sync::Arc;

use async_trait::async_trait;
use gaara_inventory::{
    LedgerFilter, LedgerSort, LedgerView, LevelFilter, LevelSort, LevelView, Movement,
    MovementFilter, MovementOwner, MovementSort, ReorderFilter, ReorderRule, ReorderSort,
    ReorderView, StockKey, StockLevel, StockNames, StockView,
};
use gaara_kernel::{
    Date, Id, MovementId, Page, PageRequest, ProductId, SortValue, StoreError, Timestamp,
};
use uuid::Uuid;

use crate::list::{Listed, page};
use crate::records::{Records, copied};
use crate::reservation::level_at;
use crate::stock::on_hand_as_of;
use crate::store::MemoryView;

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

impl Listed<ReorderSort> for ReorderView {
    fn value(&self, field: ReorderSort) -> SortValue {
        match field {
            ReorderSort::Minimum => SortValue::Integer(self.minimum.as_millionths()),
        }
    }

    fn tie(&self) -> Vec<Uuid> {
        let key = self.level.key();
        vec![key.product.as_uuid(), key.warehouse.as_uuid()]
    }
}

impl Listed<LedgerSort> for LedgerView {
    fn value(&self, field: LedgerSort) -> SortValue {
        match field {
            LedgerSort::Sequence => SortValue::Integer(self.sequence),
        }
    }

    fn tie(&self) -> Vec<Uuid> {
        vec![Uuid::from_u128(u128::try_from(self.sequence).unwrap_or_default())]
    }
}

impl Listed<MovementSort> for Movement {
    fn value(&self, field: MovementSort) -> SortValue {
        match field {
            MovementSort::CreatedAt => SortValue::Integer(self.content().created_at.as_millis()),
            MovementSort::UpdatedAt => SortValue::Integer(self.updated_at().as_millis()),
        }
    }

    fn tie(&self) -> Vec<Uuid> {
        vec![self.content().id.as_uuid()]
    }
}

#[async_trait]
impl StockView for MemoryView {
    async fn list_levels(
        &mut self,
        filter: &LevelFilter,
        now: Timestamp,
        request: &PageRequest<LevelSort>,
    ) -> Result<Page<LevelView>, StoreError> {
        let matches = |key: &StockKey| {
            filter.product.is_none_or(|product| product == key.product)
                && filter.warehouse.is_none_or(|warehouse| warehouse == key.warehouse)
        };
        let named = |level: &StockLevel| {
            let names = names(&self.records, level.key())?;
            Some(LevelView { level: *level, on_hand_as_of: None, names })
        };
        let rows = self.records.levels.values().filter(|level| matches(&level.key()));
        let mut levels = page(rows.filter_map(named), request);
        for row in &mut levels.items {
            row.level = level_at(&self.records, &row.level, now)?;
        }
        if let Some(day) = filter.as_of {
            for row in &mut levels.items {
                row.on_hand_as_of = Some(on_hand_as_of(&self.records, &row.level, day)?);
            }
        }
        Ok(levels)
    }

    async fn list_reorder(
        &mut self,
        filter: &ReorderFilter,
        now: Timestamp,
        request: &PageRequest<ReorderSort>,
    ) -> Result<Page<ReorderView>, StoreError> {
        let products = self.records.products.values();
        let mut rows = Vec::new();
        for product in products.filter(|product| product.archived_at.is_none()) {
            for rule in &product.reorder {
                if filter.warehouse.is_none_or(|warehouse| warehouse == rule.warehouse) {
                    rows.extend(reorder(&self.records, product.id, rule, now)?);
                }
            }
        }
        Ok(page(rows.into_iter(), request))
    }

    async fn list_ledger(
        &mut self,
        filter: &LedgerFilter,
        request: &PageRequest<LedgerSort>,
    ) -> Result<Page<LedgerView>, StoreError> {
        let matches = |row: &&Arc<LedgerView>| {
            let key = row.entry.key;
            filter.product.is_none_or(|product| product == key.product)
                && filter.warehouse.is_none_or(|warehouse| warehouse == key.warehouse)
                && filter.movement.is_none_or(|movement| movement == row.movement)
                && is_between(row.effective_date, filter.date_from, filter.date_to)
        };
        let rows = self.records.ledger.iter().filter(matches);
        Ok(page(rows.map(|row| LedgerView::clone(row)), request))
    }

    async fn find_movement(&mut self, id: MovementId) -> Result<Option<Movement>, StoreError> {
        Ok(copied(self.records.movements.get(&id)))
    }

    async fn list_movements(
        &mut self,
        filter: &MovementFilter,
        request: &PageRequest<MovementSort>,
    ) -> Result<Page<Movement>, StoreError> {
        let rows = self.records.movements.values();
        let rows = rows.filter(|movement| matches(movement, filter));
        Ok(page(rows.map(|movement| Movement::clone(movement)), request))
    }
}

/// What a rule says to order: nothing while as much is free as there should be.
fn reorder(
    records: &Records,
    product: ProductId,
    rule: &ReorderRule,
    now: Timestamp,
) -> Result<Option<ReorderView>, StoreError> {
    let key = StockKey { product, warehouse: rule.warehouse };
    let organization = records.organization.as_ref();
    let currency = organization.ok_or(StoreError::Corrupt { entity: "organization" })?.currency;
    let level = records.levels.get(&key).copied().unwrap_or(StockLevel::empty(key, currency));
    let level = level_at(records, &level, now)?;
    let view = |names| ReorderView { level, minimum: rule.minimum, maximum: rule.maximum, names };
    let is_low = level.available() < rule.minimum;
    Ok(names(records, key).filter(|_| is_low).map(view))
}

fn names(records: &Records, key: StockKey) -> Option<StockNames> {
    let product = records.products.get(&key.product)?;
    let warehouse = records.warehouses.get(&key.warehouse)?;
    Some(StockNames {
        sku: product.sku.clone(),
        product: product.name.clone(),
        warehouse_code: warehouse.code.clone(),
        warehouse: warehouse.name.clone(),
    })
}

fn is_between(date: Date, from: Option<Date>, to: Option<Date>) -> bool {
    from.is_none_or(|from| date >= from) && to.is_none_or(|to| date <= to)
}

fn matches(movement: &Movement, filter: &MovementFilter) -> bool {
    let content = movement.content();
    let dated = filter.date_from.or(filter.date_to).is_none()
        || content
            .effective_date
            .is_some_and(|date| is_between(date, filter.date_from, filter.date_to));
    let belongs = |invoice| content.owner == Some(MovementOwner::Invoice(invoice));
    let touches =
        |warehouse| warehouse == content.warehouse || Some(warehouse) == content.to_warehouse;
    let named = |product| content.lines.iter().any(|line| line.product == product);
    (filter.kinds.is_empty() || filter.kinds.contains(&content.kind))
        && (filter.statuses.is_empty() || filter.statuses.contains(&movement.status()))
        && filter.warehouse.is_none_or(touches)
        && filter.product.is_none_or(named)
        && filter.invoice.is_none_or(belongs)
        && filter.updated_since.is_none_or(|since| movement.updated_at() >= since)
        && dated
}
