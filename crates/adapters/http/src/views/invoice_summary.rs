//! Documents as lists and calculations show them.

use gaara_application::invoicing::CalculatedInvoice;
use gaara_invoicing::{DocumentType, InvoiceSummary};
use gaara_kernel::{DocumentId, Language};
use serde::Serialize;
use utoipa::ToSchema;

use super::{BilingualBody, LineBody, TaxGroupBody, TotalsBody};

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

/// An invoice or a credit note as a list shows it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InvoiceSummaryBody {
    /// The id.
    #[schema(example = "inv_01kare0z0qf8b8rmyh0z0hdrt5")]
    pub(crate) id: String,
    /// `invoice` or `credit_note`.
    #[serde(rename = "type")]
    pub(crate) document_type: &'static str,
    /// `sale` or `purchase`.
    pub(crate) kind: &'static str,
    /// `draft`, `issued` or `void`.
    pub(crate) status: &'static str,
    /// `none`, `unpaid`, `partially_paid`, `paid` or `credited`.
    pub(crate) payment_status: &'static str,
    /// The number, once issued.
    #[schema(example = "INV-2026-00001", required = true)]
    pub(crate) number: Option<String>,
    /// What the supplier calls the document.
    #[schema(required = true)]
    pub(crate) supplier_reference: Option<String>,
    /// The invoice that a credit note corrects.
    #[schema(required = true)]
    pub(crate) corrects_id: Option<String>,
    /// Who buys; null on a purchase.
    #[schema(required = true)]
    pub(crate) customer_id: Option<String>,
    /// The customer's name: as it was when the document was issued.
    #[schema(required = true)]
    pub(crate) customer_name: Option<BilingualBody>,
    /// The customer's name in the language asked for.
    #[schema(required = true)]
    pub(crate) customer_display_name: Option<String>,
    /// Who sells to us; null on a sale.
    #[schema(required = true)]
    pub(crate) supplier_id: Option<String>,
    /// The supplier's name: as it was when the document was issued.
    #[schema(required = true)]
    pub(crate) supplier_name: Option<BilingualBody>,
    /// The supplier's name in the language asked for.
    #[schema(required = true)]
    pub(crate) supplier_display_name: Option<String>,
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
    /// What a list shows of a document.
    #[must_use]
    pub(crate) fn new(row: &InvoiceSummary, language: Language) -> Self {
        let (customer, supplier) = (row.party.customer(), row.party.supplier());
        let name = row.party_name.pick(language).to_owned();
        Self {
            id: row.id.to_string(),
            document_type: match row.id {
                DocumentId::Invoice(_) => DocumentType::Invoice.code(),
                DocumentId::CreditNote(_) => DocumentType::CreditNote.code(),
            },
            kind: row.party.kind().code(),
            status: row.status.code(),
            payment_status: row.payment_status.code(),
            number: row.number.clone(),
            supplier_reference: row.supplier_reference.as_ref().map(ToString::to_string),
            corrects_id: row.corrects.map(|id| DocumentId::Invoice(id).to_string()),
            customer_id: customer.map(|id| id.to_string()),
            customer_name: customer.map(|_| (&row.party_name).into()),
            customer_display_name: customer.map(|_| name.clone()),
            supplier_id: supplier.map(|id| id.to_string()),
            supplier_name: supplier.map(|_| (&row.party_name).into()),
            supplier_display_name: supplier.map(|_| name),
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
