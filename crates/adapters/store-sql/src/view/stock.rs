//! Stock, read.

use async_trait::async_trait;
use gaara_inventory::{
    LedgerFilter, LedgerSort, LedgerView, LevelFilter, LevelSort, LevelView, Movement,
    MovementFilter, MovementSort, ReorderFilter, ReorderSort, ReorderView, StockKey, StockLevel,
    StockView,
};
use gaara_kernel::{MovementId, Page, PageRequest, StoreError, Timestamp};

use super::SqlView;
use super::ledger_query::{is_found_by_day, ledger_query, with_kinds};
use super::level_query::{free_overdue, level_query, with_day};
use super::movement_query::{is_sorted_afterwards, movement_query, of_warehouse};
use super::reorder_query::{reorder_query, with_levels};
use super::stock_names::Names;
use crate::entity::{product_reorder_rule, stock_ledger, stock_level, stock_movement};
use crate::keyset::{Found, page, page_of, with_items};
use crate::repository::movement::find_by_id;
use crate::repository::movement_parts::with_parts;

#[async_trait]
impl StockView for SqlView {
    async fn list_levels(
        &mut self,
        filter: &LevelFilter,
        now: Timestamp,
        request: &PageRequest<LevelSort>,
    ) -> Result<Page<LevelView>, StoreError> {
        let connection = &self.connection;
        let rows = page::<stock_level::Model>(connection, level_query(filter), request).await?;
        let mut rows = with_items(rows, StockLevel::try_from)?;
        free_overdue(connection, &mut rows.items, now).await?;
        let keys: Vec<StockKey> = rows.items.iter().map(StockLevel::key).collect();
        let names = Names::of(connection, &keys).await?;
        let mut levels = with_items(rows, |level| {
            let names = names.get(level.key())?;
            Ok(LevelView { level, on_hand_as_of: None, names })
        })?;
        if let Some(day) = filter.as_of {
            with_day(connection, &mut levels.items, day).await?;
        }
        Ok(levels)
    }

    async fn list_reorder(
        &mut self,
        filter: &ReorderFilter,
        now: Timestamp,
        request: &PageRequest<ReorderSort>,
    ) -> Result<Page<ReorderView>, StoreError> {
        let query = reorder_query(filter, now);
        let rows: Page<product_reorder_rule::Model> =
            page(&self.connection, query, request).await?;
        let items = with_levels(&self.connection, rows.items, now).await?;
        Ok(Page { items, next: rows.next, total: rows.total })
    }

    async fn list_ledger(
        &mut self,
        filter: &LedgerFilter,
        request: &PageRequest<LedgerSort>,
    ) -> Result<Page<LedgerView>, StoreError> {
        let query = ledger_query(filter);
        let found = if is_found_by_day(filter, &request.sort) { Found::Few } else { Found::Along };
        let rows: Page<stock_ledger::Model> =
            page_of(&self.connection, vec![query], request, found).await?;
        let items = with_kinds(&self.connection, rows.items).await?;
        Ok(Page { items, next: rows.next, total: rows.total })
    }

    async fn find_movement(&mut self, id: MovementId) -> Result<Option<Movement>, StoreError> {
        find_by_id(&self.connection, id).await
    }

    async fn list_movements(
        &mut self,
        filter: &MovementFilter,
        request: &PageRequest<MovementSort>,
    ) -> Result<Page<Movement>, StoreError> {
        let query = movement_query(filter);
        let queries =
            filter.warehouse.map_or_else(|| vec![query.clone()], |id| of_warehouse(&query, id));
        let found =
            if is_sorted_afterwards(filter, &request.sort) { Found::Few } else { Found::Along };
        let rows: Page<stock_movement::Model> =
            page_of(&self.connection, queries, request, found).await?;
        let items = with_parts(&self.connection, rows.items).await?;
        Ok(Page { items, next: rows.next, total: rows.total })
    }
}
