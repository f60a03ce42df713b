//! `GET /customers` and `GET /customers/{id}`.

use actix_web::{HttpResponse, get, web};
use gaara_application::App;
use gaara_application::invoicing::{FindCustomer, ListCustomers};
use gaara_invoicing::{CustomerFilter, CustomerSort};
use gaara_kernel::{CustomerId, Direction, Sort};

use crate::caller::{Caller, PathId};
use crate::code::Code;
use crate::headers::IfNoneMatch;
use crate::json::{FieldFault, FromText};
use crate::problem::{FieldProblem, Problem};
use crate::query::{ListParams, ListQuery, PageBody};
use crate::reply::{ask, found};
use crate::routes::archiving::take_archived;
use crate::views::CustomerBody;

/// Whether a customer is in use.
enum PartyStatus {
    Active,
    Archived,
}

impl FromText for PartyStatus {
    fn from_text(text: &str) -> Result<Self, FieldFault> {
        match text {
            "active" => Ok(Self::Active),
            "archived" => Ok(Self::Archived),
            _ => {
                let fault = FieldProblem::new("", Code::ValidationChoice);
                Err(fault.param("choices", "active, archived").into())
            }
        }
    }
}

/// The filters `status` and `archived`, which say the same; the first one wins.
fn take_status(params: &mut ListParams) -> Option<bool> {
    let archived = take_archived(params);
    let statuses: Vec<PartyStatus> = params.take_many("status");
    match statuses.as_slice() {
        [] => archived,
        all if all.iter().all(|status| matches!(status, PartyStatus::Active)) => Some(false),
        all if all.iter().all(|status| matches!(status, PartyStatus::Archived)) => Some(true),
        _ => None,
    }
}

/// Lists customers.
#[utoipa::path(
    tag = "Customers",
    operation_id = "listCustomers",
    params(
        ListQuery,
        ("email" = Option<String>, Query, description = "Only the customer with this address"),
        ("status" = Option<Vec<String>>, Query, description = "Only `active` or `archived` ones"),
        (
            "archived" = Option<String>,
            Query,
            description = "`false` leaves archived ones out, `true` lists them alone, `any` both"
        ),
        ("updated_since" = Option<String>, Query, description = "Only saved since this instant"),
        ("q" = Option<String>, Query, description = "Words, each of which begins one of the name, the tax number or the address"),
    ),
    responses((status = 200, description = "Customers", body = PageBody<CustomerBody>)),
)]
#[get("/customers")]
pub(crate) async fn list_customers(
    app: web::Data<App>,
    caller: Caller,
    mut params: ListParams,
) -> Result<HttpResponse, Problem> {
    let filter = CustomerFilter {
        email: params.take_one("email"),
        archived: take_status(&mut params),
        updated_since: params.take_one("updated_since"),
        query: params.take_one("q"),
    };
    let list = params.finish(Sort::by(CustomerSort::CreatedAt, Direction::Descending))?;
    let rows = ask(&app, &caller.actor, &ListCustomers { filter, page: list.page() }).await?;
    Ok(list.reply(rows.map(|customer| CustomerBody::new(&customer, caller.language))))
}

/// Shows a customer.
#[utoipa::path(
    tag = "Customers",
    operation_id = "getCustomer",
    params(("id" = String, Path, description = "The customer's id")),
    responses((status = 200, description = "The customer", body = CustomerBody)),
)]
#[get("/customers/{id}")]
pub(crate) async fn get_customer(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<CustomerId>,
    known: IfNoneMatch,
) -> Result<HttpResponse, Problem> {
    let customer = ask(&app, &caller.actor, &FindCustomer { id: id.0 }).await?;
    let customer = customer.ok_or_else(Problem::not_found)?;
    Ok(found(&known, customer.version, &CustomerBody::new(&customer, caller.language)))
}
