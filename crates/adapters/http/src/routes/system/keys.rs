//! `GET /.well-known/jwks.json`: the public keys that access tokens are checked with.

use actix_web::http::header;
use actix_web::{HttpResponse, get, web};
use gaara_application::App;
use gaara_application::identity::{ShowKeysError, ShownKey};
use serde::Serialize;
use utoipa::ToSchema;

use crate::problem::Problem;

/// How long the list may be kept: far less than the hour that a key is published before it signs.
const KEPT: &str = "public, max-age=300";

/// A public key (RFC 7517, RFC 8037).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct KeyBody {
    /// Its name, as tokens carry it: the thumbprint of the key (RFC 7638).
    kid: String,
    /// Always `OKP`.
    kty: &'static str,
    /// Always `Ed25519`.
    crv: &'static str,
    /// Always `EdDSA`.
    alg: &'static str,
    /// Always `sig`.
    #[serde(rename = "use")]
    purpose: &'static str,
    /// The key, in base64url.
    x: String,
}

impl From<ShownKey> for KeyBody {
    fn from(shown: ShownKey) -> Self {
        Self {
            kid: shown.public.kid,
            kty: "OKP",
            crv: "Ed25519",
            alg: "EdDSA",
            purpose: "sig",
            x: shown.public.x,
        }
    }
}

/// The keys whose tokens are good now or soon.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct KeysBody {
    /// The keys.
    keys: Vec<KeyBody>,
}

/// What a failure to show keys is called.
pub(crate) fn keys_problem(error: ShowKeysError) -> Problem {
    match error {
        ShowKeysError::Token(error) => Problem::internal(error),
        ShowKeysError::Store(error) => error.into(),
    }
}

/// The public keys of access tokens: the one that signs, the next one, and those whose last tokens
/// still live.
#[utoipa::path(
    tag = "Auth",
    operation_id = "getKeys",
    security(()),
    responses((status = 200, description = "A JSON Web Key Set", body = KeysBody)),
)]
#[get("/.well-known/jwks.json")]
pub(crate) async fn show(app: web::Data<App>) -> Result<HttpResponse, Problem> {
    let keys = app.public_keys().await.map_err(keys_problem)?;
    let keys = keys.into_iter().map(KeyBody::from).collect();
    Ok(HttpResponse::Ok().insert_header((header::CACHE_CONTROL, KEPT)).json(KeysBody { keys }))
}
