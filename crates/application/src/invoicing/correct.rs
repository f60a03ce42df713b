//! Credit notes meet their invoice: what a draft takes back is worked out anew when it is issued.

use gaara_invoicing::{
    CreditLine, CreditScope, Credited, CreditedSoFar, DraftInvoice, InvoiceContent, IssuedInvoice,
    NewInvoice, NewLine,
};
use gaara_kernel::StoreError;

use super::issue::IssueInvoiceError;
use super::state::{InvoiceStateError, lock_issued};
use crate::ports::UnitOfWork;

/// The invoice that a credit note corrects, locked, and what was taken back of it before.
pub(super) struct Corrected {
    pub(super) invoice: IssuedInvoice,
    pub(super) so_far: CreditedSoFar,
}

/// Locks the invoice that a credit note corrects, and makes the note say what is left today.
/// Answers an invoice as it is.
pub(super) async fn correct(
    unit: &mut dyn UnitOfWork,
    mut draft: DraftInvoice,
) -> Result<(DraftInvoice, Option<Corrected>), IssueInvoiceError> {
    let written = &draft.content.written;
    let Some(correction) = &written.corrects else { return Ok((draft, None)) };
    let invoice =
        lock_issued(unit, correction.invoice, None).await.map_err(|error| match error {
            InvoiceStateError::Store(error) => IssueInvoiceError::Store(error),
            error => IssueInvoiceError::Corrected(error),
        })?;
    let line = |line: &NewLine| {
        Some(CreditLine { line: line.corrects_line?, quantity: line.input.quantity })
    };
    let lines: Option<Vec<CreditLine>> = written.lines.iter().map(line).collect();
    let lines = lines.ok_or(StoreError::Corrupt { entity: "invoice" })?;
    let so_far = unit.invoices().credited(correction.invoice).await?;
    let credited = invoice.content.credit(&CreditScope::Lines(lines), &so_far)?;
    draft.content = rewrite(draft.content.written, credited);
    Ok((draft, Some(Corrected { invoice, so_far })))
}

/// The same note with what it takes back.
pub(super) fn rewrite(written: NewInvoice, credited: Credited) -> InvoiceContent {
    let rounding = credited.totals.rounding;
    InvoiceContent {
        written: NewInvoice {
            lines: credited.lines,
            allowances: credited.allowances,
            charges: credited.charges,
            rounding,
            ..written
        },
        totals: credited.totals,
    }
}
