//! Products and services.

use gaara_kernel::{BilingualText, Code, Currency, ProductId, Timestamp, UnitPrice, Version};

use crate::barcode::Barcode;
use crate::bucket::CostMethod;

/// Whether a thing is kept in stock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProductKind {
    /// Kept in stock: every sale moves it.
    Stocked,
    /// Never kept in stock.
    Service,
}

impl ProductKind {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Stocked, Self::Service];

    /// The name in the API and in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Stocked => "stocked",
            Self::Service => "service",
        }
    }

    /// Finds a kind by its name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// How the cost of what leaves the stock is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Costing {
    /// The average of everything on hand; the last unit takes the remainder.
    Average,
}

impl Costing {
    /// Every method.
    pub const ALL: [Self; 1] = [Self::Average];

    /// The name in the API and in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Average => "average",
        }
    }

    /// Finds a method by its name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|costing| costing.code() == code)
    }
}

impl Product {
    /// How the cost of what leaves the stock is found.
    #[must_use]
    pub const fn cost_method(&self) -> CostMethod {
        match self.costing {
            Costing::Average => CostMethod::Average,
        }
    }
}

/// A product or a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// The id.
    pub id: ProductId,
    /// The code people know it by; unique.
    pub sku: Code,
    /// The name.
    pub name: BilingualText,
    /// Whether it is kept in stock.
    pub kind: ProductKind,
    /// The unit it is counted in.
    pub unit: Code,
    /// The usual price of one unit, without tax unless a document says otherwise.
    pub unit_price: UnitPrice,
    /// The currency of the price.
    pub currency: Currency,
    /// The code of the usual tax rate.
    pub tax_rate: Option<Code>,
    /// Barcodes; each is unique among all products.
    pub barcodes: Vec<Barcode>,
    /// How its cost is found.
    pub costing: Costing,
    /// When it was added.
    pub created_at: Timestamp,
    /// When it was last saved.
    pub updated_at: Timestamp,
    /// How often it was saved.
    pub version: Version,
}
