//! `POST /payments`: recording money that came in or went out.

use actix_web::{HttpResponse, post, web};
use gaara_application::App;
use gaara_application::invoicing::{RecordPayment, RecordPaymentError, WrittenAllocation};
use gaara_invoicing::{
    Direction, DocumentType, ExchangeRate, PartyId, Payment, PaymentError, PaymentMethod,
};
use gaara_kernel::{Currency, CustomerId, Date, DocumentId, InvoiceId, PaymentId, SupplierId};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use super::problem::{period_problem, settle_problem};
use crate::caller::Caller;
use crate::code::Code;
use crate::headers::Idempotency;
use crate::json::{Body, Check, DecimalText, Field, List, NoteText};
use crate::problem::{FieldProblem, Problem};
use crate::reply::{created, respond};
use crate::routes::exchange_rates::rate_problem;
use crate::views::PaymentBody;

/// A part of the payment that settles an invoice.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct AllocationRequest {
    /// The invoice, or the credit note whose rest is paid back.
    #[schema(value_type = String, required = true)]
    #[serde(default)]
    invoice_id: Field<DocumentId>,
    /// How much.
    #[schema(value_type = String, required = true, example = "100.00")]
    #[serde(default)]
    amount: Field<DecimalText>,
}

impl AllocationRequest {
    pub(super) fn read(
        self,
        check: &mut Check,
        currency: Option<Currency>,
        settles: Option<DocumentType>,
    ) -> Option<WrittenAllocation> {
        let invoice = read_document(check, self.invoice_id, settles);
        let amount = check.money("/amount", self.amount, currency);
        Some(WrittenAllocation { invoice: invoice?, amount: amount? })
    }
}

/// A document that a payment settles, which is of the kind that such money settles.
pub(super) fn read_document(
    check: &mut Check,
    id: Field<DocumentId>,
    settles: Option<DocumentType>,
) -> Option<InvoiceId> {
    let id = check.required("/invoice_id", id)?;
    if settles.is_some_and(|settles| settles != kind_of(id)) {
        check.fault(FieldProblem::new("/invoice_id", Code::PaymentMismatch));
        return None;
    }
    Some(id.key())
}

const fn kind_of(id: DocumentId) -> DocumentType {
    match id {
        DocumentId::Invoice(_) => DocumentType::Invoice,
        DocumentId::CreditNote(_) => DocumentType::CreditNote,
    }
}

/// A payment as it is recorded.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct RecordPaymentRequest {
    /// An id of your own; a new one when absent.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    id: Field<PaymentId>,
    /// `in` when it came in, `out` when it went out; a customer pays in and a supplier is paid out
    /// when absent.
    #[schema(value_type = Option<String>, example = "in")]
    #[serde(default)]
    direction: Field<Direction>,
    /// The customer who paid or is paid back; this or `supplier_id`.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    customer_id: Field<CustomerId>,
    /// The supplier who was paid or pays back; this or `customer_id`.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    supplier_id: Field<SupplierId>,
    /// How much.
    #[schema(value_type = String, required = true, example = "100.00")]
    #[serde(default)]
    amount: Field<DecimalText>,
    /// The currency of every amount: ISO 4217.
    #[schema(value_type = String, required = true, example = "SAR")]
    #[serde(default)]
    currency: Field<Currency>,
    /// How much of the books' currency one unit is; the rate of the day when absent.
    #[schema(value_type = Option<String>, example = "3.75")]
    #[serde(default)]
    rate: Field<ExchangeRate>,
    /// When it was paid; today when absent.
    #[schema(value_type = Option<String>, example = "2026-11-23")]
    #[serde(default)]
    payment_date: Field<Date>,
    /// `cash`, `bank_transfer`, `card`, `cheque` or `other`.
    #[schema(value_type = String, required = true, example = "bank_transfer")]
    #[serde(default)]
    method: Field<PaymentMethod>,
    /// What the bank or the other side calls it.
    #[schema(value_type = Option<String>, example = "TRX-778")]
    #[serde(default)]
    reference: Field<String>,
    /// What people note beside it.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    note: Field<NoteText>,
    /// What for: 1,000 invoices at most.
    #[schema(value_type = Option<Vec<AllocationRequest>>)]
    #[validate(length(max = 1_000), nested)]
    #[serde(default)]
    allocations: List<AllocationRequest>,
}

