//! How inventory is listed.

use gaara_kernel::{BilingualText, Code, ProductId, Timestamp, WarehouseId, sort_fields};

use crate::level::StockLevel;
use crate::product::ProductKind;

sort_fields! {
    /// The fields a list of products may be sorted by.
    ProductSort {
        /// The SKU.
        Sku => "sku", text;
        /// When it was added.
        CreatedAt => "created_at", integer;
        /// When it was last saved.
        UpdatedAt => "updated_at", integer;
    }
}
sort_fields! {
    /// The fields a list of warehouses may be sorted by.
    WarehouseSort {
        /// The code.
        Code => "code", text;
        /// When it was added.
        CreatedAt => "created_at", integer;
    }
}
sort_fields! {
    /// The fields a list of stock levels may be sorted by.
    LevelSort {
        /// How much is on hand.
        OnHand => "on_hand", integer;
        /// What it is worth.
        Value => "value", integer;
    }
}

/// Which products to list; every condition must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProductFilter {
    /// Only the product with this SKU.
    pub sku: Option<Code>,
    /// Only these kinds; all when empty.
    pub kinds: Vec<ProductKind>,
    /// Only products saved at or after this instant.
    pub updated_since: Option<Timestamp>,
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
