//! `GET /users` and `GET /users/{id}`.

use actix_web::{HttpResponse, get, web};
use gaara_application::App;
use gaara_application::identity::{FindUser, ListUsers};
use gaara_identity::{Permission, UserSort};
use gaara_kernel::{Direction, Sort, UserId};

use crate::caller::{Caller, PathId};
use crate::code::Code;
use crate::headers::IfNoneMatch;
use crate::problem::{FieldProblem, Problem};
use crate::query::{ListParams, ListQuery, PageBody};
use crate::reply::{ask, found};
use crate::views::UserBody;

/// Something that the caller may not do, and so cannot give to anybody.
pub(super) fn beyond_own(permission: Permission) -> Problem {
    Problem::new(Code::AuthzDenied).param("permission", permission.code())
}

/// A role that does not exist.
pub(super) fn unknown_role() -> Problem {
    Problem::at(FieldProblem::new("/role", Code::ValidationReference))
}

/// Lists users.
#[utoipa::path(
    tag = "Users",
    operation_id = "listUsers",
    params(ListQuery),
    responses((status = 200, description = "Users", body = PageBody<UserBody>)),
)]
#[get("/users")]
pub(crate) async fn list_users(
    app: web::Data<App>,
    caller: Caller,
    params: ListParams,
) -> Result<HttpResponse, Problem> {
    let list = params.finish(Sort::by(UserSort::Username, Direction::Ascending))?;
    let users = ask(&app, &caller.actor, &ListUsers { page: list.page() }).await?;
    Ok(list.reply(users.map(|user| UserBody::from(&user))))
}

/// Shows a user.
#[utoipa::path(
    tag = "Users",
    operation_id = "getUser",
    params(("id" = String, Path, description = "The user's id")),
    responses((status = 200, description = "The user", body = UserBody)),
)]
#[get("/users/{id}")]
pub(crate) async fn get_user(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<UserId>,
    known: IfNoneMatch,
) -> Result<HttpResponse, Problem> {
    let user = ask(&app, &caller.actor, &FindUser { id: id.0 }).await?;
    let user = user.ok_or_else(Problem::not_found)?;
    Ok(found(&known, user.version, &UserBody::from(&user)))
}
