//! Questions about stock.

use gaara_inventory::{
    LedgerFilter, LedgerSort, LedgerView, LevelFilter, LevelSort, LevelView, Movement,
    MovementFilter, MovementSort, ReorderFilter, ReorderView,
};
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

    /// Lists levels that are below their minimum.
    ListReorder {
        /// Which levels.
        filter: ReorderFilter,
        /// Which part of the list.
        page: PageRequest<LevelSort>,
    } -> Page<ReorderView>,
    needs ReadStock,
    by list_reorder(filter, page);

    /// Lists the ledger.
    ListLedger {
        /// Which entries.
        filter: LedgerFilter,
        /// Which part of the list.
        page: PageRequest<LedgerSort>,
    } -> Page<LedgerView>,
    needs ReadStock,
    by list_ledger(filter, page);

    /// Finds a movement.
    FindMovement {
        /// Which.
        id: MovementId,
    } -> Option<Movement>,
    needs ReadStock,
    by find_movement(*id);

    /// Lists movements.
    ListMovements {
        /// Which movements.
        filter: MovementFilter,
        /// Which part of the list.
        page: PageRequest<MovementSort>,
    } -> Page<Movement>,
    needs ReadStock,
    by list_movements(filter, page);
}
