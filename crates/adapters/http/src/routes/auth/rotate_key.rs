//! `POST /signing-keys/rotate`: publishing the next key of access tokens.

use actix_web::{HttpResponse, post, web};
use gaara_application::App;
use gaara_application::identity::{RotateSigningKey, RotateSigningKeyError};
use gaara_identity::SigningKey;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use crate::caller::Caller;
use crate::headers::Idempotency;
use crate::json::{Field, OptionalBody};
use crate::problem::Problem;
use crate::reply::{answered, respond};

/// When the next key takes over.
#[derive(Debug, Default, Deserialize, Validate, ToSchema)]
pub(crate) struct RotateKeyRequest {
    /// Whether it takes over at once, because somebody may know the one before; else in an hour,
    /// when everybody who keeps the list of keys has it.
    #[schema(value_type = Option<bool>, example = false)]
    #[serde(default)]
    at_once: Field<bool>,
}

/// The key that was published.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SigningKeyBody {
    /// Its number.
    #[schema(example = 3)]
    number: u32,
    /// When it was published.
    published_at: String,
    /// From when on it signs.
    active_from: String,
}

impl From<&SigningKey> for SigningKeyBody {
    fn from(key: &SigningKey) -> Self {
        Self {
            number: key.number.number(),
            published_at: key.published_at.to_string(),
            active_from: key.active_from.to_string(),
        }
    }
}

/// Publishes the next key that signs access tokens.
#[utoipa::path(
    tag = "Auth",
    operation_id = "rotateSigningKey",
    request_body = Option<RotateKeyRequest>,
    responses((status = 200, description = "Published", body = SigningKeyBody)),
)]
#[post("/signing-keys/rotate")]
pub(crate) async fn rotate_key(
    app: web::Data<App>,
    caller: Caller,
    idempotency: Idempotency,
    body: OptionalBody<RotateKeyRequest>,
) -> Result<HttpResponse, Problem> {
    let once = idempotency.once(&caller.actor, body.raw());
    let use_case = body.into_body().read(|request, check| {
        let at_once = check.or_default("/at_once", request.at_once, false)?;
        Some(if at_once { RotateSigningKey::AtOnce } else { RotateSigningKey::Soon })
    })?;
    let render = |key: &SigningKey| answered(&SigningKeyBody::from(key));
    respond(&app, &caller.actor, once, &use_case, render, problem).await
}

fn problem(error: RotateSigningKeyError) -> Problem {
    match error {
        RotateSigningKeyError::NotDue => Problem::internal(error),
        RotateSigningKeyError::Store(error) => error.into(),
    }
}
