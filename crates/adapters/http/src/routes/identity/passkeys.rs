//! `/me/passkeys`: one's own passkeys.

use actix_web::{HttpResponse, delete, get, post, web};
use gaara_application::App;
use gaara_application::identity::{ListMyPasskeys, PasskeyAnswer, RemovePasskey};
use gaara_identity::Passkey;
use gaara_kernel::{PasskeyId, clean_text};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use crate::caller::{Caller, PathId};
use crate::code::Code;
use crate::headers::Idempotency;
use crate::json::{Body, Check, Field, FieldFault, FromText, JsonObject, OptionalBody, SecretText};
use crate::problem::{FieldProblem, Problem};
use crate::query::{ListParams, PageBody, PageInfo};
use crate::reply::{ask, done, made, respond, send, shown};
use crate::routes::archiving::StepRequest;
use crate::routes::auth::passkey::{PasskeyQuestionBody, own_passkey_problem, passkey_problem};
use crate::views::PasskeyBody;

/// What the owner of a passkey calls it.
#[derive(Debug)]
struct PasskeyName(String);

impl FromText for PasskeyName {
    fn from_text(text: &str) -> Result<Self, FieldFault> {
        String::from_text(text)?;
        clean_text(text, Passkey::NAME_MAX).map(Self).map_err(|_| {
            let problem = FieldProblem::new("", Code::ValidationTextTooLong);
            problem.param("max", Passkey::NAME_MAX).into()
        })
    }
}

/// A passkey that the browser has made.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct AddPasskeyRequest {
    /// What you call it, in up to 100 characters.
    #[schema(value_type = String, required = true, example = "Phone")]
    #[serde(default)]
    name: Field<PasskeyName>,
    /// The question that is answered.
    #[schema(value_type = String, required = true)]
    #[serde(default)]
    ceremony_id: Field<SecretText>,
    /// What the browser answered: `credential.toJSON()`.
    #[schema(value_type = Object, required = true)]
    #[serde(default)]
    credential: Field<JsonObject>,
}

impl AddPasskeyRequest {
    fn read(self, check: &mut Check) -> Option<(String, PasskeyAnswer)> {
        let name = check.required("/name", self.name);
        let ceremony = check.required("/ceremony_id", self.ceremony_id);
        let credential = check.required("/credential", self.credential);
        let (ceremony, credential) = (ceremony?.expose(), credential?.0);
        Some((name?.0, PasskeyAnswer { ceremony, credential }))
    }
}

/// Lists your passkeys, the first added first.
#[utoipa::path(
    tag = "Me",
    operation_id = "listMyPasskeys",
    responses((status = 200, description = "Your passkeys", body = PageBody<PasskeyBody>)),
)]
#[get("/me/passkeys")]
pub(crate) async fn list_my_passkeys(
    app: web::Data<App>,
    caller: Caller,
    params: ListParams,
) -> Result<HttpResponse, Problem> {
    let form = params.finish_report()?;
    let passkeys = ask(&app, &caller.actor, &ListMyPasskeys).await?;
    let data = passkeys.iter().map(PasskeyBody::from).collect();
    let page = PageInfo { next_cursor: None, has_more: false, total: None };
    Ok(form.report(PageBody { data, page }, |list| list.data))
}

/// Asks your device for a new passkey. The answer of the browser goes to `POST /me/passkeys`,
/// within five minutes.
#[utoipa::path(
    tag = "Me",
    operation_id = "askNewPasskey",
    request_body = Option<StepRequest>,
    responses((status = 200, description = "Asked", body = PasskeyQuestionBody)),
)]
#[post("/me/passkeys/options")]
pub(crate) async fn ask_new_passkey(
    app: web::Data<App>,
    caller: Caller,
    _: Idempotency,
    body: OptionalBody<StepRequest>,
) -> Result<HttpResponse, Problem> {
    body.into_body().read(|StepRequest {}, _| Some(()))?;
    let asked = app.start_passkey(&caller.actor).await.map_err(passkey_problem)?;
    Ok(shown(&PasskeyQuestionBody::read(asked)?))
}

/// Adds a passkey, which answers for your second factor from now on, and ends your other sessions.
#[utoipa::path(
    tag = "Me",
    operation_id = "addPasskey",
    request_body = AddPasskeyRequest,
    responses((status = 201, description = "Added", body = PasskeyBody)),
)]
#[post("/me/passkeys")]
pub(crate) async fn add_passkey(
    app: web::Data<App>,
    caller: Caller,
    _: Idempotency,
    body: Body<AddPasskeyRequest>,
) -> Result<HttpResponse, Problem> {
    let (name, answer) = body.read(AddPasskeyRequest::read)?;
    let passkey = app.add_passkey(&caller.actor, &name, &answer).await.map_err(passkey_problem)?;
    let location = format!("/api/v1/me/passkeys/{}", passkey.id);
    Ok(send(made(location, &PasskeyBody::from(&passkey))))
}

/// Takes a passkey of yours away, and ends your other sessions.
#[utoipa::path(
    tag = "Me",
    operation_id = "removePasskey",
    params(("id" = String, Path, description = "The passkey's id")),
    responses((status = 204, description = "Taken away")),
)]
#[delete("/me/passkeys/{id}")]
pub(crate) async fn remove_passkey(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<PasskeyId>,
) -> Result<HttpResponse, Problem> {
    let use_case = RemovePasskey { id: id.0 };
    respond(&app, &caller.actor, None, &use_case, |_| done(), own_passkey_problem).await
}
