//! `POST /payments`: recording money a customer paid.

use actix_web::{HttpResponse, post, web};
use gaara_application::App;
use gaara_application::invoicing::{RecordPayment, RecordPaymentError};
use gaara_invoicing::{Allocation, AllocationError, Payment, PaymentError, PaymentMethod};
use gaara_kernel::{Currency, CustomerId, Date, InvoiceId, PaymentId};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use crate::caller::Caller;
use crate::code::Code;
use crate::headers::Idempotency;
use crate::json::{Body, Check, DecimalText, Field, List};
use crate::problem::{FieldProblem, Problem};
use crate::reply::{created, respond};
use crate::views::PaymentBody;

/// A part of the payment that settles an invoice.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct AllocationRequest {
    /// The invoice.
    #[schema(value_type = String, required = true)]
    #[serde(default)]
    invoice_id: Field<InvoiceId>,
    /// How much.
    #[schema(value_type = String, required = true, example = "100.00")]
    #[serde(default)]
    amount: Field<DecimalText>,
}

impl AllocationRequest {
    fn read(self, check: &mut Check, currency: Option<Currency>) -> Option<Allocation> {
        let invoice = check.required("/invoice_id", self.invoice_id);
        let amount = check.money("/amount", self.amount, currency);
        Some(Allocation { invoice: invoice?, amount: amount? })
    }
}

/// A payment as it is recorded.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct RecordPaymentRequest {
    /// An id of your own; a new one when absent.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    id: Field<PaymentId>,
    /// `in`, the only direction there is yet.
    #[schema(value_type = Option<String>, example = "in")]
    #[serde(default)]
    direction: Field<String>,
    /// Who paid.
    #[schema(value_type = String, required = true)]
    #[serde(default)]
    customer_id: Field<CustomerId>,
    /// How much.
    #[schema(value_type = String, required = true, example = "100.00")]
    #[serde(default)]
    amount: Field<DecimalText>,
    /// The currency of every amount: ISO 4217.
    #[schema(value_type = String, required = true, example = "SAR")]
    #[serde(default)]
    currency: Field<Currency>,
    /// When it was paid; today when absent.
    #[schema(value_type = Option<String>, example = "2026-11-23")]
    #[serde(default)]
    payment_date: Field<Date>,
    /// `cash`, `bank_transfer`, `card`, `cheque` or `other`.
    #[schema(value_type = String, required = true, example = "bank_transfer")]
    #[serde(default)]
    method: Field<PaymentMethod>,
    /// What for: 1,000 invoices at most.
    #[schema(value_type = Option<Vec<AllocationRequest>>)]
    #[validate(length(max = 1_000), nested)]
    #[serde(default)]
    allocations: List<AllocationRequest>,
}

impl RecordPaymentRequest {
    fn read(self, check: &mut Check) -> Option<RecordPayment> {
        if let Some(direction) = check.or_default("/direction", self.direction, "in".to_owned())
            && direction != "in"
        {
            let fault = FieldProblem::new("/direction", Code::ValidationChoice);
            check.fault(fault.param("choices", "in"));
        }
        let id = check.optional("/id", self.id);
        let customer = check.required("/customer_id", self.customer_id);
        let currency = check.required("/currency", self.currency);
        let amount = check.money("/amount", self.amount, currency);
        let payment_date = check.optional("/payment_date", self.payment_date);
        let method = check.required("/method", self.method);
        let allocations =
            check.each("/allocations", self.allocations, |part: AllocationRequest, check| {
                part.read(check, currency)
            });
        Some(RecordPayment {
            id: id?,
            customer: customer?,
            amount: amount?,
            payment_date: payment_date?,
            method: method?,
            allocations: allocations?,
        })
    }
}

/// Records a payment and settles the invoices it names.
#[utoipa::path(
    tag = "Payments",
    operation_id = "createPayment",
    request_body = RecordPaymentRequest,
    responses((status = 201, description = "Recorded", body = PaymentBody)),
)]
#[post("/payments")]
pub(crate) async fn record_payment(
    app: web::Data<App>,
    caller: Caller,
    idempotency: Idempotency,
    body: Body<RecordPaymentRequest>,
) -> Result<HttpResponse, Problem> {
    let once = idempotency.once(&caller.actor, body.raw());
    let use_case = body.read(RecordPaymentRequest::read)?;
    let render = |payment: &Payment| {
        let location = format!("/api/v1/payments/{}", payment.id());
        created(location, payment.version(), &PaymentBody::from(payment))
    };
    let problem = |error| problem(error, &use_case.allocations);
    respond(&app, &caller.actor, once, &use_case, render, problem).await
}

fn problem(error: RecordPaymentError, allocations: &[Allocation]) -> Problem {
    let place = |invoice: InvoiceId| {
        let index = allocations.iter().position(|part| part.invoice == invoice);
        format!("/allocations/{}", index.unwrap_or_default())
    };
    Problem::at(match error {
        RecordPaymentError::NotSetUp => return Problem::new(Code::SetupRequired),
        RecordPaymentError::Mismatch => return Problem::new(Code::PaymentMismatch),
        RecordPaymentError::Store(error) => return error.into(),
        RecordPaymentError::Payment(error) => return payment_problem(error),
        RecordPaymentError::UnknownCustomer => {
            FieldProblem::new("/customer_id", Code::ValidationReference)
        }
        RecordPaymentError::UnknownInvoice { invoice } => {
            FieldProblem::new(place(invoice) + "/invoice_id", Code::ValidationReference)
        }
        RecordPaymentError::NotIssued { invoice } => {
            FieldProblem::new(place(invoice) + "/invoice_id", Code::InvoiceNotIssued)
        }
        RecordPaymentError::Void { invoice } => {
            FieldProblem::new(place(invoice) + "/invoice_id", Code::InvoiceVoid)
        }
        RecordPaymentError::DateInFuture { today } => {
            FieldProblem::new("/payment_date", Code::PaymentDateInFuture).param("today", today)
        }
        RecordPaymentError::Allocation { invoice, error } => match error {
            AllocationError::NotPositive => {
                FieldProblem::new(place(invoice) + "/amount", Code::ValidationPositive)
            }
            AllocationError::CurrencyMismatch { .. } => {
                return Problem::new(Code::PaymentMismatch);
            }
            AllocationError::ExceedsOpen { open } => {
                FieldProblem::new(place(invoice) + "/amount", Code::PaymentExceedsBalance)
                    .param("open", open)
            }
        },
    })
}

fn payment_problem(error: PaymentError) -> Problem {
    match error {
        PaymentError::NotPositive => {
            Problem::at(FieldProblem::new("/amount", Code::ValidationPositive))
        }
        PaymentError::ExceedsAmount { amount } => {
            Problem::new(Code::PaymentExceedsAmount).param("amount", amount)
        }
        PaymentError::Mismatch => Problem::new(Code::PaymentMismatch),
    }
}
