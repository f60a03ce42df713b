//! Stock, read.

use async_trait::async_trait;
use gaara_inventory::{LevelFilter, LevelSort, LevelView, PostedMovement, StockView};
use gaara_kernel::{MovementId, Page, PageRequest, StoreError};

use super::SqlView;
use super::level_row::{LevelRow, level_query};
use crate::keyset::{page, with_items};
use crate::repository::stock::find_movement;

#[async_trait]
impl StockView for SqlView {
    async fn list_levels(
        &mut self,
        filter: &LevelFilter,
        request: &PageRequest<LevelSort>,
    ) -> Result<Page<LevelView>, StoreError> {
        let rows = page::<LevelRow>(&self.connection, level_query(filter), request).await?;
        with_items(rows, LevelView::try_from)
    }

    async fn find_movement(
        &mut self,
        id: MovementId,
    ) -> Result<Option<PostedMovement>, StoreError> {
        find_movement(&self.connection, id).await
    }
}
