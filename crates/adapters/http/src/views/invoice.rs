//! Invoices.

use gaara_application::invoicing::CalculatedInvoice;
use gaara_invoicing::totals::DocumentAdjustment;
use gaara_invoicing::{
    DraftInvoice, Invoice, InvoiceContent, InvoiceStatus, InvoiceSummary, IssuedInvoice,
    PaymentStatus,
};
use gaara_kernel::{Language, Money, Timestamp, Version};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    AdjustmentBody, BaseTotalsBody, BilingualBody, InstalmentBody, LineBody, TaxGroupBody,
    TotalsBody,
};

/// An invoice.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InvoiceBody {
    /// The id.
    #[schema(example = "inv_01kare0z0qf8b8rmyh0z0hdrt5")]
    pub(crate) id: String,
    /// Always `invoice`.
    #[serde(rename = "type")]
    pub(crate) document_type: &'static str,
    /// Always `sale`.
    pub(crate) kind: &'static str,
    /// `draft` or `issued`.
    #[schema(example = "issued")]
    pub(crate) status: &'static str,
    /// `none`, `unpaid`, `partially_paid` or `paid`.
    #[schema(example = "unpaid")]
    pub(crate) payment_status: &'static str,
    /// The number, once issued.
    #[schema(example = "INV-2026-00001", required = true)]
    pub(crate) number: Option<String>,
    /// How often it was saved.
    pub(crate) version: u32,
    /// Who buys.
    pub(crate) customer_id: String,
    /// Where the goods leave from.
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
    /// What credit notes took off.
    #[schema(example = "0.00")]
    pub(crate) credited: String,
    /// What is still owed.
    #[schema(example = "27.11")]
    pub(crate) open: String,
    /// What it comes to in the books' currency.
    #[serde(flatten)]
    pub(crate) base: BaseTotalsBody,
    /// When it was issued.
    #[schema(required = true)]
    pub(crate) issued_at: Option<String>,
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
        }
    }
}

impl From<&DraftInvoice> for InvoiceBody {
    fn from(draft: &DraftInvoice) -> Self {
        Self::new(&draft.content, draft.created_at, draft.updated_at, draft.version)
    }
}

impl From<&IssuedInvoice> for InvoiceBody {
    fn from(issued: &IssuedInvoice) -> Self {
        Self {
            status: InvoiceStatus::Issued.code(),
            payment_status: issued.payment_status().code(),
            number: Some(issued.number.text()),
            issue_date: Some(issued.issue_date.to_string()),
            due_date: Some(issued.due_date.to_string()),
            instalments: issued.open_parts().iter().map(InstalmentBody::from).collect(),
            paid: issued.paid.amount(),
            credited: issued.credited.amount(),
            open: issued.open().amount(),
            base: BaseTotalsBody::from(issued),
            issued_at: Some(issued.issued_at.to_string()),
            ..Self::new(&issued.content, issued.created_at, issued.updated_at, issued.version)
        }
    }
}

impl InvoiceBody {
    /// What a draft shows; an issued invoice shows more.
    fn new(
        content: &InvoiceContent,
        created_at: Timestamp,
        updated_at: Timestamp,
        version: Version,
    ) -> Self {
        let InvoiceContent { written, totals } = content;
        let nothing = Money::zero(written.currency).amount();
        Self {
            id: written.id.to_string(),
            document_type: "invoice",
            kind: "sale",
            status: InvoiceStatus::Draft.code(),
            payment_status: PaymentStatus::None.code(),
            number: None,
            version: version.number(),
            customer_id: written.customer.to_string(),
            warehouse_id: written.warehouse.map(|id| id.to_string()),
            currency: written.currency.code(),
            issue_date: written.issue_date.map(|date| date.to_string()),
            due_date: written.due_date.map(|date| date.to_string()),
            instalments: Vec::new(),
            prices_include_tax: written.prices_include_tax,
            lines: (1..)
                .zip(content.lines())
                .map(|(place, (line, totals))| LineBody::stored(place, line, totals))
                .collect(),
            allowances: adjustments(&written.allowances),
            charges: adjustments(&written.charges),
            tax_groups: totals.tax_groups.iter().map(Into::into).collect(),
            totals: totals.into(),
            paid: nothing.clone(),
            credited: nothing.clone(),
            open: nothing,
            base: BaseTotalsBody::default(),
            issued_at: None,
            created_at: created_at.to_string(),
            updated_at: updated_at.to_string(),
        }
    }
}

