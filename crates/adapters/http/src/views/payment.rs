//! Payments.

use gaara_invoicing::{Allocation, DocumentType, Payment};
use gaara_kernel::{DocumentId, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

/// A part of a payment that settles an invoice.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AllocationBody {
    /// The id.
    #[schema(example = "alc_01kare0z0qf8b8rmyh0z0hdrt5")]
    pub(crate) id: String,
    /// The invoice, or the credit note whose rest was paid back.
    pub(crate) invoice_id: String,
    /// How much.
    #[schema(example = "100.00")]
    pub(crate) amount: String,
    /// What that part of the payment is worth, in the books' currency.
    #[schema(example = "1363.00")]
    pub(crate) base_amount: String,
    /// What it took off the invoice, in the books' currency.
    #[schema(example = "1360.00")]
    pub(crate) base_settled: String,
    /// What was gained by exchange, in the books' currency; a loss is below zero.
    #[schema(example = "3.00")]
    pub(crate) base_gain: String,
    /// The day it counts on.
    #[schema(example = "2026-11-23")]
    pub(crate) allocation_date: String,
}

impl AllocationBody {
    fn new(part: &Allocation, settles: DocumentType) -> Self {
        let document = match settles {
            DocumentType::Invoice => DocumentId::Invoice(part.invoice),
            DocumentType::CreditNote => DocumentId::credit_note(part.invoice),
        };
        Self {
            id: part.id.to_string(),
            invoice_id: document.to_string(),
            amount: part.amount.amount(),
            base_amount: part.base_amount.amount(),
            base_settled: part.base_settled.amount(),
            base_gain: part.base_gain.amount(),
            allocation_date: part.allocation_date.to_string(),
        }
    }
}

/// Money that came in from a customer or supplier, or went out to one.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PaymentBody {
    /// The id.
    #[schema(example = "pay_01kare0z0qf8b8rmyh0z0hdrt5")]
    pub(crate) id: String,
    /// `in` when it came in, `out` when it went out.
    #[schema(example = "in")]
    pub(crate) direction: &'static str,
    /// `posted` or `void`.
    #[schema(example = "posted")]
    pub(crate) status: &'static str,
    /// The customer who paid or was paid.
    #[schema(required = true)]
    pub(crate) customer_id: Option<String>,
    /// The supplier who was paid or paid back.
    #[schema(required = true)]
    pub(crate) supplier_id: Option<String>,
    /// How much.
    #[schema(example = "100.00")]
    pub(crate) amount: String,
    /// The currency of the amounts.
    #[schema(example = "SAR")]
    pub(crate) currency: &'static str,
    /// How much of the books' currency one unit is.
    #[schema(example = "1")]
    pub(crate) rate: String,
    /// The books' currency, in which every `base_` amount is.
    #[schema(example = "SAR")]
    pub(crate) base_currency: &'static str,
    /// What it is worth in the books' currency.
    #[schema(example = "100.00")]
    pub(crate) base_amount: String,
    /// What was gained by exchange with all allocations; a loss is below zero.
    #[schema(example = "0.00")]
    pub(crate) base_gain: String,
    /// When it was paid.
    #[schema(example = "2026-11-23")]
    pub(crate) payment_date: String,
    /// How.
    #[schema(example = "bank_transfer")]
    pub(crate) method: &'static str,
    /// What the bank or the other side calls it.
    #[schema(required = true)]
    pub(crate) reference: Option<String>,
    /// What people note beside it.
    #[schema(required = true)]
    pub(crate) note: Option<String>,
    /// What for.
    pub(crate) allocations: Vec<AllocationBody>,
    /// What is left as the party's credit; nothing of a void payment.
    #[schema(example = "0.00")]
    pub(crate) unallocated: String,
    /// When it was voided.
    #[schema(required = true)]
    pub(crate) voided_at: Option<String>,
    /// When it was recorded.
    pub(crate) created_at: String,
    /// When it was last saved.
    pub(crate) updated_at: String,
    /// How often it was saved.
    pub(crate) version: u32,
}

impl From<&Payment> for PaymentBody {
    fn from(payment: &Payment) -> Self {
        let party = payment.party();
        Self {
            id: payment.id().to_string(),
            direction: payment.direction().code(),
            status: payment.state().code(),
            customer_id: party.customer().map(|id| id.to_string()),
            supplier_id: party.supplier().map(|id| id.to_string()),
            amount: payment.amount().amount(),
            currency: payment.amount().currency().code(),
            rate: payment.rate().to_string(),
            base_currency: payment.base_amount().currency().code(),
            base_amount: payment.base_amount().amount(),
            base_gain: payment.base_gain().amount(),
            payment_date: payment.payment_date().to_string(),
            method: payment.method().code(),
            reference: payment.reference().map(str::to_owned),
            note: payment.note().map(str::to_owned),
            allocations: payment
                .allocations()
                .iter()
                .map(|part| AllocationBody::new(part, payment.settles()))
                .collect(),
            unallocated: payment.unallocated().amount(),
            voided_at: payment.voided_at().as_ref().map(Timestamp::to_string),
            created_at: payment.created_at().to_string(),
            updated_at: payment.updated_at().to_string(),
            version: payment.version().number(),
        }
    }
}
