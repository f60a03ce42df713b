//! `POST /roles` and `PUT /roles/{id}`: making a role, and saying anew what it allows.

use actix_web::{HttpResponse, post, put, web};
use gaara_application::App;
use gaara_application::identity::{ChangeRole, CreateRole};
use gaara_identity::{AssignableRole, Permission, RoleCode};
use gaara_kernel::{BilingualText, RoleId, Version};
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;
use validator::Validate;

use super::roles::role_problem;
use crate::caller::{Caller, PathId};
use crate::headers::{Idempotency, IfMatch};
use crate::json::{Body, Check, Field, FieldFault, FromJson};
use crate::problem::Problem;
use crate::reply::{changed, created, respond};
use crate::views::{BilingualBody, RoleBody};

/// The permissions of a role.
#[derive(Debug)]
struct PermissionList(Vec<Permission>);

impl FromJson for PermissionList {
    fn from_json(value: &Value) -> Result<Self, FieldFault> {
        let Value::Array(items) = value else { return Err(FieldFault::wrong_type("array")) };
        let read = |(index, item): (usize, &Value)| {
            Permission::from_json(item).map_err(|fault| fault.within(&format!("/{index}")))
        };
        items.iter().enumerate().map(read).collect::<Result<_, _>>().map(Self)
    }
}

/// A role as it is made.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct CreateRoleRequest {
    /// An id of your own; a new one when absent.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    id: Field<RoleId>,
    /// The code that users name it by: 2 to 40 of `a-z 0-9 _`, beginning with a letter; unique,
    /// and it never changes.
    #[schema(value_type = String, required = true, example = "cashier")]
    #[serde(default)]
    code: Field<RoleCode>,
    /// The name.
    #[schema(value_type = BilingualBody, required = true)]
    #[serde(default)]
    name: Field<BilingualText>,
    /// What it allows, out of `GET /permissions`; nothing that you may not do yourself.
    #[schema(value_type = Vec<String>, required = true, example = json!(["invoices.issue"]))]
    #[serde(default)]
    permissions: Field<PermissionList>,
}

impl CreateRoleRequest {
    fn read(self, check: &mut Check) -> Option<CreateRole> {
        let id = check.optional("/id", self.id);
        let code = check.required("/code", self.code);
        let name = check.required("/name", self.name);
        let permissions = check.required("/permissions", self.permissions);
        Some(CreateRole { id: id?, code: code?, name: name?, permissions: permissions?.0 })
    }
}

/// A role as it is to be; its code stays.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct ChangeRoleRequest {
    /// The name.
    #[schema(value_type = BilingualBody, required = true)]
    #[serde(default)]
    name: Field<BilingualText>,
    /// What it allows, out of `GET /permissions`; nothing that you may not do yourself.
    #[schema(value_type = Vec<String>, required = true, example = json!(["invoices.issue"]))]
    #[serde(default)]
    permissions: Field<PermissionList>,
}

impl ChangeRoleRequest {
    fn read(self, check: &mut Check, id: RoleId, expected: Version) -> Option<ChangeRole> {
        let name = check.required("/name", self.name);
        let permissions = check.required("/permissions", self.permissions);
        Some(ChangeRole { id, expected, name: name?, permissions: permissions?.0 })
    }
}

/// Makes a role.
#[utoipa::path(
    tag = "Roles",
    operation_id = "createRole",
    request_body = CreateRoleRequest,
    responses((status = 201, description = "Made", body = RoleBody)),
)]
#[post("/roles")]
pub(crate) async fn create_role(
    app: web::Data<App>,
    caller: Caller,
    idempotency: Idempotency,
    body: Body<CreateRoleRequest>,
) -> Result<HttpResponse, Problem> {
    let once = idempotency.once(&caller.actor, body.raw());
    let use_case = body.read(CreateRoleRequest::read)?;
    let render = |role: &AssignableRole| {
        let body = RoleBody::new(role, caller.language);
        created(format!("/api/v1/roles/{}", role.id), role.version, &body)
    };
    respond(&app, &caller.actor, once, &use_case, render, role_problem).await
}

/// Puts name and permissions in the place of those before. They count at once for whoever has the
/// role. `If-Match` names the version the change was made on.
#[utoipa::path(
    tag = "Roles",
    operation_id = "changeRole",
    params(("id" = String, Path, description = "The role's id")),
    request_body = ChangeRoleRequest,
    responses((status = 200, description = "Changed", body = RoleBody)),
)]
#[put("/roles/{id}")]
pub(crate) async fn change_role(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<RoleId>,
    expected: IfMatch,
    body: Body<ChangeRoleRequest>,
) -> Result<HttpResponse, Problem> {
    let use_case = body.read(|request, check| request.read(check, id.0, expected.0))?;
    let render = |(_, after): &(AssignableRole, AssignableRole)| {
        changed(after.version, &RoleBody::new(after, caller.language))
    };
    respond(&app, &caller.actor, None, &use_case, render, role_problem).await
}
