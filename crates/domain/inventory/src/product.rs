//! Products and services.

mod fault;
mod measure;

use gaara_kernel::{
    BilingualText, CategoryId, Code, Currency, ProductId, Quantity, SupplierId, Timestamp,
    UnitPrice, Version, WarehouseId, search_words,
};

use crate::barcode::Barcode;
use crate::bucket::CostMethod;
use crate::factor::Factor;
use crate::unit::Unit;

pub use fault::{BarcodePlace, ProductFault};
pub use measure::{MeasureError, Measured};

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
    /// What came in first goes out first, at what it cost.
    Fifo,
    /// A cost that is set by hand; what differs is booked as a variance.
    Standard,
}

impl Costing {
    /// Every method.
    pub const ALL: [Self; 3] = [Self::Average, Self::Fifo, Self::Standard];

    /// The name in the API and in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Average => "average",
            Self::Fifo => "fifo",
            Self::Standard => "standard",
        }
    }

    /// Finds a method by its name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|costing| costing.code() == code)
    }
}

/// A package a product comes in: one of its unit is so many of the product's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packaging {
    /// The code of the unit.
    pub unit: Code,
    /// How many of the product's own unit one is.
    pub factor: Factor,
    /// The barcodes on the package.
    pub barcodes: Vec<Barcode>,
}

/// When a product is to be ordered for a warehouse, and up to how much, in the product's unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReorderRule {
    /// The warehouse.
    pub warehouse: WarehouseId,
    /// Below this it is to be ordered.
    pub minimum: Quantity,
    /// Up to this it is to be ordered.
    pub maximum: Quantity,
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
    /// The category it hangs on.
    pub category: Option<CategoryId>,
    /// Whom it is usually bought from.
    pub supplier: Option<SupplierId>,
    /// The packages it comes in.
    pub packagings: Vec<Packaging>,
    /// The barcodes of one unit; each is unique among all barcodes of all products.
    pub barcodes: Vec<Barcode>,
    /// When it is to be ordered, by warehouse.
    pub reorder: Vec<ReorderRule>,
    /// How its cost is found.
    pub costing: Costing,
    /// The cost of one unit in the organisation's currency, where it is set by hand.
    pub standard_cost: Option<UnitPrice>,
    /// When it was archived; `None` while it is in use.
    pub archived_at: Option<Timestamp>,
    /// When it was added.
    pub created_at: Timestamp,
    /// When it was last saved.
    pub updated_at: Timestamp,
    /// How often it was saved.
    pub version: Version,
}

impl Product {
    /// How the cost of what leaves the stock is found.
    ///
    /// A standard that is not known counts as nothing; the rules of products keep it from being so.
    #[must_use]
    pub fn cost_method(&self) -> CostMethod {
        match self.costing {
            Costing::Average => CostMethod::Average,
            Costing::Fifo => CostMethod::Fifo,
            Costing::Standard => CostMethod::Standard(self.standard_cost.unwrap_or_default()),
        }
    }

    /// How much of it should be free in a warehouse at least.
    #[must_use]
    pub fn minimum_in(&self, warehouse: WarehouseId) -> Option<Quantity> {
        let rule = self.reorder.iter().find(|rule| rule.warehouse == warehouse)?;
        Some(rule.minimum)
    }

    /// How many of its own unit one of another unit is.
    ///
    /// The product's own packaging wins; else the units are compared, where both are known and
    /// share a base. `None` when neither helps.
    #[must_use]
    pub fn factor_of(&self, unit: &Code, units: &[Unit]) -> Option<Factor> {
        if *unit == self.unit {
            return Some(Factor::ONE);
        }
        if let Some(packaging) = self.packagings.iter().find(|packaging| packaging.unit == *unit) {
            return Some(packaging.factor);
        }
        let known = |code: &Code| units.iter().find(|unit| unit.code == *code);
        known(unit)?.factor_to(known(&self.unit)?)
    }

    /// Every barcode: those of one unit first, then those of the packages.
    pub fn all_barcodes(&self) -> impl Iterator<Item = &Barcode> {
        self.placed_barcodes().map(|(_, barcode)| barcode)
    }

    /// Every barcode with the place where it stands.
    pub fn placed_barcodes(&self) -> impl Iterator<Item = (BarcodePlace, &Barcode)> {
        let place =
            |packaging| move |(index, barcode)| (BarcodePlace { packaging, index }, barcode);
        let own = self.barcodes.iter().enumerate().map(place(None));
        let packages = self.packagings.iter().enumerate();
        own.chain(packages.flat_map(move |(at, packaging)| {
            packaging.barcodes.iter().enumerate().map(place(Some(at)))
        }))
    }

    /// The words it is found by: its SKU and its names.
    #[must_use]
    pub fn search_words(&self) -> Vec<String> {
        let texts = [Some(self.sku.as_str()), self.name.ar(), self.name.en()];
        let texts: Vec<&str> = texts.into_iter().flatten().collect();
        search_words(&texts.join(" "))
    }
}

#[cfg(test)]
mod tests;
