//! Questions about stock levels: what is reserved and free is as of now, whether or not anybody has
//! taken back yet what is overdue.

use gaara_identity::Permission;
use gaara_inventory::{LevelFilter, LevelSort, LevelView, ReorderFilter, ReorderSort, ReorderView};
use gaara_kernel::{Page, PageRequest};

use crate::context::Context;
use crate::failure::ReadError;
use crate::ports::ReadView;
use crate::use_case::Query;

/// Lists stock levels.
#[derive(Debug, Clone)]
pub struct ListLevels {
    /// Which levels.
    pub filter: LevelFilter,
    /// Which part of the list.
    pub page: PageRequest<LevelSort>,
}

/// Lists levels that are below their minimum.
#[derive(Debug, Clone)]
pub struct ListReorder {
    /// Which levels.
    pub filter: ReorderFilter,
    /// Which part of the list.
    pub page: PageRequest<ReorderSort>,
}

impl Query for ListLevels {
    type Output = Page<LevelView>;
    type Error = ReadError;
    const PERMISSION: Permission = Permission::ReadStock;

    async fn run(
        &self,
        view: &mut dyn ReadView,
        context: &Context,
    ) -> Result<Self::Output, ReadError> {
        Ok(view.list_levels(&self.filter, context.now(), &self.page).await?)
    }
}

impl Query for ListReorder {
    type Output = Page<ReorderView>;
    type Error = ReadError;
    const PERMISSION: Permission = Permission::ReadStock;

    async fn run(
        &self,
        view: &mut dyn ReadView,
        context: &Context,
    ) -> Result<Self::Output, ReadError> {
        Ok(view.list_reorder(&self.filter, context.now(), &self.page).await?)
    }
}
