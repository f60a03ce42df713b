//! What may be wrong with a product by itself, all of it told at once.

use std::collections::BTreeSet;

use gaara_kernel::UnitPrice;

use super::{Costing, Product, ProductKind};

/// Where a barcode stands in a product; everything counts from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BarcodePlace {
    /// The packaging it is on; `None` for one unit.
    pub packaging: Option<usize>,
    /// Its place there.
    pub index: usize,
}

/// A rule that a product breaks by itself; places count from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProductFault {
    /// The price is below zero.
    PriceNegative,
    /// A product that is costed by hand has no cost.
    StandardCostMissing,
    /// A product that is not costed by hand has a cost.
    StandardCostUnexpected,
    /// The cost is below zero.
    StandardCostNegative,
    /// A package is one of the product's own unit.
    PackagingOfOwnUnit {
        /// Its place.
        packaging: usize,
    },
    /// A package's unit is another package's already.
    PackagingRepeated {
        /// Its place.
        packaging: usize,
    },
    /// A barcode stands in the product before.
    BarcodeRepeated(BarcodePlace),
    /// A service is never ordered for a warehouse.
    ReorderOfService,
    /// A warehouse has a rule already.
    ReorderRepeated {
        /// The place of the second rule.
        rule: usize,
    },
    /// The minimum is below zero.
    ReorderMinimumNegative {
        /// The place of the rule.
        rule: usize,
    },
    /// The maximum is below the minimum.
    ReorderMaximumTooSmall {
        /// The place of the rule.
        rule: usize,
    },
}

impl Product {
    /// Every rule that the product breaks by itself.
    #[must_use]
    pub fn faults(&self) -> Vec<ProductFault> {
        let mut faults = Vec::new();
        if self.unit_price.is_negative() {
            faults.push(ProductFault::PriceNegative);
        }
        faults.extend(self.standard_cost_fault());
        self.packaging_faults(&mut faults);
        let mut barcodes = BTreeSet::new();
        faults.extend(
            self.placed_barcodes()
                .filter(|(_, barcode)| !barcodes.insert(*barcode))
                .map(|(place, _)| ProductFault::BarcodeRepeated(place)),
        );
        self.reorder_faults(&mut faults);
        faults
    }

    fn standard_cost_fault(&self) -> Option<ProductFault> {
        match (self.costing, self.standard_cost) {
            (Costing::Standard, None) => Some(ProductFault::StandardCostMissing),
            (Costing::Standard, cost) => cost
                .is_some_and(UnitPrice::is_negative)
                .then_some(ProductFault::StandardCostNegative),
            (Costing::Average | Costing::Fifo, cost) => {
                cost.is_some().then_some(ProductFault::StandardCostUnexpected)
            }
        }
    }

    fn packaging_faults(&self, faults: &mut Vec<ProductFault>) {
        let mut units = BTreeSet::new();
        for (packaging, package) in self.packagings.iter().enumerate() {
            if package.unit == self.unit {
                faults.push(ProductFault::PackagingOfOwnUnit { packaging });
            }
            if !units.insert(&package.unit) {
                faults.push(ProductFault::PackagingRepeated { packaging });
            }
        }
    }

    fn reorder_faults(&self, faults: &mut Vec<ProductFault>) {
        if self.kind == ProductKind::Service && !self.reorder.is_empty() {
            faults.push(ProductFault::ReorderOfService);
        }
        let mut warehouses = BTreeSet::new();
        for (rule, reorder) in self.reorder.iter().enumerate() {
            if !warehouses.insert(reorder.warehouse) {
                faults.push(ProductFault::ReorderRepeated { rule });
            }
            if reorder.minimum.is_negative() {
                faults.push(ProductFault::ReorderMinimumNegative { rule });
            }
            if reorder.maximum < reorder.minimum {
                faults.push(ProductFault::ReorderMaximumTooSmall { rule });
            }
        }
    }
}
