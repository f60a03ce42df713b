//! `GET /organization`.

use actix_web::{HttpResponse, get, web};
use gaara_application::App;
use gaara_application::identity::GetOrganization;

use crate::caller::Caller;
use crate::headers::IfNoneMatch;
use crate::problem::Problem;
use crate::reply::{ask, found};
use crate::views::OrganizationBody;

/// Shows the organisation.
#[utoipa::path(
    tag = "Organization",
    operation_id = "getOrganization",
    responses((status = 200, description = "The organisation", body = OrganizationBody)),
)]
#[get("/organization")]
pub(crate) async fn get_organization(
    app: web::Data<App>,
    caller: Caller,
    known: IfNoneMatch,
) -> Result<HttpResponse, Problem> {
    let organization = ask(&app, &caller.actor, &GetOrganization {}).await?;
    let organization = organization.ok_or_else(Problem::not_found)?;
    let body = OrganizationBody::new(&organization, caller.language);
    Ok(found(&known, organization.version, &body))
}
