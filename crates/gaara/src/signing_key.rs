//! The key that signs access tokens: kept among the secrets, or as long as the process lives.

use gaara_application::{SecretStore, SecretValue};
use gaara_crypto::{Ed25519Signer, SystemEntropy, generate_pkcs8};

use crate::build_error::BuildError;

/// The name of the secret.
const NAME: &str = "jwt_signing_key";
/// Who signs, and whom the tokens are for.
const ISSUER: &str = "gaara";

/// Finds the key, or makes one and keeps it where there is a place to.
pub(crate) async fn signer(secrets: Option<&dyn SecretStore>) -> Result<Ed25519Signer, BuildError> {
    let fresh = generate_pkcs8(&SystemEntropy).map_err(|_| BuildError::SigningKey)?;
    let fresh = SecretValue::new(fresh.to_vec());
    let key = match secrets {
        Some(secrets) => secrets.get_or_keep(NAME, &fresh).await?,
        None => fresh,
    };
    Ed25519Signer::from_pkcs8(key.expose(), ISSUER, ISSUER).map_err(|_| BuildError::SigningKey)
}
