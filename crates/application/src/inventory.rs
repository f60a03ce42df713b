//! Products, warehouses and stock.

mod change_product;
mod create_product;
mod create_warehouse;
mod move_stock;
mod post_movement;
mod queries;

pub use change_product::{ChangeProduct, ChangeProductError, NameChange};
pub use create_product::{CreateProduct, CreateProductError};
pub use create_warehouse::{CreateWarehouse, CreateWarehouseError};
pub use post_movement::{PostMovement, PostMovementError, WrittenMovementLine};
pub use queries::{
    FindMovement, FindProduct, FindWarehouse, ListLevels, ListProducts, ListWarehouses,
};

pub(crate) use move_stock::{MoveStockError, move_stock};

use gaara_kernel::{Code, StoreError};

use crate::ports::UnitOfWork;

/// Whether a tax rate has this code.
async fn tax_rate_exists(unit: &mut dyn UnitOfWork, code: &Code) -> Result<bool, StoreError> {
    let known = unit.tax_rates().find_many(std::slice::from_ref(code)).await?;
    Ok(!known.is_empty())
}
