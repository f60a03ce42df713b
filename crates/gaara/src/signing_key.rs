//! The keys of tokens, passwords and sealed secrets: kept among the secrets, or as long as the process lives.

use std::sync::Arc;

use gaara_application::{SecretError, SecretStore, SecretValue};
use gaara_crypto::{
    Aes256Gcm, Argon2Hasher, Ed25519Signer, HashLimits, HmacSha256, SystemEntropy, generate_pkcs8,
};
use gaara_kernel::Entropy;

use crate::build_error::BuildError;

/// The name of the key that other secrets are derived from.
const DERIVATION_NAME: &str = "derivation_key";
/// The name of the key that seals secrets which have to be read again.
const SEALING_NAME: &str = "sealing_key";
/// The name of the first key that signs access tokens; the others are derived.
const NAME: &str = "jwt_signing_key";
/// The name of the secret that passwords are hashed with, where there is one.
const PEPPER_NAME: &str = "password_pepper";
/// The secrets without which the program cannot start.
pub(crate) const NAMES: [&str; 3] = [NAME, DERIVATION_NAME, SEALING_NAME];
/// Who signs, and whom the tokens are for.
const ISSUER: &str = "gaara";

/// Finds the key, or makes one and keeps it where there is a place to.
pub(crate) async fn signer(
    secrets: Option<&dyn SecretStore>,
    derivation: Arc<HmacSha256>,
) -> Result<Ed25519Signer, BuildError> {
    let fresh = generate_pkcs8(&SystemEntropy).map_err(|_| BuildError::SigningKey)?;
    let fresh = SecretValue::new(fresh.to_vec());
    let key = match secrets {
        Some(secrets) => secrets.get_or_keep(NAME, &fresh).await?,
        None => fresh,
    };
    let signer = Ed25519Signer::from_pkcs8(key.expose(), derivation, ISSUER, ISSUER);
    signer.map_err(|_| BuildError::SigningKey)
}

/// Finds the key that other secrets are derived from, or makes one and keeps it where there is a
/// place to. With another key a lost refresh cannot be given again, and what derived keys signed is
/// not accepted.
pub(crate) async fn derivation(
    secrets: Option<&dyn SecretStore>,
) -> Result<HmacSha256, BuildError> {
    let entropy: &dyn Entropy = &SystemEntropy;
    let fresh = SecretValue::new(entropy.token_bytes().to_vec());
    let key = match secrets {
        Some(secrets) => secrets.get_or_keep(DERIVATION_NAME, &fresh).await?,
        None => fresh,
    };
    Ok(HmacSha256::new(key.expose()))
}

/// Hashes passwords; with a pepper where somebody has put one among the secrets.
pub(crate) async fn hasher(secrets: Option<&dyn SecretStore>) -> Result<Argon2Hasher, BuildError> {
    let hasher = Argon2Hasher::new(HashLimits::default())?;
    let Some(secrets) = secrets else { return Ok(hasher) };
    match secrets.get(PEPPER_NAME).await {
        Ok(pepper) => Ok(hasher.with_pepper(pepper.expose())),
        Err(SecretError::Missing { .. }) => Ok(hasher),
        Err(error) => Err(error.into()),
    }
}

/// Finds the key that seals second factors, or makes one and keeps it where there is a place to.
/// Without the key that sealed it, no second factor can be used any more.
pub(crate) async fn sealing(secrets: Option<&dyn SecretStore>) -> Result<Aes256Gcm, BuildError> {
    let entropy: &dyn Entropy = &SystemEntropy;
    let fresh = SecretValue::new(entropy.token_bytes().to_vec());
    let key = match secrets {
        Some(secrets) => secrets.get_or_keep(SEALING_NAME, &fresh).await?,
        None => fresh,
    };
    Aes256Gcm::new(key.expose()).map_err(|_| BuildError::SealingKey)
}
