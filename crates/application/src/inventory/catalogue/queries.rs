//! Questions about the catalogue.

use gaara_inventory::{Product, ProductFilter, ProductSort, Warehouse, WarehouseSort};
use gaara_kernel::{Page, PageRequest, ProductId, WarehouseId};

use crate::use_case::queries;

queries! {
    /// Finds a product.
    FindProduct {
        /// Which.
        id: ProductId,
    } -> Option<Product>,
    needs ReadProducts,
    by find_product(*id);

    /// Lists products.
    ListProducts {
        /// Which products.
        filter: ProductFilter,
        /// Which part of the list.
        page: PageRequest<ProductSort>,
    } -> Page<Product>,
    needs ReadProducts,
    by list_products(filter, page);

    /// Finds a warehouse.
    FindWarehouse {
        /// Which.
        id: WarehouseId,
    } -> Option<Warehouse>,
    needs ReadWarehouses,
    by find_warehouse(*id);

    /// Lists warehouses.
    ListWarehouses {
        /// Which part of the list.
        page: PageRequest<WarehouseSort>,
    } -> Page<Warehouse>,
    needs ReadWarehouses,
    by list_warehouses(page);
}
