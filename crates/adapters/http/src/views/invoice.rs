//! Invoices and credit notes.

use gaara_invoicing::totals::DocumentAdjustment;
use gaara_invoicing::{
    DraftInvoice, Invoice, InvoiceContent, InvoiceStatus, IssuedInvoice, PaymentStatus,
    VoidedInvoice,
};
use gaara_kernel::{Money, Timestamp, Version};
use serde::Serialize;
use utoipa::ToSchema;

use super::invoice_details::{
    CorrectionBody, DeliveryBody, ExemptionReasonBody, PartySnapshotBody, PaymentMeansBody,
    PeriodBody, ReferencesBody, TransactionBody,
};
use super::{
    AdjustmentBody, BaseTotalsBody, BilingualBody, InstalmentBody, LineBody, TaxGroupBody,
    TotalsBody,
};

/// An invoice or a credit note.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InvoiceBody {
    /// The id: `inv_…` of an invoice, `crn_…` of a credit note.
    #[schema(example = "inv_01kare0z0qf8b8rmyh0z0hdrt5")]
    pub(crate) id: String,
    /// `invoice` or `credit_note`.
    #[serde(rename = "type")]
    pub(crate) document_type: &'static str,
    /// `sale` or `purchase`.
    pub(crate) kind: &'static str,
    /// `draft`, `issued` or `void`.
    #[schema(example = "issued")]
    pub(crate) status: &'static str,
    /// `none`, `unpaid`, `partially_paid`, `paid` or `credited`.
    #[schema(example = "unpaid")]
    pub(crate) payment_status: &'static str,
    /// The number, once issued.
    #[schema(example = "INV-2026-00001", required = true)]
    pub(crate) number: Option<String>,
    /// How often it was saved.
    pub(crate) version: u32,
    /// Who buys; null on a purchase.
    #[schema(required = true)]
    pub(crate) customer_id: Option<String>,
    /// Who sells to us; null on a sale.
    #[schema(required = true)]
    pub(crate) supplier_id: Option<String>,
    /// What the supplier calls the document.
    #[schema(required = true)]
    pub(crate) supplier_reference: Option<String>,
    /// The invoice that a credit note corrects; null on an invoice.
    #[schema(required = true)]
    pub(crate) corrects: Option<CorrectionBody>,
    /// Where the goods leave from, come to, or go back to.
    #[schema(required = true)]
    pub(crate) warehouse_id: Option<String>,
    /// The currency of every amount.
    #[schema(example = "SAR")]
    pub(crate) currency: &'static str,
    /// The date, once known.
    #[schema(example = "2026-11-23", required = true)]
    pub(crate) issue_date: Option<String>,
    /// By when it is to be paid, once known.
    #[schema(example = "2026-12-23", required = true)]
    pub(crate) due_date: Option<String>,
    /// What is due when, the first due first; empty on a draft.
    pub(crate) instalments: Vec<InstalmentBody>,
    /// Whether prices hold the tax.
    pub(crate) prices_include_tax: bool,
    /// The lines.
    pub(crate) lines: Vec<LineBody>,
    /// Allowances on the whole document.
    pub(crate) allowances: Vec<AdjustmentBody>,
    /// Charges on the whole document.
    pub(crate) charges: Vec<AdjustmentBody>,
    /// The tax by category and rate.
    pub(crate) tax_groups: Vec<TaxGroupBody>,
    /// The totals.
    pub(crate) totals: TotalsBody,
    /// What was paid.
    #[schema(example = "0.00")]
    pub(crate) paid: String,
    /// What credit notes took off what was open; of a credit note, what was set off.
    #[schema(example = "0.00")]
    pub(crate) credited: String,
    /// What the credit notes of an invoice come to.
    #[schema(example = "0.00")]
    pub(crate) credit_notes: String,
    /// What is still owed; of a credit note, what is left of it.
    #[schema(example = "27.11")]
    pub(crate) open: String,
    /// What it comes to in the books' currency.
    #[serde(flatten)]
    pub(crate) base: BaseTotalsBody,
    /// What it is by UNCL 1001, where that was said.
    #[schema(example = "388", required = true)]
    pub(crate) type_code: Option<String>,
    /// Standard or simplified, and what is special about it.
    pub(crate) transaction: TransactionBody,
    /// What others call the orders, contracts and notes behind it.
    pub(crate) references: ReferencesBody,
    /// When it was delivered.
    pub(crate) delivery: DeliveryBody,
    /// The period that is charged for.
    #[schema(required = true)]
    pub(crate) billing_period: Option<PeriodBody>,
    /// How it may be paid.
    pub(crate) payment_means: Vec<PaymentMeansBody>,
    /// The terms of payment in words.
    #[schema(required = true)]
    pub(crate) payment_terms: Option<BilingualBody>,
    /// The day on which the tax becomes due.
    #[schema(required = true)]
    pub(crate) tax_point_date: Option<String>,
    /// The currency that the tax is also told in.
    #[schema(required = true)]
    pub(crate) tax_currency: Option<&'static str>,
    /// Why no tax is charged, by category.
    pub(crate) exemptions: Vec<ExemptionReasonBody>,
    /// A note to the other side.
    #[schema(required = true)]
    pub(crate) note: Option<BilingualBody>,
    /// Words to find it by.
    pub(crate) tags: Vec<String>,
    /// What was agreed about the due date.
    #[schema(required = true)]
    pub(crate) due_note: Option<BilingualBody>,
    /// Who sold, as it was on the day of issuing.
    #[schema(required = true)]
    pub(crate) seller: Option<PartySnapshotBody>,
    /// Who bought, as it was on the day of issuing.
    #[schema(required = true)]
    pub(crate) buyer: Option<PartySnapshotBody>,
    /// SHA-256 of what it says, in hexadecimal; all zeros where nobody took it.
    #[schema(required = true)]
    pub(crate) content_digest: Option<String>,
    /// When it was issued.
    #[schema(required = true)]
    pub(crate) issued_at: Option<String>,
    /// When it was voided.
    #[schema(required = true)]
    pub(crate) voided_at: Option<String>,
    /// Why it was voided.
    #[schema(required = true)]
    pub(crate) void_reason: Option<String>,
    /// When the draft was added.
    pub(crate) created_at: String,
    /// When it was last saved.
    pub(crate) updated_at: String,
}

