//! A credit note as it is written.

use gaara_application::invoicing::WrittenCreditNote;
use gaara_invoicing::details::Reference;
use gaara_invoicing::{CreditLine, CreditScope, DocumentType, InvoiceDetails, NewInvoice};
use gaara_kernel::{BilingualText, CreditNoteId, Currency, Date, Quantity, WarehouseId};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use super::super::details::{
    DeliveryRequest, DetailsMembers, ExemptionReasonRequest, PaymentMeansRequest, PeriodRequest,
    ReferencesRequest, TransactionRequest,
};
use super::super::document::LINES_MAX;
use super::super::notes::NoteMembers;
use crate::code::Code;
use crate::json::{Check, Field, List, Nested, TextList};
use crate::problem::FieldProblem;
use crate::views::BilingualBody;

/// How much of one line is taken back.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct CreditLineRequest {
    /// The line of the invoice, from 1.
    #[schema(value_type = u32, required = true, minimum = 1, example = 1)]
    #[serde(default)]
    line: Field<u32>,
    /// How much, in the unit of that line.
    #[schema(value_type = String, required = true, example = "2")]
    #[serde(default)]
    quantity: Field<Quantity>,
}

impl CreditLineRequest {
    fn read(self, check: &mut Check) -> Option<CreditLine> {
        let line = check.required("/line", self.line);
        let quantity = check.required("/quantity", self.quantity);
        let line = usize::try_from(line?).ok().and_then(|line| line.checked_sub(1));
        if line.is_none() {
            check.fault(FieldProblem::new("/line", Code::CreditLineUnknown));
        }
        Some(CreditLine { line: line?, quantity: quantity? })
    }
}

/// A credit note as it is written: over some lines, or over everything that is left.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct CreditNoteRequest {
    /// An id of your own; a new one when absent.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    id: Field<CreditNoteId>,
    /// Whether everything that is left is taken back.
    #[schema(value_type = Option<bool>, example = false)]
    #[serde(default)]
    full: Field<bool>,
    /// What is taken back of which lines.
    #[schema(value_type = Option<Vec<CreditLineRequest>>)]
    #[validate(length(max = LINES_MAX), nested)]
    #[serde(default)]
    lines: List<CreditLineRequest>,
    /// The currency that the invoice is believed to be in.
    #[schema(value_type = Option<String>, example = "SAR")]
    #[serde(default)]
    currency: Field<Currency>,
    /// Whether the goods go back to where they came from.
    #[schema(value_type = Option<bool>, example = true)]
    #[serde(default)]
    restock: Field<bool>,
    /// Where the goods go back to, when not to the warehouse of the invoice.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    warehouse_id: Field<WarehouseId>,
    /// The issue date wished for; the day of issuing when absent.
    #[schema(value_type = Option<String>, example = "2026-11-23")]
    #[serde(default)]
    issue_date: Field<Date>,
    /// The code of the reason; Gulf profiles have lists of them.
    #[schema(value_type = Option<String>, max_length = 500)]
    #[serde(default)]
    reason_code: Field<Reference>,
    /// The reason in words.
    #[schema(value_type = Option<String>, max_length = 500, example = "Two came back broken")]
    #[serde(default)]
    reason: Field<Reference>,
    /// What the supplier calls the document; only on purchases.
    #[schema(value_type = Option<String>, max_length = 500)]
    #[serde(default)]
    supplier_reference: Field<Reference>,
    /// What it is by UNCL 1001 (BT-3); `381` where nothing else is said.
    #[schema(value_type = Option<String>, example = "381")]
    #[serde(default)]
    type_code: Field<String>,
    /// Standard or simplified, and what is special about it; as the invoice when absent.
    #[schema(value_type = Option<TransactionRequest>)]
    #[validate(nested)]
    #[serde(default)]
    transaction: Nested<TransactionRequest>,
    /// What others call the orders, contracts and notes behind it; as on the invoice when absent.
    #[schema(value_type = Option<ReferencesRequest>)]
    #[validate(nested)]
    #[serde(default)]
    references: Nested<ReferencesRequest>,
    /// When it was delivered; as on the invoice when absent.
    #[schema(value_type = Option<DeliveryRequest>)]
    #[validate(nested)]
    #[serde(default)]
    delivery: Nested<DeliveryRequest>,
    /// The period that was charged for; as on the invoice when absent.
    #[schema(value_type = Option<PeriodRequest>)]
    #[validate(nested)]
    #[serde(default)]
    billing_period: Nested<PeriodRequest>,
    /// How it may be paid back (BG-16).
    #[schema(value_type = Option<Vec<PaymentMeansRequest>>)]
    #[validate(length(max = 100), nested)]
    #[serde(default)]
    payment_means: List<PaymentMeansRequest>,
    /// The terms of payment in words (BT-20).
    #[schema(value_type = Option<BilingualBody>)]
    #[serde(default)]
    payment_terms: Field<BilingualText>,
    /// The day on which the tax becomes due (BT-7).
    #[schema(value_type = Option<String>, example = "2026-11-23")]
    #[serde(default)]
    tax_point_date: Field<Date>,
    /// The currency that the tax is also told in; as on the invoice when absent.
    #[schema(value_type = Option<String>, example = "SAR")]
    #[serde(default)]
    tax_currency: Field<Currency>,
    /// Why no tax is charged, by category; as on the invoice when absent.
    #[schema(value_type = Option<Vec<ExemptionReasonRequest>>)]
    #[validate(length(max = 100), nested)]
    #[serde(default)]
    exemptions: List<ExemptionReasonRequest>,
    /// A note to the other side (BT-22).
    #[schema(value_type = Option<BilingualBody>)]
    #[serde(default)]
    note: Field<BilingualText>,
    /// Words to find it by: 100 at most.
    #[schema(value_type = Option<Vec<String>>)]
    #[serde(default)]
    tags: Field<TextList<Reference>>,
    /// What was agreed about the due date.
    #[schema(value_type = Option<BilingualBody>)]
    #[serde(default)]
    due_note: Field<BilingualText>,
    /// Whether to issue it at once, in the same transaction.
    #[schema(value_type = Option<bool>, example = false)]
    #[serde(default)]
    issue: Field<bool>,
}

