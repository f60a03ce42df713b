//! Holding products against what the store knows, without asking it once per product.

use std::collections::{BTreeMap, BTreeSet};

use gaara_inventory::{
    Barcode, Category, Product, ProductKeys, ProductUsage, QuantityError, ReorderRule, Supplier,
    TakenKeys, Unit, Warehouse,
};
use gaara_kernel::{CategoryId, Code, ProductId, StoreError, SupplierId, WarehouseId};

use super::product_refusal::{ProductRefusal, ReorderBound};
use crate::ports::UnitOfWork;

/// A product as it would be, and as it was where it is not new.
pub(super) struct ProductDraft {
    pub(super) before: Option<Product>,
    pub(super) after: Product,
}

/// What the store knows of everything that some drafts name; all of it is held.
pub(super) struct Known {
    units: BTreeMap<Code, Unit>,
    /// By code, with whether it is archived.
    tax_rates: BTreeMap<Code, bool>,
    categories: BTreeSet<CategoryId>,
    suppliers: BTreeMap<SupplierId, Supplier>,
    warehouses: BTreeMap<WarehouseId, Warehouse>,
    usage: BTreeMap<ProductId, ProductUsage>,
    taken: Claims,
}

/// Unique keys and who has them.
#[derive(Default)]
struct Claims {
    ids: BTreeSet<ProductId>,
    skus: BTreeMap<Code, ProductId>,
    barcodes: BTreeMap<Barcode, ProductId>,
}

impl Known {
    /// Asks once for each kind of thing that the drafts name, and holds it.
    pub(super) async fn ask(
        unit: &mut dyn UnitOfWork,
        drafts: &[&ProductDraft],
    ) -> Result<Self, StoreError> {
        let products = || drafts.iter().map(|draft| &draft.after);
        let unit_codes = products().flat_map(|product| {
            let packagings = product.packagings.iter().map(|packaging| &packaging.unit);
            std::iter::once(&product.unit).chain(packagings)
        });
        let units = unit.units().hold_many(&distinct(unit_codes.cloned())).await?;
        let codes = distinct(products().filter_map(|product| product.tax_rate.clone()));
        let tax_rates = unit.tax_rates().find_many(&codes).await?;
        let ids = distinct(products().filter_map(|product| product.category));
        let categories = unit.categories().hold_many(&ids).await?;
        let ids = distinct(products().filter_map(|product| product.supplier));
        let suppliers = unit.suppliers().hold_many(&ids).await?;
        let rules = products().flat_map(|product| &product.reorder);
        let ids = distinct(rules.map(|rule| rule.warehouse));
        let warehouses = unit.warehouses().hold_many(&ids).await?;
        let changed = drafts.iter().filter_map(|draft| draft.before.as_ref());
        let ids = distinct(changed.map(|before| before.id));
        let usage = unit.products().find_usage(&ids).await?;
        let taken = unit.products().find_taken(&keys(drafts)).await?;
        Ok(Self {
            units: units.into_iter().map(|unit| (unit.code.clone(), unit)).collect(),
            tax_rates: tax_rates
                .into_iter()
                .map(|rate| (rate.code, rate.archived_at.is_some()))
                .collect(),
            categories: categories.into_iter().map(|Category { id, .. }| id).collect(),
            suppliers: suppliers.into_iter().map(|supplier| (supplier.id, supplier)).collect(),
            warehouses: warehouses.into_iter().map(|it| (it.id, it)).collect(),
            usage: usage.into_iter().map(|usage| (usage.product, usage)).collect(),
            taken: taken.into(),
        })
    }

    /// Every reason against a draft. A draft without one takes its keys, so that no later draft
    /// gets them.
    ///
    /// What another product had before counts as taken, even where this batch would free it: the
    /// store checks keys row by row, in no order that could be relied on.
    pub(super) fn check(&mut self, draft: &ProductDraft) -> Vec<ProductRefusal> {
        let ProductDraft { before, after } = draft;
        let mut refusals: Vec<ProductRefusal> =
            after.faults().into_iter().map(ProductRefusal::from).collect();
        self.check_units(after, &mut refusals);
        self.check_references(before.as_ref(), after, &mut refusals);
        self.check_reorder(before.as_ref(), after, &mut refusals);
        if let Some(before) = before {
            self.check_usage(before, after, &mut refusals);
        }
        self.taken.check(before.is_none(), after, &mut refusals);
        if refusals.is_empty() {
            self.taken.claim(after);
        }
        refusals
    }

    fn check_units(&self, after: &Product, refusals: &mut Vec<ProductRefusal>) {
        if !self.units.contains_key(&after.unit) {
            refusals.push(ProductRefusal::UnknownUnit);
        }
        for (packaging, package) in after.packagings.iter().enumerate() {
            if !self.units.contains_key(&package.unit) {
                refusals.push(ProductRefusal::UnknownPackagingUnit { packaging });
            }
        }
    }

