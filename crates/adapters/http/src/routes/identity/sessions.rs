//! `/me/sessions` and `/users/{id}/sessions`.

use actix_web::{HttpResponse, delete, get, web};
use gaara_application::identity::{
    EndOtherSessions, EndSession, EndSessionsError, EndUserSessions, ListMySessions,
    ListUserSessions,
};
use gaara_application::{Actor, App};
use gaara_identity::LiveSession;
use gaara_kernel::{SessionId, UserId};

use super::users::beyond_own;
use crate::caller::{Caller, PathId};
use crate::problem::Problem;
use crate::query::{ListParams, PageBody, PageInfo};
use crate::reply::{ask, done, respond};
use crate::views::SessionBody;

/// The whole list: there are never many.
fn list(sessions: Vec<LiveSession>, actor: &Actor) -> PageBody<SessionBody> {
    let data = sessions.into_iter().map(|live| SessionBody::new(live, actor)).collect();
    PageBody { data, page: PageInfo { next_cursor: None, has_more: false, total: None } }
}

fn problem(error: EndSessionsError) -> Problem {
    match error {
        EndSessionsError::NotFound => Problem::not_found(),
        EndSessionsError::BeyondOwn(permission) => beyond_own(permission),
        EndSessionsError::Store(error) => error.into(),
    }
}

/// Lists your sessions, the latest first.
#[utoipa::path(
    tag = "Me",
    operation_id = "listMySessions",
    responses((status = 200, description = "Your sessions", body = PageBody<SessionBody>)),
)]
#[get("/me/sessions")]
pub(crate) async fn list_my_sessions(
    app: web::Data<App>,
    caller: Caller,
    params: ListParams,
) -> Result<HttpResponse, Problem> {
    let form = params.finish_report()?;
    let sessions = ask(&app, &caller.actor, &ListMySessions).await?;
    Ok(form.report(list(sessions, &caller.actor), |list| list.data))
}

/// Ends one of your sessions.
#[utoipa::path(
    tag = "Me",
    operation_id = "endMySession",
    params(("id" = String, Path, description = "The session's id")),
    responses((status = 204, description = "Ended")),
)]
#[delete("/me/sessions/{id}")]
pub(crate) async fn end_my_session(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<SessionId>,
) -> Result<HttpResponse, Problem> {
    respond(&app, &caller.actor, None, &EndSession { id: id.0 }, |_| done(), problem).await
}

/// Ends all your sessions but this one.
#[utoipa::path(
    tag = "Me",
    operation_id = "endMyOtherSessions",
    responses((status = 204, description = "Ended")),
)]
#[delete("/me/sessions")]
pub(crate) async fn end_my_other_sessions(
    app: web::Data<App>,
    caller: Caller,
) -> Result<HttpResponse, Problem> {
    respond(&app, &caller.actor, None, &EndOtherSessions, |_| done(), problem).await
}

/// Lists the sessions of a user, the latest first.
#[utoipa::path(
    tag = "Users",
    operation_id = "listUserSessions",
    params(("id" = String, Path, description = "The user's id")),
    responses((status = 200, description = "The user's sessions", body = PageBody<SessionBody>)),
)]
#[get("/users/{id}/sessions")]
pub(crate) async fn list_user_sessions(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<UserId>,
    params: ListParams,
) -> Result<HttpResponse, Problem> {
    let form = params.finish_report()?;
    let sessions = ask(&app, &caller.actor, &ListUserSessions { user: id.0 }).await?;
    let sessions = sessions.ok_or_else(Problem::not_found)?;
    Ok(form.report(list(sessions, &caller.actor), |list| list.data))
}

/// Ends every session of a user.
#[utoipa::path(
    tag = "Users",
    operation_id = "endUserSessions",
    params(("id" = String, Path, description = "The user's id")),
    responses((status = 204, description = "Ended")),
)]
#[delete("/users/{id}/sessions")]
pub(crate) async fn end_user_sessions(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<UserId>,
) -> Result<HttpResponse, Problem> {
    respond(&app, &caller.actor, None, &EndUserSessions { user: id.0 }, |_| done(), problem).await
}
