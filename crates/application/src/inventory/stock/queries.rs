//! Questions about stock.

use gaara_inventory::{LevelFilter, LevelSort, LevelView, PostedMovement};
use gaara_kernel::{MovementId, Page, PageRequest};

use crate::use_case::queries;

queries! {
    /// Lists stock levels.
    ListLevels {
        /// Which levels.
        filter: LevelFilter,
        /// Which part of the list.
        page: PageRequest<LevelSort>,
    } -> Page<LevelView>,
    needs ReadStock,
    by list_levels(filter, page);

    /// Finds a posted movement.
    FindMovement {
        /// Which.
        id: MovementId,
    } -> Option<PostedMovement>,
    needs ReadStock,
    by find_movement(*id);
}
