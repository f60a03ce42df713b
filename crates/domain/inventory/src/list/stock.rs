//! How stock is listed.

use gaara_kernel::{BilingualText, Code, ProductId, WarehouseId, sort_fields};

use crate::level::StockLevel;

sort_fields! {
    /// The fields a list of stock levels may be sorted by.
    LevelSort {
        /// How much is on hand.
        OnHand => "on_hand", integer;
        /// What it is worth.
        Value => "value", integer;
    }
}

/// Which stock levels to list; every condition must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LevelFilter {
    /// Only this product.
    pub product: Option<ProductId>,
    /// Only this warehouse.
    pub warehouse: Option<WarehouseId>,
}

/// A stock level with the names a reader wants beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelView {
    /// The level.
    pub level: StockLevel,
    /// The product's SKU.
    pub sku: Code,
    /// The product's name.
    pub product_name: BilingualText,
    /// The warehouse's code.
    pub warehouse_code: Code,
    /// The warehouse's name.
    pub warehouse_name: BilingualText,
}
