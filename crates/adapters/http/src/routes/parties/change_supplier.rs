//! `PATCH /suppliers/{id}`: changing a supplier.

use actix_web::{HttpResponse, patch, web};
use gaara_application::App;
use gaara_application::inventory::{ChangeSupplier, ChangeSupplierError};
use gaara_inventory::Supplier;
use gaara_kernel::SupplierId;

use super::change::ChangePartyRequest;
use super::details::party_problem;
use crate::caller::{Caller, PathId};
use crate::headers::IfMatch;
use crate::json::Body;
use crate::problem::Problem;
use crate::reply::{changed, respond};
use crate::views::SupplierBody;

/// Changes a supplier. `If-Match` names the version the change was made on.
#[utoipa::path(
    tag = "Suppliers",
    operation_id = "changeSupplier",
    params(("id" = String, Path, description = "The supplier's id")),
    request_body(content = ChangePartyRequest, content_type = "application/merge-patch+json"),
    responses((status = 200, description = "Changed", body = SupplierBody)),
)]
#[patch("/suppliers/{id}")]
pub(crate) async fn change_supplier(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<SupplierId>,
    expected: IfMatch,
    body: Body<ChangePartyRequest>,
) -> Result<HttpResponse, Problem> {
    let change = body.read(ChangePartyRequest::read)?;
    let use_case = ChangeSupplier { id: id.0, expected: expected.0, change };
    let render = |(_, after): &(Supplier, Supplier)| {
        changed(after.version, &SupplierBody::new(after, caller.language))
    };
    respond(&app, &caller.actor, None, &use_case, render, problem).await
}

fn problem(error: ChangeSupplierError) -> Problem {
    match error {
        ChangeSupplierError::NotFound => Problem::not_found(),
        ChangeSupplierError::Stale { current } => Problem::stale(current),
        ChangeSupplierError::Party(error) => party_problem(error),
        ChangeSupplierError::Store(error) => error.into(),
    }
}
