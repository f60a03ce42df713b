//! Questions about the catalogue.

use gaara_inventory::{
    Category, CategoryFilter, CategorySort, Product, ProductFilter, ProductSort, Supplier,
    SupplierFilter, SupplierSort, Unit, UnitSort, Warehouse, WarehouseFilter, WarehouseSort,
};
use gaara_kernel::{CategoryId, Page, PageRequest, ProductId, SupplierId, UnitId, WarehouseId};

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
        /// Which warehouses.
        filter: WarehouseFilter,
        /// Which part of the list.
        page: PageRequest<WarehouseSort>,
    } -> Page<Warehouse>,
    needs ReadWarehouses,
    by list_warehouses(filter, page);

    /// Finds a unit.
    FindUnit {
        /// Which.
        id: UnitId,
    } -> Option<Unit>,
    needs ReadUnits,
    by find_unit(*id);

    /// Lists units.
    ListUnits {
        /// Which part of the list.
        page: PageRequest<UnitSort>,
    } -> Page<Unit>,
    needs ReadUnits,
    by list_units(page);

    /// Finds a category.
    FindCategory {
        /// Which.
        id: CategoryId,
    } -> Option<Category>,
    needs ReadCategories,
    by find_category(*id);

    /// Lists categories.
    ListCategories {
        /// Which categories.
        filter: CategoryFilter,
        /// Which part of the list.
        page: PageRequest<CategorySort>,
    } -> Page<Category>,
    needs ReadCategories,
    by list_categories(filter, page);

    /// Finds a supplier.
    FindSupplier {
        /// Which.
        id: SupplierId,
    } -> Option<Supplier>,
    needs ReadSuppliers,
    by find_supplier(*id);

    /// Lists suppliers.
    ListSuppliers {
        /// Which suppliers.
        filter: SupplierFilter,
        /// Which part of the list.
        page: PageRequest<SupplierSort>,
    } -> Page<Supplier>,
    needs ReadSuppliers,
    by list_suppliers(filter, page);
}
