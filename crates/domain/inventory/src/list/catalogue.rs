//! How the catalogue is listed.

use gaara_kernel::{
    CategoryId, Code, EmailAddress, SearchQuery, SupplierId, Timestamp, sort_fields,
};

use crate::barcode::Barcode;
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
    /// The fields a list of units may be sorted by.
    UnitSort {
        /// The code.
        Code => "code", text;
        /// When it was added.
        CreatedAt => "created_at", integer;
    }
}
sort_fields! {
    /// The fields a list of categories may be sorted by.
    CategorySort {
        /// The place in the tree: what is below follows what is above.
        Path => "path", text;
        /// When it was added.
        CreatedAt => "created_at", integer;
        /// When it was last saved.
        UpdatedAt => "updated_at", integer;
    }
}
sort_fields! {
    /// The fields a list of suppliers may be sorted by.
    SupplierSort {
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

/// Whether what is archived is listed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ArchivedFilter {
    /// Only what is in use.
    #[default]
    Without,
    /// Only what is archived.
    Only,
    /// Both.
    Any,
}

impl ArchivedFilter {
    /// Every choice.
    pub const ALL: [Self; 3] = [Self::Without, Self::Only, Self::Any];

    /// The name in the API.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Without => "false",
            Self::Only => "true",
            Self::Any => "any",
        }
    }

    /// Whether something that was archived then, or never, is listed.
    #[must_use]
    pub const fn keeps(self, archived_at: Option<Timestamp>) -> bool {
        match self {
            Self::Without => archived_at.is_none(),
            Self::Only => archived_at.is_some(),
            Self::Any => true,
        }
    }
}

/// Which products to list; every condition must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProductFilter {
    /// Only the product with this SKU.
    pub sku: Option<Code>,
    /// Only the product with this barcode, on itself or on a package.
    pub barcode: Option<Barcode>,
    /// Only these kinds; all when empty.
    pub kinds: Vec<ProductKind>,
    /// Only those of this category and all below it.
    pub category: Option<CategoryId>,
    /// Only those of this supplier.
    pub supplier: Option<SupplierId>,
    /// Whether archived ones are listed.
    pub archived: ArchivedFilter,
    /// Only products saved at or after this instant.
    pub updated_since: Option<Timestamp>,
    /// Only those that these words begin a word of.
    pub query: Option<SearchQuery>,
}

/// Which categories to list; every condition must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CategoryFilter {
    /// `Some(None)`: only those at the top; else only the children of this one.
    pub parent: Option<Option<CategoryId>>,
}

/// Which suppliers to list; every condition must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SupplierFilter {
    /// Only the supplier with this address.
    pub email: Option<EmailAddress>,
    /// Whether archived ones are listed.
    pub archived: ArchivedFilter,
    /// Only those saved at or after this instant.
    pub updated_since: Option<Timestamp>,
    /// Only those that these words begin a word of.
    pub query: Option<SearchQuery>,
}

/// Which warehouses to list; every condition must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WarehouseFilter {
    /// Whether archived ones are listed.
    pub archived: ArchivedFilter,
}
