//! Goods move with their document: sold ones leave, bought ones arrive, returned ones go back.

use std::collections::BTreeMap;

use gaara_inventory::{
    DraftMovement, MovementContent, MovementKind, MovementLine, MovementOwner, PostedMovement,
    price_of_one,
};
use gaara_invoicing::{
    DocumentKind, DocumentType, ExchangeRate, InvoiceContent, NewInvoice, PreparedInvoice,
};
use gaara_kernel::{Currency, Money, MovementId, StoreError, Version, apportion};

use super::freeze::as_movement_line;
use super::issue::IssueInvoiceError;
use super::issuing::Books;
use crate::context::Context;
use crate::inventory::{Goods, hold_places, move_valued};
use crate::ports::UnitOfWork;

/// The stocked lines of a document as lines of a movement, each with its place in the document.
struct Moved {
    lines: Vec<MovementLine>,
    places: Vec<usize>,
    /// What each line costs as a whole, by its place in the movement; only of what is bought.
    costs: BTreeMap<usize, Money>,
}

/// Moves the goods of a document and answers what those of each line cost, in the currency of the
/// books; `None` for a line that moved nothing.
pub(super) async fn move_goods(
    unit: &mut dyn UnitOfWork,
    prepared: &PreparedInvoice,
    (goods, rate): (&Goods, ExchangeRate),
    books: &Books,
    context: &Context,
) -> Result<Vec<Option<Money>>, IssueInvoiceError> {
    let written = &prepared.content().written;
    let nothing = vec![None; written.lines.len()];
    let Some(warehouse) = written.warehouse else { return Ok(nothing) };
    let Moved { lines, places, costs } = moved(prepared, goods, rate, books.organization.currency)?;
    if lines.is_empty() {
        return Ok(nothing);
    }
    let origin = origin(unit, written).await?;
    hold_places(unit, warehouse, None).await??;
    let delivery = MovementContent {
        id: context.new_id(),
        kind: movement_kind(written),
        warehouse,
        to_warehouse: None,
        effective_date: Some(prepared.issue_date()),
        origin,
        owner: Some(MovementOwner::Invoice(written.id)),
        note: None,
        lines,
        created_at: context.now(),
    };
    let draft =
        DraftMovement { content: delivery, updated_at: context.now(), version: Version::FIRST };
    let place = |line: usize| places.get(line).copied().unwrap_or(line);
    let posted = move_valued(unit, (draft, costs), goods, &books.organization, context)
        .await
        .map_err(|error| error.at_lines(place))?;
    unit.movements().add_posted(&posted).await?;
    costs_by_line(&posted, nothing, place)
}

/// What a document does to the stock.
const fn movement_kind(written: &NewInvoice) -> MovementKind {
    match (written.kind(), written.document_type()) {
        (DocumentKind::Sale, DocumentType::Invoice) => MovementKind::Issue,
        (DocumentKind::Sale, DocumentType::CreditNote) => MovementKind::CustomerReturn,
        (DocumentKind::Purchase, DocumentType::Invoice) => MovementKind::Receipt,
        (DocumentKind::Purchase, DocumentType::CreditNote) => MovementKind::SupplierReturn,
    }
}

/// The movement that the goods of a credit note go back from, at what they went for.
async fn origin(
    unit: &mut dyn UnitOfWork,
    written: &NewInvoice,
) -> Result<Option<MovementId>, IssueInvoiceError> {
    let Some(correction) = &written.corrects else { return Ok(None) };
    let found = unit.movements().find_of_invoice(correction.invoice).await?;
    found.map(Some).ok_or(IssueInvoiceError::NothingToRestock)
}

fn moved(
    prepared: &PreparedInvoice,
    goods: &Goods,
    rate: ExchangeRate,
    books: Currency,
) -> Result<Moved, IssueInvoiceError> {
    let content = prepared.content();
    let is_receipt = movement_kind(&content.written) == MovementKind::Receipt;
    let nets = if is_receipt { base_nets(content, rate, books)? } else { Vec::new() };
    let mut moved = Moved { lines: Vec::new(), places: Vec::new(), costs: BTreeMap::new() };
    for (index, line) in content.written.lines.iter().enumerate() {
        let Some(written) = as_movement_line(line) else { continue };
        if !goods.is_stocked(written.product) {
            continue;
        }
        let mut line =
            goods.line(&written).map_err(|error| IssueInvoiceError::Line { line: index, error })?;
        if let Some(cost) = nets.get(index).copied() {
            // The price of one is for people to read; the stock takes the cost of all.
            line.unit_cost = price_of_one(cost, line.quantity);
            moved.costs.insert(moved.lines.len(), cost);
        }
        moved.lines.push(line);
        moved.places.push(index);
    }
    Ok(moved)
}

/// What the lines come to before tax in the currency of the books. All of them are converted at
/// once and shared out, so that no unit is lost between them.
fn base_nets(
    content: &InvoiceContent,
    rate: ExchangeRate,
    books: Currency,
) -> Result<Vec<Money>, IssueInvoiceError> {
    let nets = content.effective_nets()?;
    let weights: Vec<i128> = nets.iter().map(|net| i128::from(net.minor())).collect();
    let sum = Money::from_wide(weights.iter().sum(), content.written.currency);
    let sum = sum.and_then(|sum| rate.convert(sum, books));
    let sum = sum.map_err(|_| IssueInvoiceError::TooLarge)?;
    let shares = apportion(i128::from(sum.minor()), &weights);
    let shares = shares.unwrap_or_else(|_| vec![0; weights.len()]);
    let money = |share| Money::from_wide(share, books);
    let shares: Result<_, _> = shares.into_iter().map(money).collect();
    shares.map_err(|_| IssueInvoiceError::TooLarge)
}

/// What the goods of each line cost, by the history that was written.
fn costs_by_line(
    posted: &PostedMovement,
    mut costs: Vec<Option<Money>>,
    place: impl Fn(usize) -> usize,
) -> Result<Vec<Option<Money>>, IssueInvoiceError> {
    for entry in &posted.entries {
        let amount = entry.value.plus(entry.variance);
        let amount = amount.map_err(|error| StoreError::Internal(Box::new(error)))?;
        let amount = if amount.is_negative() { amount.negated() } else { amount };
        if let Some(cost) = costs.get_mut(place(entry.line)) {
            *cost = Some(amount);
        }
    }
    Ok(costs)
}
