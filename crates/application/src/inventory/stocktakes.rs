//! Stocktakes: what is really there is counted, and the books are brought to it.

mod cancel_stocktake;
mod change_stocktake;
mod count_stock;
mod create_stocktake;
mod post_stocktake;
mod queries;
mod scope;
mod start_stocktake;
mod state;

pub use cancel_stocktake::{CancelStocktake, CancelStocktakeError};
pub use change_stocktake::{ChangeStocktake, ChangeStocktakeError};
pub use count_stock::{CountRefusal, CountStock, CountStockError, WrittenCount};
pub use create_stocktake::{CreateStocktake, CreateStocktakeError};
pub use post_stocktake::{PostStocktake, PostStocktakeError};
pub use queries::{FindStocktake, ListStocktakeLines, ListStocktakes};
pub use scope::ScopeError;
pub use start_stocktake::{StartStocktake, StartStocktakeError};
pub use state::StocktakeLockError;
