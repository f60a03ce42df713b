//! `POST /invoices/{id}/void`: taking back what was issued by mistake.

use actix_web::{HttpResponse, post, web};
use gaara_application::App;
use gaara_application::invoicing::{VoidInvoice, VoidInvoiceError, Voiding};
use gaara_invoicing::Invoice;
use gaara_invoicing::details::Reference;
use gaara_kernel::{InvoiceId, Version};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use super::path::DocumentPath;
use super::state::{Action, state_problem};
use crate::caller::Caller;
use crate::code::Code;
use crate::headers::{Idempotency, OptionalIfMatch};
use crate::json::{Check, Field, OptionalBody};
use crate::problem::Problem;
use crate::reply::{changed, respond};
use crate::routes::stock::reversal_problem;
use crate::views::InvoiceBody;

/// Why it is voided; the body may be left out.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct VoidRequest {
    /// The reason.
    #[schema(value_type = Option<String>, max_length = 500, example = "Issued twice")]
    #[serde(default)]
    reason: Field<Reference>,
}

impl VoidRequest {
    fn read(
        self,
        check: &mut Check,
        id: InvoiceId,
        expected: Option<Version>,
    ) -> Option<VoidInvoice> {
        let reason = check.optional("/reason", self.reason);
        Some(VoidInvoice { id, expected, reason: reason? })
    }
}

/// Voids a document: number and amounts stay, nobody owes it, and its goods go back by a movement
/// of their own.
#[utoipa::path(
    tag = "Invoices",
    operation_id = "voidInvoice",
    params(
        ("id" = String, Path, description = "The document's id"),
        ("If-Match" = Option<String>, Header, description = "The version the decision was made on"),
    ),
    request_body = Option<VoidRequest>,
    responses((status = 200, description = "Voided", body = InvoiceBody)),
)]
#[post("/invoices/{id}/void")]
pub(crate) async fn void_invoice(
    app: web::Data<App>,
    caller: Caller,
    id: DocumentPath,
    expected: OptionalIfMatch,
    idempotency: Idempotency,
    body: OptionalBody<VoidRequest>,
) -> Result<HttpResponse, Problem> {
    id.find(&app, &caller).await?;
    let once = idempotency.once(&caller.actor, body.raw());
    let key = id.0.key();
    let use_case = body.into_body().read(|request, check| request.read(check, key, expected.0))?;
    let render = |voiding: &Voiding| {
        let invoice = Invoice::Void(Box::new(voiding.voided.clone()));
        changed(invoice.version(), &InvoiceBody::from(&invoice))
    };
    respond(&app, &caller.actor, once, &use_case, render, problem).await
}

fn problem(error: VoidInvoiceError) -> Problem {
    match error {
        VoidInvoiceError::NotSetUp => Problem::new(Code::SetupRequired),
        VoidInvoiceError::State(error) => state_problem(error, Action::Other),
        VoidInvoiceError::HasAllocations => Problem::new(Code::InvoiceHasAllocations),
        VoidInvoiceError::HasCreditNotes => Problem::new(Code::InvoiceHasCreditNotes),
        VoidInvoiceError::PeriodLocked { locked_through } => {
            Problem::new(Code::InvoicePeriodLocked).param("locked_through", locked_through)
        }
        VoidInvoiceError::Stock(error) => reversal_problem(*error),
        VoidInvoiceError::Store(error) => error.into(),
    }
}
