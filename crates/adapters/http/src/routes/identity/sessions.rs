//! `/me/sessions` and `/users/{id}/sessions`.

use actix_web::{HttpResponse, delete, get, web};
use gaara_application::identity::{
    EndOtherSessions, EndSession, EndSessionsError, EndUserSessions, ListMySessions,
    ListUserSessions,
};
use gaara_application::{Actor, App, Principal};
use gaara_identity::LiveSession;
use gaara_kernel::{SessionId, UserId};
use serde::Serialize;
use utoipa::ToSchema;

use super::users::beyond_own;
use crate::caller::{Caller, PathId};
use crate::problem::Problem;
use crate::query::{PageBody, PageInfo};
use crate::reply::{ask, done, respond, shown};

/// One sign-in on one device.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SessionBody {
    /// The id.
    #[schema(example = "ses_01kare0z0qf8b8rmyh0z0hdrt5")]
    id: String,
    /// When it began.
    created_at: String,
    /// When fresh tokens were last given for it.
    last_used_at: String,
    /// When it ends however much it is used.
    expires_at: String,
    /// The network it came from; empty when nobody knows.
    #[schema(example = "192.0.2.0/24")]
    network: String,
    /// The program and its system, as they say themselves; empty when nobody knows.
    #[schema(example = "Firefox, Windows")]
    device: String,
    /// Whether this request came in it.
    current: bool,
}

impl SessionBody {
    fn new(live: LiveSession, actor: &Actor) -> Self {
        let LiveSession { session, origin } = live;
        let current = matches!(
            actor.principal(),
            Principal::User { session: current, .. } if current == session.id
        );
        Self {
            id: session.id.to_string(),
            created_at: session.created_at.to_string(),
            last_used_at: session.last_used_at.to_string(),
            expires_at: session.expires_at.to_string(),
            network: origin.network,
            device: origin.device,
            current,
        }
    }
}

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
) -> Result<HttpResponse, Problem> {
    let sessions = ask(&app, &caller.actor, &ListMySessions).await?;
    Ok(shown(&list(sessions, &caller.actor)))
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
) -> Result<HttpResponse, Problem> {
    let sessions = ask(&app, &caller.actor, &ListUserSessions { user: id.0 }).await?;
    let sessions = sessions.ok_or_else(Problem::not_found)?;
    Ok(shown(&list(sessions, &caller.actor)))
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
