//! `PATCH /customers/{id}`: changing a customer.

use actix_web::{HttpResponse, patch, web};
use gaara_application::App;
use gaara_application::invoicing::{ChangeCustomer, ChangeCustomerError};
use gaara_invoicing::Customer;
use gaara_kernel::CustomerId;

use super::change::ChangePartyRequest;
use super::details::party_problem;
use crate::caller::{Caller, PathId};
use crate::code::Code;
use crate::headers::IfMatch;
use crate::json::Body;
use crate::problem::{FieldProblem, Problem};
use crate::reply::{changed, respond};
use crate::views::CustomerBody;

/// Changes a customer. `If-Match` names the version the change was made on.
#[utoipa::path(
    tag = "Customers",
    operation_id = "changeCustomer",
    params(("id" = String, Path, description = "The customer's id")),
    request_body(content = ChangePartyRequest, content_type = "application/merge-patch+json"),
    responses((status = 200, description = "Changed", body = CustomerBody)),
)]
#[patch("/customers/{id}")]
pub(crate) async fn change_customer(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<CustomerId>,
    expected: IfMatch,
    body: Body<ChangePartyRequest>,
) -> Result<HttpResponse, Problem> {
    let change = body.read(ChangePartyRequest::read)?;
    let use_case = ChangeCustomer { id: id.0, expected: expected.0, change };
    let render = |(_, after): &(Customer, Customer)| {
        changed(after.version, &CustomerBody::new(after, caller.language))
    };
    respond(&app, &caller.actor, None, &use_case, render, problem).await
}

fn problem(error: ChangeCustomerError) -> Problem {
    match error {
        ChangeCustomerError::NotFound => Problem::not_found(),
        ChangeCustomerError::Stale { current } => Problem::stale(current),
        ChangeCustomerError::Party(error) => party_problem(error),
        ChangeCustomerError::CurrencyInUse(_) => {
            Problem::at(FieldProblem::new("/currency", Code::ResourceInUse))
        }
        ChangeCustomerError::Store(error) => error.into(),
    }
}
