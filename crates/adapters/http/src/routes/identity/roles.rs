//! `/roles` and `/permissions`.

use actix_web::{HttpResponse, delete, get, web};
use gaara_application::App;
use gaara_application::identity::{FindRole, ListPermissions, ListRoles, RemoveRole, RoleError};
use gaara_identity::{Permission, Role, RoleSort};
use gaara_kernel::{Direction, RoleId, Sort};
use serde::Serialize;
use utoipa::ToSchema;

use super::users::beyond_own;
use crate::caller::{Caller, PathId};
use crate::code::Code;
use crate::headers::{IfMatch, IfNoneMatch};
use crate::problem::{FieldProblem, Problem};
use crate::query::{ListParams, ListQuery, PageBody};
use crate::reply::{ask, done, found, respond, shown};
use crate::views::RoleBody;

/// Something that a role may allow.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PermissionBody {
    /// Its name.
    #[schema(example = "invoices.issue")]
    code: &'static str,
    /// The built-in roles that allow it.
    #[schema(example = json!(["admin", "accountant", "sales"]))]
    built_in_roles: Vec<&'static str>,
}

impl From<Permission> for PermissionBody {
    fn from(permission: Permission) -> Self {
        let roles = Role::ALL.into_iter().filter(|role| role.permissions().allow(permission));
        Self { code: permission.code(), built_in_roles: roles.map(Role::code).collect() }
    }
}

/// Everything that a role may allow.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PermissionsBody {
    /// The permissions.
    data: Vec<PermissionBody>,
}

/// Why a role was not made, changed or removed.
pub(super) fn role_problem(error: RoleError) -> Problem {
    match error {
        RoleError::NotFound => Problem::not_found(),
        RoleError::Stale { current } => Problem::stale(current),
        RoleError::BuiltIn => Problem::new(Code::RoleBuiltIn),
        RoleError::InUse => Problem::new(Code::ResourceInUse),
        RoleError::NotGrantable(_) => {
            Problem::at(FieldProblem::new("/permissions", Code::ValidationReference))
        }
        RoleError::BeyondOwn(permission) => beyond_own(permission),
        RoleError::Store(error) => error.into(),
    }
}

/// Lists roles.
#[utoipa::path(
    tag = "Roles",
    operation_id = "listRoles",
    params(ListQuery),
    responses((status = 200, description = "Roles", body = PageBody<RoleBody>)),
)]
#[get("/roles")]
pub(crate) async fn list_roles(
    app: web::Data<App>,
    caller: Caller,
    params: ListParams,
) -> Result<HttpResponse, Problem> {
    let list = params.finish(Sort::by(RoleSort::Code, Direction::Ascending))?;
    let roles = ask(&app, &caller.actor, &ListRoles { page: list.page() }).await?;
    Ok(list.reply(roles.map(|role| RoleBody::new(&role, caller.language))))
}

/// Shows a role.
#[utoipa::path(
    tag = "Roles",
    operation_id = "getRole",
    params(("id" = String, Path, description = "The role's id")),
    responses((status = 200, description = "The role", body = RoleBody)),
)]
#[get("/roles/{id}")]
pub(crate) async fn get_role(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<RoleId>,
    known: IfNoneMatch,
) -> Result<HttpResponse, Problem> {
    let role = ask(&app, &caller.actor, &FindRole { id: id.0 }).await?;
    let role = role.ok_or_else(Problem::not_found)?;
    Ok(found(&known, role.version, &RoleBody::new(&role, caller.language)))
}

/// Removes a role that no user has.
#[utoipa::path(
    tag = "Roles",
    operation_id = "removeRole",
    params(("id" = String, Path, description = "The role's id")),
    responses((status = 204, description = "Removed")),
)]
#[delete("/roles/{id}")]
pub(crate) async fn remove_role(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<RoleId>,
    expected: IfMatch,
) -> Result<HttpResponse, Problem> {
    let use_case = RemoveRole { id: id.0, expected: expected.0 };
    respond(&app, &caller.actor, None, &use_case, |()| done(), role_problem).await
}

/// Lists everything that a role may allow.
#[utoipa::path(
    tag = "Roles",
    operation_id = "listPermissions",
    responses((status = 200, description = "Permissions", body = PermissionsBody)),
)]
#[get("/permissions")]
pub(crate) async fn list_permissions(
    app: web::Data<App>,
    caller: Caller,
) -> Result<HttpResponse, Problem> {
    let permissions = ask(&app, &caller.actor, &ListPermissions).await?;
    Ok(shown(&PermissionsBody { data: permissions.into_iter().map(Into::into).collect() }))
}
