//! Changing products.

use gaara_identity::Permission;
use gaara_inventory::{Barcode, Costing, Packaging, Product, ReorderRule};
use gaara_kernel::{
    CategoryId, Code, Currency, ProductId, StoreError, SupplierId, TextError, UnitPrice, Version,
};
use thiserror::Error;

use super::name_change::{NameChange, audit_name, shown};
use super::product_refusal::ProductRefusal;
use super::product_writing::{ProductWrite, write_one};
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::failure;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Changes what is given and keeps the rest. The kind never changes.
#[derive(Debug, Clone)]
pub struct ChangeProduct {
    /// Which product.
    pub id: ProductId,
    /// The version the change was made on.
    pub expected: Version,
    /// The new SKU.
    pub sku: Option<Code>,
    /// What changes of the name.
    pub name: NameChange,
    /// The new unit, while the product was never moved.
    pub unit: Option<Code>,
    /// The new price.
    pub unit_price: Option<UnitPrice>,
    /// The new currency of the price.
    pub currency: Option<Currency>,
    /// The new tax rate; `Some(None)` takes it away.
    pub tax_rate: Option<Option<Code>>,
    /// The new category; `Some(None)` takes it away.
    pub category: Option<Option<CategoryId>>,
    /// The new supplier; `Some(None)` takes it away.
    pub supplier: Option<Option<SupplierId>>,
    /// All packages from now on.
    pub packagings: Option<Vec<Packaging>>,
    /// All barcodes of one unit from now on.
    pub barcodes: Option<Vec<Barcode>>,
    /// All reorder rules from now on.
    pub reorder: Option<Vec<ReorderRule>>,
    /// The new way its cost is found, while nothing is on hand.
    pub costing: Option<Costing>,
    /// The new cost of one unit, while nothing is on hand; `Some(None)` takes it away. It goes by
    /// itself with the costing that needs it.
    pub standard_cost: Option<Option<UnitPrice>>,
}

/// Why a product was not changed.
#[derive(Debug, Error)]
pub enum ChangeProductError {
    /// There is no such product.
    #[error("there is no such product")]
    NotFound,
    /// Somebody changed it meanwhile.
    #[error("the product is at version {current}")]
    Stale {
        /// The version it is at.
        current: Version,
    },
    /// Everything that is wrong with the change.
    #[error("the change is refused: {0:?}")]
    Refused(Vec<ProductRefusal>),
    /// The store failed; [`StoreError::Duplicate`] names a key that was taken meanwhile.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(ChangeProductError);

impl From<Vec<ProductRefusal>> for ChangeProductError {
    fn from(refusals: Vec<ProductRefusal>) -> Self {
        match refusals.as_slice() {
            [ProductRefusal::NotFound] => Self::NotFound,
            [ProductRefusal::Stale { current }] => Self::Stale { current: *current },
            _ => Self::Refused(refusals),
        }
    }
}

impl UseCase for ChangeProduct {
    /// The product before and after.
    type Output = (Product, Product);
    type Error = ChangeProductError;
    const PERMISSION: Permission = Permission::EditProducts;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Self::Output, ChangeProductError> {
        let write = ProductWrite::Change(Box::new(self.clone()));
        let written = write_one(unit, write, context).await??;
        let before = written.before.ok_or(ChangeProductError::NotFound)?;
        Ok((before, written.after))
    }

    fn audit(&self, (before, after): &Self::Output) -> AuditEntry {
        let entry = AuditEntry::new("product.changed", after.id);
        let entry = audit_name(entry, &before.name, &after.name);
        FIELDS.iter().fold(entry, |entry, (field, value)| {
            entry.with_change(field, &value(before), &value(after))
        })
    }
}

/// A field of a product, as the audit log tells it.
type Told = (&'static str, fn(&Product) -> String);

/// Every field that may change, besides the name.
const FIELDS: [Told; 12] = [
    ("sku", |product| product.sku.to_string()),
    ("unit", |product| product.unit.to_string()),
    ("unit_price", |product| product.unit_price.to_string()),
    ("currency", |product| product.currency.to_string()),
    ("tax_rate", |product| shown(product.tax_rate.as_ref())),
    ("category", |product| shown(product.category.as_ref())),
    ("supplier", |product| shown(product.supplier.as_ref())),
    ("packagings", |product| joined(product.packagings.iter().map(packaging))),
    ("barcodes", |product| joined(product.all_barcodes().map(ToString::to_string))),
    ("reorder", |product| joined(product.reorder.iter().map(rule))),
    ("costing", |product| product.costing.code().to_owned()),
    ("standard_cost", |product| shown(product.standard_cost.as_ref())),
];

fn packaging(packaging: &Packaging) -> String {
    let factor = packaging.factor;
    format!("{} {}/{}", packaging.unit, factor.numerator(), factor.denominator())
}

fn rule(rule: &ReorderRule) -> String {
    format!("{} {}–{}", rule.warehouse, rule.minimum, rule.maximum)
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}

impl ChangeProduct {
    pub(super) fn apply(&self, before: &Product, context: &Context) -> Result<Product, TextError> {
        let costing = self.costing.unwrap_or(before.costing);
        // A cost that nobody mentions goes with the costing that needed it.
        let kept_cost = before.standard_cost.filter(|_| costing == Costing::Standard);
        Ok(Product {
            sku: kept(self.sku.as_ref(), &before.sku),
            name: self.name.apply(&before.name)?,
            unit: kept(self.unit.as_ref(), &before.unit),
            unit_price: self.unit_price.unwrap_or(before.unit_price),
            currency: self.currency.unwrap_or(before.currency),
            tax_rate: kept(self.tax_rate.as_ref(), &before.tax_rate),
            category: self.category.unwrap_or(before.category),
            supplier: self.supplier.unwrap_or(before.supplier),
            packagings: kept(self.packagings.as_ref(), &before.packagings),
            barcodes: kept(self.barcodes.as_ref(), &before.barcodes),
            reorder: kept(self.reorder.as_ref(), &before.reorder),
            costing,
            standard_cost: self.standard_cost.unwrap_or(kept_cost),
            updated_at: context.now(),
            version: before.version.next(),
            ..before.clone()
        })
    }
}

/// What is given, or what was there.
fn kept<T: Clone>(given: Option<&T>, before: &T) -> T {
    given.unwrap_or(before).clone()
}