impl From<&Invoice> for InvoiceBody {
    fn from(invoice: &Invoice) -> Self {
        match invoice {
            Invoice::Draft(draft) => draft.as_ref().into(),
            Invoice::Issued(issued) => issued.as_ref().into(),
            Invoice::Void(voided) => voided.as_ref().into(),
        }
    }
}

impl From<&DraftInvoice> for InvoiceBody {
    fn from(draft: &DraftInvoice) -> Self {
        Self::new(&draft.content, &[], draft.created_at, draft.updated_at, draft.version)
    }
}

impl From<&IssuedInvoice> for InvoiceBody {
    fn from(issued: &IssuedInvoice) -> Self {
        let IssuedInvoice { content, costs, created_at, updated_at, version, .. } = issued;
        Self {
            status: InvoiceStatus::Issued.code(),
            payment_status: issued.payment_status().code(),
            number: Some(issued.number.text()),
            issue_date: Some(issued.issue_date.to_string()),
            due_date: Some(issued.due_date.to_string()),
            instalments: issued.open_parts().iter().map(InstalmentBody::from).collect(),
            paid: issued.paid.amount(),
            credited: issued.credited.amount(),
            credit_notes: issued.credit_notes.amount(),
            open: issued.open().amount(),
            base: BaseTotalsBody::from(issued),
            seller: Some((&issued.snapshot.seller).into()),
            buyer: Some((&issued.snapshot.buyer).into()),
            content_digest: Some(issued.digest.to_string()),
            issued_at: Some(issued.issued_at.to_string()),
            ..Self::new(content, costs, *created_at, *updated_at, *version)
        }
    }
}

