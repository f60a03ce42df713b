//! Questions about movements and what they did.

use gaara_inventory::{
    LedgerFilter, LedgerSort, LedgerView, Movement, MovementFilter, MovementSort,
};
use gaara_kernel::{MovementId, Page, PageRequest};

use crate::use_case::queries;

queries! {
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
