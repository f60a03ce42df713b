//! Questions about stocktakes.

use gaara_inventory::{
    Stocktake, StocktakeFilter, StocktakeLineFilter, StocktakeLineSort, StocktakeLineView,
    StocktakeSort,
};
use gaara_kernel::{Page, PageRequest, StocktakeId};

use crate::use_case::queries;

queries! {
    /// Finds a stocktake.
    FindStocktake {
        /// Which.
        id: StocktakeId,
    } -> Option<Stocktake>,
    needs ReadStocktakes,
    by find_stocktake(*id);

    /// Lists stocktakes.
    ListStocktakes {
        /// Which stocktakes.
        filter: StocktakeFilter,
        /// Which part of the list.
        page: PageRequest<StocktakeSort>,
    } -> Page<Stocktake>,
    needs ReadStocktakes,
    by list_stocktakes(filter, page);

    /// Lists the lines of a stocktake.
    ListStocktakeLines {
        /// Which lines.
        filter: StocktakeLineFilter,
        /// Which part of the list.
        page: PageRequest<StocktakeLineSort>,
    } -> Page<StocktakeLineView>,
    needs ReadStocktakes,
    by list_stocktake_lines(filter, page);
}