    fn check_references(
        &self,
        before: Option<&Product>,
        after: &Product,
        refusals: &mut Vec<ProductRefusal>,
    ) {
        let kept = before.is_some_and(|before| before.tax_rate == after.tax_rate);
        let is_archived = after.tax_rate.as_ref().map(|code| self.tax_rates.get(code));
        match is_archived {
            Some(None) => refusals.push(ProductRefusal::UnknownTaxRate),
            Some(Some(true)) if !kept => refusals.push(ProductRefusal::TaxRateArchived),
            _ => {}
        }
        if after.category.is_some_and(|id| !self.categories.contains(&id)) {
            refusals.push(ProductRefusal::UnknownCategory);
        }
        // What was archived later stays where it is; it is only not chosen anew.
        let kept = before.is_some_and(|before| before.supplier == after.supplier);
        let supplier = after.supplier.map(|id| self.suppliers.get(&id));
        match supplier {
            Some(None) => refusals.push(ProductRefusal::UnknownSupplier),
            Some(Some(supplier)) if supplier.archived_at.is_some() && !kept => {
                refusals.push(ProductRefusal::SupplierArchived);
            }
            Some(Some(_)) | None => {}
        }
    }

    fn check_reorder(
        &self,
        before: Option<&Product>,
        after: &Product,
        refusals: &mut Vec<ProductRefusal>,
    ) {
        let kept = |id| {
            before.is_some_and(|before| before.reorder.iter().any(|rule| rule.warehouse == id))
        };
        for (rule, reorder) in after.reorder.iter().enumerate() {
            let warehouse = self.warehouses.get(&reorder.warehouse);
            match warehouse {
                None => refusals.push(ProductRefusal::UnknownWarehouse { rule }),
                Some(found) if found.archived_at.is_some() && !kept(found.id) => {
                    refusals.push(ProductRefusal::WarehouseArchived { rule });
                }
                Some(_) => {}
            }
            for (bound, error) in self.too_fine(&after.unit, reorder) {
                refusals.push(ProductRefusal::ReorderTooFine { rule, bound, error });
            }
        }
    }

    /// The quantities of a rule that are finer than the unit.
    fn too_fine(&self, unit: &Code, rule: &ReorderRule) -> Vec<(ReorderBound, QuantityError)> {
        let Some(unit) = self.units.get(unit) else { return Vec::new() };
        [(ReorderBound::Minimum, rule.minimum), (ReorderBound::Maximum, rule.maximum)]
            .into_iter()
            .filter_map(|(bound, quantity)| Some((bound, unit.decimals.check(quantity).err()?)))
            .collect()
    }

    fn check_usage(&self, before: &Product, after: &Product, refusals: &mut Vec<ProductRefusal>) {
        let Some(usage) = self.usage.get(&before.id) else { return };
        if after.unit != before.unit {
            refusals.push(ProductRefusal::UnitInUse);
        }
        if !usage.has_stock {
            return;
        }
        if after.costing != before.costing {
            refusals.push(ProductRefusal::CostingInUse);
        } else if after.standard_cost != before.standard_cost {
            refusals.push(ProductRefusal::StandardCostInUse);
        }
    }
}

impl From<TakenKeys> for Claims {
    fn from(taken: TakenKeys) -> Self {
        Self {
            ids: taken.ids.into_iter().collect(),
            skus: taken.skus.into_iter().collect(),
            barcodes: taken.barcodes.into_iter().collect(),
        }
    }
}

impl Claims {
    fn check(&self, is_new: bool, product: &Product, refusals: &mut Vec<ProductRefusal>) {
        if is_new && self.ids.contains(&product.id) {
            refusals.push(ProductRefusal::IdTaken);
        }
        if self.skus.get(&product.sku).is_some_and(|owner| is_new || *owner != product.id) {
            refusals.push(ProductRefusal::SkuTaken);
        }
        let taken = product.placed_barcodes().filter(|(_, barcode)| {
            self.barcodes.get(*barcode).is_some_and(|owner| is_new || *owner != product.id)
        });
        refusals.extend(taken.map(|(place, _)| ProductRefusal::BarcodeTaken(place)));
    }

    fn claim(&mut self, product: &Product) {
        self.ids.insert(product.id);
        self.skus.insert(product.sku.clone(), product.id);
        self.barcodes.extend(product.all_barcodes().map(|barcode| (barcode.clone(), product.id)));
    }
}

fn keys(drafts: &[&ProductDraft]) -> ProductKeys {
    let new = drafts.iter().filter(|draft| draft.before.is_none());
    let all = || drafts.iter().map(|draft| &draft.after);
    ProductKeys {
        ids: distinct(new.map(|draft| draft.after.id)),
        skus: distinct(all().map(|product| product.sku.clone())),
        barcodes: distinct(all().flat_map(Product::all_barcodes).cloned()),
    }
}

/// Each value once, in order.
fn distinct<T: Ord>(values: impl Iterator<Item = T>) -> Vec<T> {
    values.collect::<BTreeSet<T>>().into_iter().collect()
}
