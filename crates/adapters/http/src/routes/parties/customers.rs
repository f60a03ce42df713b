//! `GET /customers` and `GET /customers/{id}`.

use actix_web::{HttpResponse, get, web};
use gaara_application::App;
use gaara_application::invoicing::{FindCustomer, ListCustomers};
use gaara_invoicing::{CustomerFilter, CustomerSort};
use gaara_kernel::{CustomerId, Direction, Sort};

use crate::caller::{Caller, PathId};
use crate::headers::IfNoneMatch;
use crate::problem::Problem;
use crate::query::{ListParams, ListQuery, PageBody};
use crate::reply::{ask, found};
use crate::views::CustomerBody;

/// Lists customers.
#[utoipa::path(
    tag = "Customers",
    operation_id = "listCustomers",
    params(
        ListQuery,
        ("email" = Option<String>, Query, description = "Only the customer with this address"),
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
