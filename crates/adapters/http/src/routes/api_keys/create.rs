//! `POST /api-keys`: making a key.

use actix_web::{HttpResponse, post, web};
use gaara_application::App;
use gaara_application::identity::NewApiKey;
use gaara_identity::{ApiKey, Permission};
use gaara_kernel::{ApiKeyId, Timestamp, clean_text};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use super::key_problem;
use crate::caller::Caller;
use crate::code::Code;
use crate::headers::Idempotency;
use crate::json::{Body, Check, Field, FieldFault, FromText, TextList};
use crate::problem::{FieldProblem, Problem};
use crate::reply::{made, send};
use crate::views::ApiKeyBody;

/// The name of a key.
#[derive(Debug)]
struct KeyName(String);

impl FromText for KeyName {
    fn from_text(text: &str) -> Result<Self, FieldFault> {
        String::from_text(text)?;
        clean_text(text, ApiKey::NAME_MAX).map(Self).map_err(|_| {
            let problem = FieldProblem::new("", Code::ValidationTextTooLong);
            problem.param("max", ApiKey::NAME_MAX).into()
        })
    }
}

/// A key as it is asked for.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct CreateApiKeyRequest {
    /// An id of your own; a new one when absent.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    id: Field<ApiKeyId>,
    /// What people call it, in up to 100 characters.
    #[schema(value_type = String, required = true, example = "Till in the shop")]
    #[serde(default)]
    name: Field<KeyName>,
    /// What it is made for, out of `GET /permissions`: nothing that you may not do yourself, and
    /// not the use of your account.
    #[schema(value_type = Vec<String>, required = true, example = json!(["invoices.read"]))]
    #[serde(default)]
    permissions: Field<TextList<Permission>>,
    /// When it stops working; never when absent.
    #[schema(value_type = Option<String>, example = "2027-11-23T00:00:00Z")]
    #[serde(default)]
    expires_at: Field<Timestamp>,
}

impl CreateApiKeyRequest {
    fn read(self, check: &mut Check) -> Option<NewApiKey> {
        let id = check.optional("/id", self.id);
        let name = check.required("/name", self.name);
        let permissions = check.required("/permissions", self.permissions);
        let expires_at = check.optional("/expires_at", self.expires_at);
        Some(NewApiKey {
            id: id?,
            name: name?.0,
            permissions: permissions?.0,
            expires_at: expires_at?,
        })
    }
}

/// A key that was made.
#[derive(Serialize, ToSchema)]
pub(crate) struct MadeApiKeyBody {
    /// The key itself, shown this once: sent as `Authorization: Bearer gak_…`.
    #[schema(example = "gak_5f0c1e…")]
    key: String,
    /// The key as it is kept.
    #[serde(flatten)]
    kept: ApiKeyBody,
}

/// Makes a key for a program. It is shown this once, and it never allows more than you may do
/// yourself at the moment of its use.
#[utoipa::path(
    tag = "API keys",
    operation_id = "createApiKey",
    request_body = CreateApiKeyRequest,
    responses((status = 201, description = "Made", body = MadeApiKeyBody)),
)]
#[post("/api-keys")]
pub(crate) async fn create_api_key(
    app: web::Data<App>,
    caller: Caller,
    _: Idempotency,
    body: Body<CreateApiKeyRequest>,
) -> Result<HttpResponse, Problem> {
    let new = body.read(CreateApiKeyRequest::read)?;
    let refused = |refusal| Problem::refused(refusal, key_problem);
    let key = app.create_api_key(&caller.actor, new).await.map_err(refused)?;
    let location = format!("/api/v1/api-keys/{}", key.key.id);
    let body = MadeApiKeyBody { key: key.text, kept: ApiKeyBody::from(&key.key) };
    Ok(send(made(location, &body)))
}