fn adjustments(list: &[DocumentAdjustment]) -> Vec<AdjustmentBody> {
    list.iter().map(|it| AdjustmentBody::new(&it.value, it.tax)).collect()
}

/// What a document would come to; nothing was stored.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CalculationBody {
    /// The currency of every amount.
    #[schema(example = "SAR")]
    pub(crate) currency: &'static str,
    /// The lines.
    pub(crate) lines: Vec<LineBody>,
    /// The tax by category and rate.
    pub(crate) tax_groups: Vec<TaxGroupBody>,
    /// The totals.
    pub(crate) totals: TotalsBody,
}

impl From<&CalculatedInvoice> for CalculationBody {
    fn from(calculated: &CalculatedInvoice) -> Self {
        let totals = &calculated.totals;
        Self {
            currency: totals.payable.currency().code(),
            lines: (1..)
                .zip(calculated.lines.iter().zip(&totals.lines))
                .map(|(place, (line, totals))| LineBody::calculated(place, line, totals))
                .collect(),
            tax_groups: totals.tax_groups.iter().map(Into::into).collect(),
            totals: totals.into(),
        }
    }
}

/// An invoice as a list shows it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InvoiceSummaryBody {
    /// The id.
    #[schema(example = "inv_01kare0z0qf8b8rmyh0z0hdrt5")]
    pub(crate) id: String,
    /// Always `invoice`.
    #[serde(rename = "type")]
    pub(crate) document_type: &'static str,
    /// Always `sale`.
    pub(crate) kind: &'static str,
    /// `draft` or `issued`.
    pub(crate) status: &'static str,
    /// `none`, `unpaid`, `partially_paid` or `paid`.
    pub(crate) payment_status: &'static str,
    /// The number, once issued.
    #[schema(example = "INV-2026-00001", required = true)]
    pub(crate) number: Option<String>,
    /// Who buys.
    pub(crate) customer_id: String,
    /// The customer's name.
    pub(crate) customer_name: BilingualBody,
    /// The customer's name in the language asked for.
    pub(crate) customer_display_name: String,
    /// The date, once known.
    #[schema(required = true)]
    pub(crate) issue_date: Option<String>,
    /// By when it is to be paid, once known.
    #[schema(required = true)]
    pub(crate) due_date: Option<String>,
    /// The currency of every amount.
    pub(crate) currency: &'static str,
    /// The total with tax.
    pub(crate) tax_inclusive: String,
    /// What is to be paid.
    pub(crate) payable: String,
    /// What was paid.
    pub(crate) paid: String,
    /// What credit notes took off.
    pub(crate) credited: String,
    /// When the draft was added.
    pub(crate) created_at: String,
    /// When it was last saved.
    pub(crate) updated_at: String,
    /// How often it was saved.
    pub(crate) version: u32,
}

impl InvoiceSummaryBody {
    /// What a list shows of an invoice.
    #[must_use]
    pub(crate) fn new(row: &InvoiceSummary, language: Language) -> Self {
        Self {
            id: row.id.to_string(),
            document_type: "invoice",
            kind: "sale",
            status: row.status.code(),
            payment_status: row.payment_status.code(),
            number: row.number.clone(),
            customer_id: row.customer.to_string(),
            customer_name: (&row.customer_name).into(),
            customer_display_name: row.customer_name.pick(language).to_owned(),
            issue_date: row.issue_date.map(|date| date.to_string()),
            due_date: row.due_date.map(|date| date.to_string()),
            currency: row.payable.currency().code(),
            tax_inclusive: row.tax_inclusive.amount(),
            payable: row.payable.amount(),
            paid: row.paid.amount(),
            credited: row.credited.amount(),
            created_at: row.created_at.to_string(),
            updated_at: row.updated_at.to_string(),
            version: row.version.number(),
        }
    }
}
