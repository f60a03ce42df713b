//! How reservations and stocktakes are listed.

use gaara_kernel::{BilingualText, Code, ProductId, StocktakeId, WarehouseId, sort_fields};

use crate::reservation::ReservationStatus;
use crate::stocktake::{StocktakeLine, StocktakeStatus};

sort_fields! {
    /// The fields a list of reservations may be sorted by.
    ReservationSort {
        /// When it was made.
        CreatedAt => "created_at", integer;
        /// When it ends by itself.
        ExpiresAt => "expires_at", integer;
    }
}
sort_fields! {
    /// The fields a list of stocktakes may be sorted by.
    StocktakeSort {
        /// When it was written first.
        CreatedAt => "created_at", integer;
    }
}
sort_fields! {
    /// The fields the lines of a stocktake may be sorted by.
    StocktakeLineSort {
        /// The product's SKU.
        Sku => "sku", text;
    }
}

/// Which reservations to list; every condition must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReservationFilter {
    /// Only of this product.
    pub product: Option<ProductId>,
    /// Only in this warehouse.
    pub warehouse: Option<WarehouseId>,
    /// Only in these states, as they are now; all when empty.
    pub statuses: Vec<ReservationStatus>,
}

/// Which stocktakes to list; every condition must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StocktakeFilter {
    /// Only of this warehouse.
    pub warehouse: Option<WarehouseId>,
    /// Only in these states; all when empty.
    pub statuses: Vec<StocktakeStatus>,
}

/// Which lines to list; every condition must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StocktakeLineFilter {
    /// Of which stocktake.
    pub stocktake: StocktakeId,
    /// Only those that are counted, or only those that are not.
    pub is_counted: Option<bool>,
}

/// A line with the names a reader wants beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StocktakeLineView {
    /// The line.
    pub line: StocktakeLine,
    /// The product's SKU.
    pub sku: Code,
    /// The product's name.
    pub name: BilingualText,
}
