//! `DELETE /invoices/{id}`: removing a draft, which leaves no gap: it has no number.

use actix_web::{HttpResponse, delete, web};
use gaara_application::App;
use gaara_application::invoicing::{RemoveInvoice, RemoveInvoiceError};

use super::path::DocumentPath;
use super::state::{Action, state_problem};
use crate::caller::Caller;
use crate::headers::IfMatch;
use crate::problem::Problem;
use crate::reply::{done, respond};

/// Removes a draft. A document that has a number stays on record: 409 `invoice.immutable`.
#[utoipa::path(
    tag = "Invoices",
    operation_id = "deleteInvoice",
    params(("id" = String, Path, description = "The document's id")),
    responses((status = 204, description = "Removed")),
)]
#[delete("/invoices/{id}")]
pub(crate) async fn remove_invoice(
    app: web::Data<App>,
    caller: Caller,
    id: DocumentPath,
    expected: IfMatch,
) -> Result<HttpResponse, Problem> {
    id.find(&app, &caller).await?;
    let use_case = RemoveInvoice { id: id.0.key(), expected: expected.0 };
    let problem = |error| match error {
        RemoveInvoiceError::State(error) => state_problem(error, Action::Remove),
        RemoveInvoiceError::Store(error) => error.into(),
    };
    respond(&app, &caller.actor, None, &use_case, |_| done(), problem).await
}