impl RecordPaymentRequest {
    fn read(self, check: &mut Check) -> Option<RecordPayment> {
        let id = check.optional("/id", self.id);
        let direction = check.optional("/direction", self.direction);
        let customer = check.optional("/customer_id", self.customer_id);
        let supplier = check.optional("/supplier_id", self.supplier_id);
        let party = party(check, customer.zip(supplier));
        let currency = check.required("/currency", self.currency);
        let amount = check.money("/amount", self.amount, currency);
        let rate = check.optional("/rate", self.rate);
        let payment_date = check.optional("/payment_date", self.payment_date);
        let method = check.required("/method", self.method);
        let reference = check.optional("/reference", self.reference);
        let note = check.optional("/note", self.note);
        let direction = direction
            .zip(party)
            .map(|(wished, party)| wished.unwrap_or_else(|| RecordPayment::usual_direction(party)));
        let settles = direction.zip(party).map(|(direction, party)| party.settled_by(direction));
        let allocations =
            check.each("/allocations", self.allocations, |part: AllocationRequest, check| {
                part.read(check, currency, settles)
            });
        let usual = RecordPayment::new(party?, amount?, method?);
        Some(RecordPayment {
            id: id?,
            direction: direction?,
            rate: rate?,
            payment_date: payment_date?,
            reference: reference?,
            note: note?.map(NoteText::into_text),
            allocations: allocations?,
            ..usual
        })
    }
}

/// The one party that is named.
fn party(
    check: &mut Check,
    named: Option<(Option<CustomerId>, Option<SupplierId>)>,
) -> Option<PartyId> {
    match named? {
        (Some(customer), None) => Some(PartyId::Customer(customer)),
        (None, Some(supplier)) => Some(PartyId::Supplier(supplier)),
        (None, None) => {
            check.fault(FieldProblem::new("/customer_id", Code::ValidationRequired));
            None
        }
        (Some(_), Some(_)) => {
            check.fault(FieldProblem::new("/supplier_id", Code::ValidationRepeated));
            None
        }
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
    let problem = |error| problem(error, &use_case);
    respond(&app, &caller.actor, once, &use_case, render, problem).await
}

fn problem(error: RecordPaymentError, payment: &RecordPayment) -> Problem {
    let at = |pointer: &str, code| Problem::at(FieldProblem::new(pointer, code));
    match error {
        RecordPaymentError::NotSetUp => Problem::new(Code::SetupRequired),
        RecordPaymentError::UnknownParty => match payment.party {
            PartyId::Customer(_) => at("/customer_id", Code::ValidationReference),
            PartyId::Supplier(_) => at("/supplier_id", Code::ValidationReference),
        },
        RecordPaymentError::DateInFuture { today } => Problem::at(
            FieldProblem::new("/payment_date", Code::PaymentDateInFuture).param("today", today),
        ),
        RecordPaymentError::Period(error) => period_problem(error),
        RecordPaymentError::RateMissing(error) => rate_problem(error),
        RecordPaymentError::BaseCurrency { currency } => Problem::at(
            FieldProblem::new("/rate", Code::ExchangeBaseCurrency).param("currency", currency),
        ),
        RecordPaymentError::Payment(PaymentError::NotPositive) => {
            at("/amount", Code::ValidationPositive)
        }
        RecordPaymentError::Payment(PaymentError::OutOfRange) => {
            at("/amount", Code::ExchangeTooLarge)
        }
        RecordPaymentError::Settle(error) => {
            settle_problem(error, &payment.allocations, |index| format!("/allocations/{index}"))
        }
        RecordPaymentError::Store(error) => error.into(),
    }
}
