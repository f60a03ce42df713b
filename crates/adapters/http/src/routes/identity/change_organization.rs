//! `PATCH /organization`: its name, and how far its books are closed.

use actix_web::{HttpResponse, patch, web};
use gaara_application::App;
use gaara_application::identity::{ChangeOrganization, ChangeOrganizationError};
use gaara_identity::Organization;
use gaara_kernel::{Date, Version};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use crate::caller::Caller;
use crate::code::Code;
use crate::headers::IfMatch;
use crate::json::{Body, Check, Field, Nested};
use crate::problem::{FieldProblem, Problem};
use crate::reply::{changed, respond};
use crate::routes::name::{NameRequest, name_problem, read_name};
use crate::views::OrganizationBody;

/// What changes; what is absent stays (RFC 7396).
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct ChangeOrganizationRequest {
    /// The name.
    #[schema(value_type = Option<NameRequest>)]
    #[serde(default)]
    name: Nested<NameRequest>,
    /// The last day of the closed period, before today; `null` opens every period. Only who may
    /// reopen periods may set an earlier day than before.
    #[schema(value_type = Option<String>, example = "2026-10-31")]
    #[serde(default)]
    locked_through: Field<Date>,
}

impl ChangeOrganizationRequest {
    fn read(self, check: &mut Check, expected: Version) -> Option<ChangeOrganization> {
        let name = read_name(check, self.name);
        let locked_through = check.patch("/locked_through", self.locked_through);
        Some(ChangeOrganization {
            expected,
            name: name?,
            locked_through: locked_through?.into_option(),
        })
    }
}

/// Changes the organisation. `If-Match` names the version the change was made on.
#[utoipa::path(
    tag = "Organization",
    operation_id = "changeOrganization",
    request_body(
        content = ChangeOrganizationRequest,
        content_type = "application/merge-patch+json",
    ),
    responses((status = 200, description = "Changed", body = OrganizationBody)),
)]
#[patch("/organization")]
pub(crate) async fn change_organization(
    app: web::Data<App>,
    caller: Caller,
    expected: IfMatch,
    body: Body<ChangeOrganizationRequest>,
) -> Result<HttpResponse, Problem> {
    let use_case = body.read(|request, check| request.read(check, expected.0))?;
    let render = |(_, after): &(Organization, Organization)| {
        changed(after.version, &OrganizationBody::new(after, caller.language))
    };
    respond(&app, &caller.actor, None, &use_case, render, problem).await
}

fn problem(error: ChangeOrganizationError) -> Problem {
    let lock = |code| FieldProblem::new("/locked_through", code);
    match error {
        ChangeOrganizationError::NotSetUp => Problem::new(Code::SetupRequired),
        ChangeOrganizationError::Stale { current } => Problem::stale(current),
        ChangeOrganizationError::Name(error) => name_problem(error),
        ChangeOrganizationError::LockTooLate { today } => {
            Problem::at(lock(Code::PeriodLockTooLate).param("today", today))
        }
        ChangeOrganizationError::LockBackward { locked_through } => {
            let fault = lock(Code::PeriodLockBackward);
            Problem::at(fault.param("locked_through", locked_through))
        }
        ChangeOrganizationError::Store(error) => error.into(),
    }
}
