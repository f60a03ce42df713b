//! Stock, read.

use async_trait::async_trait;
use gaara_inventory::{
    LedgerFilter, LedgerSort, LedgerView, LevelFilter, LevelSort, LevelView, Movement,
    MovementFilter, MovementSort, ReorderFilter, ReorderView, StockView,
};
use gaara_kernel::{MovementId, Page, PageRequest, StoreError, Timestamp};

use super::SqlView;
use super::ledger_row::{LedgerRow, ledger_query};
use super::level_row::{LevelRow, level_query, with_day};
use super::movement_query::movement_query;
use crate::entity::stock_movement;
use crate::keyset::{page, with_items};
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
        let rows = page::<LevelRow>(&self.connection, level_query(filter, now), request).await?;
        let mut levels = with_items(rows, LevelView::try_from)?;
        if let Some(day) = filter.as_of {
            with_day(&self.connection, &mut levels.items, day).await?;
        }
        Ok(levels)
    }

    async fn list_reorder(
        &mut self,
        _: &ReorderFilter,
        _: Timestamp,
        request: &PageRequest<LevelSort>,
    ) -> Result<Page<ReorderView>, StoreError> {
        // No product has a minimum before there is a table of them.
        Ok(Page { items: Vec::new(), next: None, total: request.with_total.then_some(0) })
    }

    async fn list_ledger(
        &mut self,
        filter: &LedgerFilter,
        request: &PageRequest<LedgerSort>,
    ) -> Result<Page<LedgerView>, StoreError> {
        let rows = page::<LedgerRow>(&self.connection, ledger_query(filter), request).await?;
        with_items(rows, LedgerView::try_from)
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
        let rows = page::<stock_movement::Model>(&self.connection, query, request).await?;
        let items = with_parts(&self.connection, rows.items).await?;
        Ok(Page { items, next: rows.next, total: rows.total })
    }
}
