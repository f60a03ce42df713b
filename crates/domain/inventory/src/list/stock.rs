//! How stock is listed.

use gaara_kernel::{
    BilingualText, Code, Date, InvoiceId, MovementId, ProductId, Quantity, Timestamp, WarehouseId,
    sort_fields,
};

use crate::level::StockLevel;
use crate::movement::{LedgerEntry, MovementKind, MovementStatus};

sort_fields! {
    /// The fields a list of stock levels may be sorted by.
    LevelSort {
        /// How much is on hand.
        OnHand => "on_hand", integer;
        /// What it is worth.
        Value => "value", integer;
    }
}
sort_fields! {
    /// The fields a list of what to order may be sorted by.
    ReorderSort {
        /// What should be free at least.
        Minimum => "minimum", integer;
    }
}
sort_fields! {
    /// The fields the ledger may be sorted by.
    LedgerSort {
        /// The order in which entries were written.
        Sequence => "sequence", integer;
    }
}
sort_fields! {
    /// The fields a list of movements may be sorted by.
    MovementSort {
        /// When it was written first.
        CreatedAt => "created_at", integer;
        /// When it was last saved.
        UpdatedAt => "updated_at", integer;
    }
}

/// Which stock levels to list; every condition must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LevelFilter {
    /// Only this product.
    pub product: Option<ProductId>,
    /// Only this warehouse.
    pub warehouse: Option<WarehouseId>,
    /// What was on hand at the end of this business day, instead of now.
    pub as_of: Option<Date>,
}

/// A stock level with the names a reader wants beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelView {
    /// The level as it is now.
    pub level: StockLevel,
    /// What was on hand on the day that was asked for.
    pub on_hand_as_of: Option<Quantity>,
    /// Its product and warehouse.
    pub names: StockNames,
}

/// The names of a product and a warehouse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StockNames {
    /// The product's SKU.
    pub sku: Code,
    /// The product's name.
    pub product: BilingualText,
    /// The warehouse's code.
    pub warehouse_code: Code,
    /// The warehouse's name.
    pub warehouse: BilingualText,
}

/// Which levels to reorder; every condition must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReorderFilter {
    /// Only this warehouse.
    pub warehouse: Option<WarehouseId>,
}

/// A level that is below its minimum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReorderView {
    /// The level as it is now.
    pub level: StockLevel,
    /// What should be free at least.
    pub minimum: Quantity,
    /// What should be free after ordering.
    pub maximum: Quantity,
    /// Its product and warehouse.
    pub names: StockNames,
}

impl ReorderView {
    /// How much to order: up to the maximum.
    #[must_use]
    pub fn suggested(&self) -> Quantity {
        self.maximum.minus(self.level.available()).unwrap_or(Quantity::ZERO)
    }
}

/// Which ledger entries to list; every condition must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LedgerFilter {
    /// Only this product.
    pub product: Option<ProductId>,
    /// Only this warehouse.
    pub warehouse: Option<WarehouseId>,
    /// Only entries of this movement.
    pub movement: Option<MovementId>,
    /// Only entries that count for this business date or a later one.
    pub date_from: Option<Date>,
    /// Only entries that count for this business date or an earlier one.
    pub date_to: Option<Date>,
}

/// A ledger entry with what it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerView {
    /// Its place in the order in which entries were written.
    pub sequence: i64,
    /// What happened.
    pub entry: LedgerEntry,
    /// The movement.
    pub movement: MovementId,
    /// What the movement does.
    pub kind: MovementKind,
    /// The business date it counts for.
    pub effective_date: Date,
    /// When it was posted.
    pub posted_at: Timestamp,
}

/// Which movements to list; every condition must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MovementFilter {
    /// Only these kinds; all when empty.
    pub kinds: Vec<MovementKind>,
    /// Only these states; all when empty.
    pub statuses: Vec<MovementStatus>,
    /// Only movements from this warehouse or to it.
    pub warehouse: Option<WarehouseId>,
    /// Only movements that name this product.
    pub product: Option<ProductId>,
    /// Only movements of this invoice.
    pub invoice: Option<InvoiceId>,
    /// Only movements that count for this business date or a later one.
    pub date_from: Option<Date>,
    /// Only movements that count for this business date or an earlier one.
    pub date_to: Option<Date>,
    /// Only movements saved at or after this instant.
    pub updated_since: Option<Timestamp>,
}
