//! `PATCH /me`: changing what one's own account says.

use actix_web::{HttpResponse, patch, web};
use gaara_application::App;
use gaara_application::identity::{ChangeMe, ChangeMeError};
use gaara_identity::{User, Username};
use gaara_kernel::{EmailAddress, Language, Version};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use crate::caller::Caller;
use crate::code::Code;
use crate::headers::IfMatch;
use crate::json::{Body, Check, Field};
use crate::problem::Problem;
use crate::reply::{changed, respond};
use crate::views::UserBody;

/// What changes; what is absent stays (RFC 7396).
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct ChangeMeRequest {
    /// The e-mail address; needs a fresh `POST /auth/reauth`.
    #[schema(value_type = Option<String>, example = "sara@example.com")]
    #[serde(default)]
    email: Field<EmailAddress>,
    /// The user name; needs a fresh `POST /auth/reauth`.
    #[schema(value_type = Option<String>, example = "sara")]
    #[serde(default)]
    username: Field<Username>,
    /// The language of messages: `ar` or `en`.
    #[schema(value_type = Option<String>, example = "ar")]
    #[serde(default)]
    language: Field<Language>,
}

impl ChangeMeRequest {
    fn read(self, check: &mut Check, expected: Version) -> Option<ChangeMe> {
        let email = check.change("/email", self.email);
        let username = check.change("/username", self.username);
        let language = check.change("/language", self.language);
        Some(ChangeMe { expected, email: email?, username: username?, language: language? })
    }
}

/// Changes your name, address and language. `If-Match` names the version the change was made on.
#[utoipa::path(
    tag = "Me",
    operation_id = "changeMe",
    request_body = ChangeMeRequest,
    responses((status = 200, description = "Changed", body = UserBody)),
)]
#[patch("/me")]
pub(crate) async fn change_me(
    app: web::Data<App>,
    caller: Caller,
    expected: IfMatch,
    body: Body<ChangeMeRequest>,
) -> Result<HttpResponse, Problem> {
    let use_case = body.read(|request, check| request.read(check, expected.0))?;
    let render = |(_, after): &(User, User)| changed(after.version, &UserBody::from(after));
    respond(&app, &caller.actor, None, &use_case, render, problem).await
}

fn problem(error: ChangeMeError) -> Problem {
    match error {
        ChangeMeError::NoUser => Problem::not_found(),
        ChangeMeError::Stale { current } => Problem::stale(current),
        ChangeMeError::ProofNeeded => Problem::new(Code::AuthStepUpRequired),
        ChangeMeError::Store(error) => error.into(),
    }
}
