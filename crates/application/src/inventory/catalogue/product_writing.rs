//! Adding and changing products, one or hundreds, in the same number of statements.

use std::collections::{BTreeMap, BTreeSet};

use gaara_inventory::Product;
use gaara_kernel::{ProductId, StoreError};

use super::change_product::ChangeProduct;
use super::create_product::CreateProduct;
use super::product_check::{Known, ProductDraft};
use super::product_refusal::ProductRefusal;
use crate::context::Context;
use crate::inventory::stock::{MovementError, revalue};
use crate::outbox::Event;
use crate::ports::UnitOfWork;

/// What is asked for one product.
#[derive(Debug, Clone)]
pub enum ProductWrite {
    /// To add it.
    Create(Box<CreateProduct>),
    /// To change it.
    Change(Box<ChangeProduct>),
}

/// A product that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenProduct {
    /// The product before; `None` when it is new.
    pub before: Option<Product>,
    /// The product as it is now.
    pub after: Product,
}

/// What becomes of each entry.
pub(super) type Outcomes = Vec<Result<WrittenProduct, Vec<ProductRefusal>>>;

/// Locks what is changed, holds what is named, and decides about every entry; writes nothing.
///
/// Another standard cost of what is on hand is refused here: [`write_one`] revalues.
pub(super) async fn decide(
    unit: &mut dyn UnitOfWork,
    writes: &[ProductWrite],
    context: &Context,
) -> Result<Outcomes, StoreError> {
    decide_by(unit, writes, |_| true, context).await
}

/// The same, where only these refusals count.
async fn decide_by(
    unit: &mut dyn UnitOfWork,
    writes: &[ProductWrite],
    counts: impl Fn(&ProductRefusal) -> bool,
    context: &Context,
) -> Result<Outcomes, StoreError> {
    let ids: BTreeSet<ProductId> = writes.iter().filter_map(changed_id).collect();
    let ids: Vec<ProductId> = ids.into_iter().collect();
    let locked = unit.products().lock_many(&ids).await?;
    let locked: BTreeMap<ProductId, Product> =
        locked.into_iter().map(|product| (product.id, product)).collect();
    let mut seen = BTreeSet::new();
    let drafts: Vec<Result<ProductDraft, Vec<ProductRefusal>>> = writes
        .iter()
        .map(|write| match changed_id(write) {
            Some(id) if !seen.insert(id) => Err(vec![ProductRefusal::Repeated]),
            _ => draft(write, &locked, context),
        })
        .collect();
    let sound: Vec<&ProductDraft> = drafts.iter().filter_map(|draft| draft.as_ref().ok()).collect();
    let mut known = Known::ask(unit, &sound).await?;
    let decided = |draft: Result<ProductDraft, Vec<ProductRefusal>>| {
        let draft = draft?;
        let mut refusals = known.check(&draft);
        refusals.retain(&counts);
        let ProductDraft { before, after } = draft;
        if refusals.is_empty() { Ok(WrittenProduct { before, after }) } else { Err(refusals) }
    };
    Ok(drafts.into_iter().map(decided).collect())
}

/// Writes what was decided for, with its events.
pub(super) async fn store(
    unit: &mut dyn UnitOfWork,
    written: &[&WrittenProduct],
    context: &Context,
) -> Result<(), StoreError> {
    let chosen = |is_new: bool| -> Vec<Product> {
        let chosen = written.iter().filter(|it| it.before.is_none() == is_new);
        chosen.map(|it| it.after.clone()).collect()
    };
    unit.products().add_all(&chosen(true)).await?;
    unit.products().save_all(&chosen(false)).await?;
    let event = |it: &&WrittenProduct| {
        let kind = if it.before.is_none() { "product.created" } else { "product.changed" };
        Event::new(kind, it.after.id, context).with("sku", &it.after.sku)
    };
    let events: Vec<Event> = written.iter().map(event).collect();
    unit.outbox().add_all(&events).await
}

/// Decides about one entry and writes it; what is on hand follows another standard cost.
pub(super) async fn write_one(
    unit: &mut dyn UnitOfWork,
    write: ProductWrite,
    context: &Context,
) -> Result<Result<WrittenProduct, Vec<ProductRefusal>>, StoreError> {
    let counts = |refusal: &ProductRefusal| *refusal != ProductRefusal::StandardCostInUse;
    let outcome = decide_by(unit, &[write], counts, context).await?.pop();
    let outcome = outcome.ok_or_else(|| StoreError::Internal("no entry was decided".into()))?;
    let Ok(written) = &outcome else { return Ok(outcome) };
    store(unit, &[written], context).await?;
    match follow_standard(unit, written, context).await {
        Ok(()) => Ok(outcome),
        Err(MovementError::Store(error)) => Err(error),
        Err(MovementError::Post(_)) => Ok(Err(vec![ProductRefusal::StandardCostOutOfRange])),
        Err(error) => Err(StoreError::Internal(Box::new(error))),
    }
}

/// Revalues what is on hand when the standard cost changed.
async fn follow_standard(
    unit: &mut dyn UnitOfWork,
    written: &WrittenProduct,
    context: &Context,
) -> Result<(), MovementError> {
    let (Some(before), after) = (&written.before, &written.after) else { return Ok(()) };
    match (before.standard_cost, after.standard_cost) {
        (Some(old), Some(new)) if old != new => revalue(unit, before, new, context).await,
        _ => Ok(()),
    }
}

fn changed_id(write: &ProductWrite) -> Option<ProductId> {
    match write {
        ProductWrite::Create(_) => None,
        ProductWrite::Change(change) => Some(change.id),
    }
}

fn draft(
    write: &ProductWrite,
    locked: &BTreeMap<ProductId, Product>,
    context: &Context,
) -> Result<ProductDraft, Vec<ProductRefusal>> {
    match write {
        ProductWrite::Create(create) => {
            Ok(ProductDraft { before: None, after: create.product(context) })
        }
        ProductWrite::Change(change) => {
            let before = locked.get(&change.id).ok_or_else(|| vec![ProductRefusal::NotFound])?;
            if before.version != change.expected {
                return Err(vec![ProductRefusal::Stale { current: before.version }]);
            }
            let after = change.apply(before, context);
            let after = after.map_err(|error| vec![ProductRefusal::Name(error)])?;
            Ok(ProductDraft { before: Some(before.clone()), after })
        }
    }
}
