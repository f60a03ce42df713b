//! Units, categories, suppliers, products and warehouses.

mod archive_product;
mod archive_supplier;
mod archive_warehouse;
mod archiving;
mod change_category;
mod change_product;
mod change_supplier;
mod change_unit;
mod change_warehouse;
mod create_category;
mod create_product;
mod create_supplier;
mod create_unit;
mod create_warehouse;
mod name_change;
mod product_check;
mod product_refusal;
mod product_writing;
mod queries;
mod remove_category;
mod write_products;

pub use archive_product::{ArchiveProduct, RestoreProduct};
pub use archive_supplier::{ArchiveSupplier, RestoreSupplier};
pub use archive_warehouse::{ArchiveWarehouse, RestoreWarehouse};
pub use archiving::ArchivingError;
pub(crate) use archiving::{check_archived, check_in_use, check_version};
pub use change_category::{ChangeCategory, ChangeCategoryError};
pub use change_product::{ChangeProduct, ChangeProductError};
pub use change_supplier::{ChangeSupplier, ChangeSupplierError};
pub use change_unit::{ChangeUnit, ChangeUnitError};
pub use change_warehouse::{ChangeWarehouse, ChangeWarehouseError};
pub use create_category::{CreateCategory, CreateCategoryError};
pub use create_product::{CreateProduct, CreateProductError};
pub use create_supplier::{CreateSupplier, CreateSupplierError};
pub use create_unit::{CreateUnit, CreateUnitError};
pub use create_warehouse::{CreateWarehouse, CreateWarehouseError};
pub use name_change::NameChange;
pub(crate) use name_change::{audit_name, shown};
pub use product_refusal::{ProductRefusal, ReorderBound};
pub use product_writing::{ProductWrite, WrittenProduct};
pub use queries::{
    FindCategory, FindProduct, FindSupplier, FindUnit, FindWarehouse, ListCategories, ListProducts,
    ListSuppliers, ListUnits, ListWarehouses,
};
pub use remove_category::{RemoveCategory, RemoveCategoryError};
pub use write_products::{BatchMode, WriteProducts, WriteProductsError};
