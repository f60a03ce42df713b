//! `GET /api-keys`, `GET /api-keys/{id}` and `DELETE /api-keys/{id}`.

use actix_web::{HttpResponse, delete, get, web};
use gaara_application::App;
use gaara_application::identity::{FindApiKey, ListApiKeys, RemoveApiKey};
use gaara_identity::ApiKeySort;
use gaara_kernel::{ApiKeyId, Direction, Sort};

use super::key_problem;
use crate::caller::{Caller, PathId};
use crate::problem::Problem;
use crate::query::{ListParams, ListQuery, PageBody};
use crate::reply::{ask, done, respond, shown};
use crate::views::ApiKeyBody;

/// Lists the keys of programs.
#[utoipa::path(
    tag = "API keys",
    operation_id = "listApiKeys",
    params(ListQuery),
    responses((status = 200, description = "Keys", body = PageBody<ApiKeyBody>)),
)]
#[get("/api-keys")]
pub(crate) async fn list_api_keys(
    app: web::Data<App>,
    caller: Caller,
    params: ListParams,
) -> Result<HttpResponse, Problem> {
    let list = params.finish(Sort::by(ApiKeySort::Name, Direction::Ascending))?;
    let keys = ask(&app, &caller.actor, &ListApiKeys { page: list.page() }).await?;
    Ok(list.reply(keys.map(|key| ApiKeyBody::from(&key))))
}

/// Shows a key, but not its text.
#[utoipa::path(
    tag = "API keys",
    operation_id = "getApiKey",
    params(("id" = String, Path, description = "The key's id")),
    responses((status = 200, description = "The key", body = ApiKeyBody)),
)]
#[get("/api-keys/{id}")]
pub(crate) async fn get_api_key(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<ApiKeyId>,
) -> Result<HttpResponse, Problem> {
    let key = ask(&app, &caller.actor, &FindApiKey { id: id.0 }).await?;
    Ok(shown(&ApiKeyBody::from(&key.ok_or_else(Problem::not_found)?)))
}

/// Takes a key away; it stops working with the next request.
#[utoipa::path(
    tag = "API keys",
    operation_id = "removeApiKey",
    params(("id" = String, Path, description = "The key's id")),
    responses((status = 204, description = "Taken away")),
)]
#[delete("/api-keys/{id}")]
pub(crate) async fn remove_api_key(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<ApiKeyId>,
) -> Result<HttpResponse, Problem> {
    respond(&app, &caller.actor, None, &RemoveApiKey { id: id.0 }, |()| done(), key_problem).await
}
