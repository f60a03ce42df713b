//! Warehouses.

use gaara_kernel::{BilingualText, Code, Timestamp, Version, WarehouseId};

/// A place where stock is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warehouse {
    /// The id.
    pub id: WarehouseId,
    /// The code people know it by; unique.
    pub code: Code,
    /// The name.
    pub name: BilingualText,
    /// When it was archived; `None` while it is in use.
    pub archived_at: Option<Timestamp>,
    /// When it was added.
    pub created_at: Timestamp,
    /// When it was last saved.
    pub updated_at: Timestamp,
    /// How often it was saved.
    pub version: Version,
}
