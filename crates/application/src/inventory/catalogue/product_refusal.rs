//! Why a product is neither added nor changed, told for every field at once.

use gaara_inventory::{BarcodePlace, ProductFault, QuantityError};
use gaara_kernel::{TextError, Version};

/// One of the two quantities of a reorder rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReorderBound {
    /// Below this it is to be ordered.
    Minimum,
    /// Up to this it is to be ordered.
    Maximum,
}

/// One reason against adding or changing a product; places count from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProductRefusal {
    /// There is no such product.
    NotFound,
    /// Somebody changed it meanwhile.
    Stale {
        /// The version it is at.
        current: Version,
    },
    /// An earlier entry of the batch changes the same product.
    Repeated,
    /// The name would be no name.
    Name(TextError),
    /// It breaks a rule by itself.
    Rule(ProductFault),
    /// No unit has this code.
    UnknownUnit,
    /// No unit has the code of a package.
    UnknownPackagingUnit {
        /// The place of the package.
        packaging: usize,
    },
    /// No tax rate has this code.
    UnknownTaxRate,
    /// The tax rate is archived.
    TaxRateArchived,
    /// There is no such category.
    UnknownCategory,
    /// There is no such supplier.
    UnknownSupplier,
    /// The supplier is archived.
    SupplierArchived,
    /// There is no such warehouse.
    UnknownWarehouse {
        /// The place of the reorder rule.
        rule: usize,
    },
    /// The warehouse is archived.
    WarehouseArchived {
        /// The place of the reorder rule.
        rule: usize,
    },
    /// A quantity is finer than the product's unit.
    ReorderTooFine {
        /// The place of the reorder rule.
        rule: usize,
        /// Which of its quantities.
        bound: ReorderBound,
        /// What is wrong with it.
        error: QuantityError,
    },
    /// The id is another product's.
    IdTaken,
    /// The SKU is another product's.
    SkuTaken,
    /// A barcode is another product's.
    BarcodeTaken(BarcodePlace),
    /// The product was moved, so its unit stays.
    UnitInUse,
    /// Something is on hand, so the way it is costed stays.
    CostingInUse,
    /// Something is on hand, so its cost changes only by itself, never in a batch.
    StandardCostInUse,
    /// What is on hand would be worth more than can be kept.
    StandardCostOutOfRange,
}

impl From<ProductFault> for ProductRefusal {
    fn from(fault: ProductFault) -> Self {
        Self::Rule(fault)
    }
}