impl CreditNoteRequest {
    /// Reads a note over an invoice, and whether to issue it at once.
    pub(in crate::routes::invoices) fn read_new(
        mut self,
        check: &mut Check,
        sold: &NewInvoice,
    ) -> Option<(WrittenCreditNote, bool)> {
        let issue = check.or_default("/issue", std::mem::take(&mut self.issue), false);
        // What was said about paying the invoice does not hold for paying it back.
        let inherited = InvoiceDetails {
            type_code: None,
            payment_means: Vec::new(),
            payment_terms: None,
            tax_point: None,
            ..sold.details.clone()
        };
        let nothing = WrittenCreditNote::new(sold.id, CreditScope::Lines(Vec::new()));
        let before = WrittenCreditNote { details: Some(inherited), ..nothing };
        Some((self.read_onto(check, before)?, issue?))
    }

    /// Reads what changes of a draft: what is absent stays (RFC 7396).
    pub(in crate::routes::invoices) fn read_changed(
        self,
        check: &mut Check,
        before: WrittenCreditNote,
    ) -> Option<WrittenCreditNote> {
        check.only_when_new("id", &self.id);
        check.only_when_new("issue", &self.issue);
        self.read_onto(check, before)
    }

    fn read_onto(self, check: &mut Check, before: WrittenCreditNote) -> Option<WrittenCreditNote> {
        let id = check.optional("/id", self.id);
        let scope = read_scope(check, self.full, self.lines, before.scope);
        let currency = check.keep("/currency", self.currency, before.currency);
        let restock = check.keep("/restock", self.restock, Some(before.restock));
        let warehouse = check.keep("/warehouse_id", self.warehouse_id, before.warehouse);
        let issue_date = check.keep("/issue_date", self.issue_date, before.issue_date);
        let reason_code = check.keep("/reason_code", self.reason_code, before.reason_code);
        let reason = check.keep("/reason", self.reason, before.reason);
        let reference = before.supplier_reference;
        let reference = check.keep("/supplier_reference", self.supplier_reference, reference);
        let details = before.details.unwrap_or_default();
        let members = DetailsMembers {
            type_code: self.type_code,
            transaction: self.transaction,
            references: self.references,
            delivery: self.delivery,
            billing_period: self.billing_period,
            payment_means: self.payment_means,
            payment_terms: self.payment_terms,
            tax_point_date: self.tax_point_date,
            tax_currency: self.tax_currency,
            exemptions: self.exemptions,
        };
        let details = members.read(check, details, DocumentType::CreditNote);
        let members = NoteMembers { note: self.note, tags: self.tags, due_note: self.due_note };
        let annotations = members.read(check, before.annotations);
        Some(WrittenCreditNote {
            id: id?,
            invoice: before.invoice,
            scope: scope?,
            currency: currency?,
            restock: restock?.unwrap_or_default(),
            warehouse: warehouse?,
            issue_date: issue_date?,
            reason_code: reason_code?,
            reason: reason?,
            supplier_reference: reference?,
            details: Some(details?),
            annotations: annotations?,
        })
    }
}

/// Reads what is taken back: everything, some lines, or what it was before.
fn read_scope(
    check: &mut Check,
    full: Field<bool>,
    lines: List<CreditLineRequest>,
    before: CreditScope,
) -> Option<CreditScope> {
    let has_lines = matches!(lines, List::Items(_));
    let full = check.or_default("/full", full, false);
    let lines = check.each("/lines", lines, CreditLineRequest::read);
    match (full?, has_lines) {
        (true, false) => Some(CreditScope::Full),
        (false, true) => lines.map(CreditScope::Lines),
        (true, true) => {
            check.fault(FieldProblem::new("/full", Code::CreditScope));
            None
        }
        (false, false) if before == CreditScope::Lines(Vec::new()) => {
            check.fault(FieldProblem::new("/lines", Code::CreditScope));
            None
        }
        (false, false) => Some(before),
    }
}
