//! Payments.

use gaara_invoicing::Payment;
use serde::Serialize;
use utoipa::ToSchema;

/// A part of a payment that settles an invoice.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AllocationBody {
    /// The invoice.
    pub(crate) invoice_id: String,
    /// How much.
    #[schema(example = "100.00")]
    pub(crate) amount: String,
}

/// Money a customer paid.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PaymentBody {
    /// The id.
    #[schema(example = "pay_01kare0z0qf8b8rmyh0z0hdrt5")]
    pub(crate) id: String,
    /// Always `in`.
    pub(crate) direction: &'static str,
    /// Always `posted`.
    pub(crate) status: &'static str,
    /// Who paid.
    pub(crate) customer_id: String,
    /// How much.
    #[schema(example = "100.00")]
    pub(crate) amount: String,
    /// The currency of every amount.
    #[schema(example = "SAR")]
    pub(crate) currency: &'static str,
    /// When it was paid.
    #[schema(example = "2026-11-23")]
    pub(crate) payment_date: String,
    /// How.
    #[schema(example = "bank_transfer")]
    pub(crate) method: &'static str,
    /// What for.
    pub(crate) allocations: Vec<AllocationBody>,
    /// What is left as the customer's credit.
    #[schema(example = "0.00")]
    pub(crate) unallocated: String,
    /// When it was recorded.
    pub(crate) created_at: String,
    /// How often it was saved.
    pub(crate) version: u32,
}

impl From<&Payment> for PaymentBody {
    fn from(payment: &Payment) -> Self {
        let allocations = payment.allocations().iter().map(|part| AllocationBody {
            invoice_id: part.invoice.to_string(),
            amount: part.amount.amount(),
        });
        Self {
            id: payment.id().to_string(),
            direction: "in",
            status: "posted",
            customer_id: payment.customer().to_string(),
            amount: payment.amount().amount(),
            currency: payment.amount().currency().code(),
            payment_date: payment.payment_date().to_string(),
            method: payment.method().code(),
            allocations: allocations.collect(),
            unallocated: payment.unallocated().amount(),
            created_at: payment.created_at().to_string(),
            version: payment.version().number(),
        }
    }
}
