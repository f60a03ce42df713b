//! What a document freezes: who the two sides are, and what its things are called.

use gaara_invoicing::{
    DocumentKind, DocumentType, InvoiceContent, LineSnapshot, NewLine, PreparedInvoice,
    ProductSnapshot, Snapshot,
};
use gaara_kernel::{Code, StoreError};

use super::issue::IssueInvoiceError;
use super::issuing::Books;
use super::party::our_side;
use crate::inventory::{Goods, MovementLineError, WrittenMovementLine};
use crate::ports::UnitOfWork;

/// Holds the products of a document, and finds the units they are told in.
pub(super) async fn hold_goods(
    unit: &mut dyn UnitOfWork,
    content: &InvoiceContent,
) -> Result<Goods, StoreError> {
    let lines = content.written.lines.iter();
    let named: Vec<WrittenMovementLine> = lines.filter_map(as_movement_line).collect();
    if named.is_empty() { Ok(Goods::none()) } else { Goods::hold(unit, &named).await }
}

/// What a line of a document moves; nothing without a product.
pub(super) fn as_movement_line(line: &NewLine) -> Option<WrittenMovementLine> {
    let moved = WrittenMovementLine::new(line.product?, line.input.quantity);
    let (unit, reservation) = (Some(line.unit.clone()), line.reservation);
    Some(WrittenMovementLine { unit, reservation, ..moved })
}

/// Freezes both sides and the names of things. Nothing archived is sold or bought any more.
pub(super) async fn take_snapshot(
    unit: &mut dyn UnitOfWork,
    prepared: &PreparedInvoice,
    goods: &Goods,
    books: &Books,
) -> Result<Snapshot, IssueInvoiceError> {
    let written = &prepared.content().written;
    let mut codes: Vec<Code> = written.lines.iter().map(|line| line.unit.clone()).collect();
    codes.sort_unstable();
    codes.dedup();
    let units = unit.units().find_many(&codes).await?;
    let mut lines = Vec::with_capacity(written.lines.len());
    for (index, line) in written.lines.iter().enumerate() {
        let product = line.product.and_then(|id| goods.product(id));
        let is_archived = product.is_some_and(|product| product.archived_at.is_some());
        if is_archived && written.document_type() == DocumentType::Invoice {
            let error = MovementLineError::Archived;
            return Err(IssueInvoiceError::Line { line: index, error });
        }
        let name = units.iter().find(|unit| unit.code == line.unit);
        lines.push(LineSnapshot {
            product: product.map(|product| ProductSnapshot {
                sku: product.sku.clone(),
                name: product.name.clone(),
            }),
            unit_name: name.map(|unit| unit.name.clone()),
        });
    }
    let (ours, theirs) = (our_side(&books.organization), books.party.snapshot.clone());
    let (seller, buyer) = match written.kind() {
        DocumentKind::Sale => (ours, theirs),
        DocumentKind::Purchase => (theirs, ours),
    };
    Ok(Snapshot { seller, buyer, lines })
}