impl From<&VoidedInvoice> for InvoiceBody {
    fn from(voided: &VoidedInvoice) -> Self {
        let nothing = Money::zero(voided.issued.content.written.currency).amount();
        Self {
            status: InvoiceStatus::Void.code(),
            payment_status: PaymentStatus::None.code(),
            open: nothing,
            voided_at: Some(voided.voided_at.to_string()),
            void_reason: voided.reason.as_ref().map(ToString::to_string),
            ..Self::from(&voided.issued)
        }
    }
}

impl InvoiceBody {
    /// What a draft shows; an issued document shows more.
    fn new(
        content: &InvoiceContent,
        costs: &[Option<Money>],
        created_at: Timestamp,
        updated_at: Timestamp,
        version: Version,
    ) -> Self {
        let InvoiceContent { written, totals } = content;
        let (details, notes) = (&written.details, &written.annotations);
        let nothing = Money::zero(written.currency).amount();
        Self {
            id: written.document_id().to_string(),
            document_type: written.document_type().code(),
            kind: written.kind().code(),
            status: InvoiceStatus::Draft.code(),
            payment_status: PaymentStatus::None.code(),
            number: None,
            version: version.number(),
            customer_id: written.party.customer().map(|id| id.to_string()),
            supplier_id: written.party.supplier().map(|id| id.to_string()),
            supplier_reference: written.supplier_reference.as_ref().map(ToString::to_string),
            corrects: written.corrects.as_ref().map(Into::into),
            warehouse_id: written.warehouse.map(|id| id.to_string()),
            currency: written.currency.code(),
            issue_date: written.issue_date.map(|date| date.to_string()),
            due_date: written.due_date.map(|date| date.to_string()),
            instalments: Vec::new(),
            prices_include_tax: written.prices_include_tax,
            lines: lines(content, costs),
            allowances: adjustments(&written.allowances),
            charges: adjustments(&written.charges),
            tax_groups: totals.tax_groups.iter().map(Into::into).collect(),
            totals: totals.into(),
            paid: nothing.clone(),
            credited: nothing.clone(),
            credit_notes: nothing.clone(),
            open: nothing,
            base: BaseTotalsBody::default(),
            type_code: details.type_code.map(|code| code.to_string()),
            transaction: (&details.transaction).into(),
            references: (&details.references).into(),
            delivery: (&details.delivery).into(),
            billing_period: details.period.map(Into::into),
            payment_means: details.payment_means.iter().map(Into::into).collect(),
            payment_terms: details.payment_terms.as_ref().map(Into::into),
            tax_point_date: details.tax_point.map(|date| date.to_string()),
            tax_currency: details.tax_currency.map(gaara_kernel::Currency::code),
            exemptions: details.exemptions.iter().map(Into::into).collect(),
            note: notes.note.as_ref().map(Into::into),
            tags: notes.tags.iter().map(ToString::to_string).collect(),
            due_note: notes.due_note.as_ref().map(Into::into),
            seller: None,
            buyer: None,
            content_digest: None,
            issued_at: None,
            voided_at: None,
            void_reason: None,
            created_at: created_at.to_string(),
            updated_at: updated_at.to_string(),
        }
    }
}

fn lines(content: &InvoiceContent, costs: &[Option<Money>]) -> Vec<LineBody> {
    let costs = costs.iter().copied().chain(std::iter::repeat(None));
    (1..)
        .zip(content.lines().zip(costs))
        .map(|(place, ((line, totals), cost))| LineBody::stored(place, line, totals, cost))
        .collect()
}

fn adjustments(list: &[DocumentAdjustment]) -> Vec<AdjustmentBody> {
    list.iter().map(|it| AdjustmentBody::new(&it.value, it.tax)).collect()
}
