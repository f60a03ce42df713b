//! An invoice as it is written, to be stored, written again, or only calculated.

mod read;

use gaara_invoicing::DocumentKind;
use gaara_invoicing::details::Reference;
use gaara_kernel::{BilingualText, Currency, CustomerId, Date, InvoiceId, SupplierId, WarehouseId};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use super::details::{
    DeliveryRequest, ExemptionReasonRequest, PaymentMeansRequest, PeriodRequest, ReferencesRequest,
    TransactionRequest,
};
use super::document::{AdjustmentRequest, LINES_MAX, LineRequest};
use crate::json::{DecimalText, Field, List, Nested, TextList};
use crate::views::BilingualBody;

/// An invoice as it is written.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct InvoiceRequest {
    /// An id of your own; a new one when absent.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    id: Field<InvoiceId>,
    /// `sale` or `purchase`; a sale when absent.
    #[schema(value_type = Option<String>, example = "sale")]
    #[serde(default)]
    kind: Field<DocumentKind>,
    /// Who buys; a sale needs one. Not needed to calculate.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    customer_id: Field<CustomerId>,
    /// Who sells to us; a purchase needs one. Not needed to calculate.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    supplier_id: Field<SupplierId>,
    /// What the supplier calls the document; only on purchases, and once among those issued.
    #[schema(value_type = Option<String>, max_length = 500, example = "R-2026-118")]
    #[serde(default)]
    supplier_reference: Field<Reference>,
    /// Where the goods leave from or come to; no stock moves when absent.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    warehouse_id: Field<WarehouseId>,
    /// The currency of every amount: ISO 4217.
    #[schema(value_type = String, required = true, example = "SAR")]
    #[serde(default)]
    currency: Field<Currency>,
    /// The issue date wished for; the day of issuing when absent.
    #[schema(value_type = Option<String>, example = "2026-11-23")]
    #[serde(default)]
    issue_date: Field<Date>,
    /// The due date wished for; by the terms of the other side when absent.
    #[schema(value_type = Option<String>, example = "2026-12-23")]
    #[serde(default)]
    due_date: Field<Date>,
    /// Whether prices hold the tax.
    #[schema(value_type = Option<bool>, example = false)]
    #[serde(default)]
    prices_include_tax: Field<bool>,
    /// The lines: 1,000 at most.
    #[schema(value_type = Option<Vec<LineRequest>>)]
    #[validate(length(max = LINES_MAX), nested)]
    #[serde(default)]
    lines: List<LineRequest>,
    /// Allowances on the whole document.
    #[schema(value_type = Option<Vec<AdjustmentRequest>>)]
    #[validate(length(max = 100), nested)]
    #[serde(default)]
    allowances: List<AdjustmentRequest>,
    /// Charges on the whole document.
    #[schema(value_type = Option<Vec<AdjustmentRequest>>)]
    #[validate(length(max = 100), nested)]
    #[serde(default)]
    charges: List<AdjustmentRequest>,
    /// What was paid before.
    #[schema(value_type = Option<String>, example = "0.00")]
    #[serde(default)]
    prepaid: Field<DecimalText>,
    /// What makes the amount due round; may be negative.
    #[schema(value_type = Option<String>, example = "0.00")]
    #[serde(default)]
    rounding: Field<DecimalText>,
    /// What it is by UNCL 1001 (BT-3), such as `380`, `383`, `386`, `388` or `389`.
    #[schema(value_type = Option<String>, example = "388")]
    #[serde(default)]
    type_code: Field<String>,
    /// Standard or simplified, and what is special about it.
    #[schema(value_type = Option<TransactionRequest>)]
    #[validate(nested)]
    #[serde(default)]
    transaction: Nested<TransactionRequest>,
    /// What others call the orders, contracts and notes behind it.
    #[schema(value_type = Option<ReferencesRequest>)]
    #[validate(nested)]
    #[serde(default)]
    references: Nested<ReferencesRequest>,
    /// When it was delivered.
    #[schema(value_type = Option<DeliveryRequest>)]
    #[validate(nested)]
    #[serde(default)]
    delivery: Nested<DeliveryRequest>,
    /// The period that is charged for (BG-14).
    #[schema(value_type = Option<PeriodRequest>)]
    #[validate(nested)]
    #[serde(default)]
    billing_period: Nested<PeriodRequest>,
    /// How it may be paid (BG-16).
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
    /// The currency that the tax is also told in (BT-6).
    #[schema(value_type = Option<String>, example = "SAR")]
    #[serde(default)]
    tax_currency: Field<Currency>,
    /// Why no tax is charged, by category (BT-120, BT-121).
    #[schema(value_type = Option<Vec<ExemptionReasonRequest>>)]
    #[validate(length(max = 100), nested)]
    #[serde(default)]
    exemptions: List<ExemptionReasonRequest>,
    /// A note to the other side (BT-22).
    #[schema(value_type = Option<BilingualBody>)]
    #[serde(default)]
    note: Field<BilingualText>,
    /// Words to find it by: 100 at most.
    #[schema(value_type = Option<Vec<String>>, example = json!(["urgent"]))]
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
