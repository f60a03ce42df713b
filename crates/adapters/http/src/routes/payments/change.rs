//! `PATCH /payments/{id}`: changing what people note on a payment.

use actix_web::{HttpResponse, patch, web};
use gaara_application::App;
use gaara_application::invoicing::{ChangePayment, ChangePaymentError};
use gaara_invoicing::Payment;
use gaara_kernel::{PaymentId, Version};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use crate::caller::{Caller, PathId};
use crate::code::Code;
use crate::headers::IfMatch;
use crate::json::{Body, Check, Field, NoteText};
use crate::problem::Problem;
use crate::reply::{changed, respond};
use crate::views::PaymentBody;

/// What changes; what is absent stays (RFC 7396). Everything but reference and note is refused
/// with `payment.immutable`.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct ChangePaymentRequest {
    /// What the bank or the other side calls it.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    reference: Field<String>,
    /// What people note beside it.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    note: Field<NoteText>,
    /// Never changes.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    direction: Field<String>,
    /// Never changes.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    customer_id: Field<String>,
    /// Never changes.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    supplier_id: Field<String>,
    /// Never changes.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    amount: Field<String>,
    /// Never changes.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    currency: Field<String>,
    /// Never changes.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    rate: Field<String>,
    /// Never changes.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    payment_date: Field<String>,
    /// Never changes.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    method: Field<String>,
}

impl ChangePaymentRequest {
    fn read(self, check: &mut Check, id: PaymentId, expected: Version) -> Option<ChangePayment> {
        let fixed = [
            &self.direction,
            &self.customer_id,
            &self.supplier_id,
            &self.amount,
            &self.currency,
            &self.rate,
            &self.payment_date,
            &self.method,
        ];
        let changes_rest = fixed.into_iter().any(|field| !matches!(field, Field::Missing));
        let reference = check.patch("/reference", self.reference);
        let note = check.patch("/note", self.note);
        Some(ChangePayment {
            id,
            expected,
            reference: reference?.into_option(),
            note: note?.into_option().map(|note| note.map(NoteText::into_text)),
            changes_rest,
        })
    }
}

/// Changes reference and note. `If-Match` names the version the change was made on.
#[utoipa::path(
    tag = "Payments",
    operation_id = "changePayment",
    params(("id" = String, Path, description = "The payment's id")),
    request_body(content = ChangePaymentRequest, content_type = "application/merge-patch+json"),
    responses((status = 200, description = "Changed", body = PaymentBody)),
)]
#[patch("/payments/{id}")]
pub(crate) async fn change_payment(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<PaymentId>,
    expected: IfMatch,
    body: Body<ChangePaymentRequest>,
) -> Result<HttpResponse, Problem> {
    let use_case = body.read(|request, check| request.read(check, id.0, expected.0))?;
    let render =
        |(_, after): &(Payment, Payment)| changed(after.version(), &PaymentBody::from(after));
    respond(&app, &caller.actor, None, &use_case, render, problem).await
}

fn problem(error: ChangePaymentError) -> Problem {
    match error {
        ChangePaymentError::NotFound => Problem::not_found(),
        ChangePaymentError::Stale { current } => Problem::stale(current),
        ChangePaymentError::Void => Problem::new(Code::PaymentVoid),
        ChangePaymentError::Immutable => Problem::new(Code::PaymentImmutable),
        ChangePaymentError::Store(error) => error.into(),
    }
}
