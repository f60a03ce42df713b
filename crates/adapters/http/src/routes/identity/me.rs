//! `GET /me`: who asks.

use actix_web::{HttpResponse, get, web};
use gaara_application::App;
use gaara_application::identity::FindMe;

use crate::caller::Caller;
use crate::headers::IfNoneMatch;
use crate::problem::Problem;
use crate::reply::{ask, found};
use crate::views::UserBody;

/// Shows the user who asks.
#[utoipa::path(
    tag = "Me",
    operation_id = "getMe",
    responses((status = 200, description = "You", body = UserBody)),
)]
#[get("/me")]
pub(crate) async fn get_me(
    app: web::Data<App>,
    caller: Caller,
    known: IfNoneMatch,
) -> Result<HttpResponse, Problem> {
    let user = ask(&app, &caller.actor, &FindMe).await?.ok_or_else(Problem::not_found)?;
    Ok(found(&known, user.version, &UserBody::from(&user)))
}
