//! Products and warehouses.

mod change_product;
mod create_product;
mod create_warehouse;
mod queries;

pub use change_product::{ChangeProduct, ChangeProductError, NameChange};
pub use create_product::{CreateProduct, CreateProductError};
pub use create_warehouse::{CreateWarehouse, CreateWarehouseError};
pub use queries::{FindProduct, FindWarehouse, ListProducts, ListWarehouses};

use gaara_kernel::{Code, StoreError};

use crate::ports::UnitOfWork;

/// Whether a tax rate has this code.
async fn tax_rate_exists(unit: &mut dyn UnitOfWork, code: &Code) -> Result<bool, StoreError> {
    let known = unit.tax_rates().find_many(std::slice::from_ref(code)).await?;
    Ok(!known.is_empty())
}
