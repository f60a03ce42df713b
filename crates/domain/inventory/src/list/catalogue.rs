//! How the catalogue is listed.

use gaara_kernel::{Code, Timestamp, sort_fields};

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
