//! Passkeys by WebAuthn, checked by webauthn-rs.

use std::fmt;

use gaara_identity::{
    Assertion, NewCredential, Passkey, PasskeyError, PasskeyQuestion, PasskeyVerifier,
};
use gaara_kernel::{Id, UserId};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use thiserror::Error;
use webauthn_rs::prelude::{
    AuthenticationResult, CredentialID, Passkey as Key, PasskeyAuthentication, PasskeyRegistration,
    PublicKeyCredential, RegisterPublicKeyCredential, Url, WebauthnError,
};
use webauthn_rs::{Webauthn, WebauthnBuilder};

/// Who asks, as devices show it.
const NAME: &str = "Gaara";

/// The address is none that devices make passkeys for.
#[derive(Debug, Error)]
pub enum OriginError {
    /// It is no address.
    #[error("it is no address")]
    NotAnAddress,
    /// Devices make passkeys for a name, over TLS or on the machine itself.
    #[error("devices make passkeys for https:// and a name, or for http://localhost")]
    NotForDevices,
}

/// Checks passkeys for one address, as people reach the server.
///
/// Every ceremony asks for user verification: a passkey is something one has and something one is
/// or knows.
pub struct WebAuthnVerifier(Webauthn);

impl fmt::Debug for WebAuthnVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let origins = self.0.get_allowed_origins();
        f.debug_struct("WebAuthnVerifier").field("origins", &origins).finish()
    }
}

impl WebAuthnVerifier {
    /// Checks passkeys that are made for pages of this address.
    ///
    /// # Errors
    /// Every variant of [`OriginError`].
    pub fn new(origin: &str) -> Result<Self, OriginError> {
        let origin = Url::parse(origin).map_err(|_| OriginError::NotAnAddress)?;
        let name = origin.domain().ok_or(OriginError::NotForDevices)?;
        if origin.scheme() != "https" && name != "localhost" {
            return Err(OriginError::NotForDevices);
        }
        let builder = WebauthnBuilder::new(name, &origin);
        let builder = builder.map_err(|_| OriginError::NotForDevices)?;
        let webauthn = builder.rp_name(NAME).build().map_err(|_| OriginError::NotForDevices)?;
        Ok(Self(webauthn))
    }
}

/// What is remembered of a question to known passkeys.
#[derive(Serialize, Deserialize)]
struct Asked {
    ceremony: PasskeyAuthentication,
    /// What was kept of each passkey: the counter in it is the one that the answer must be past.
    records: Vec<Vec<u8>>,
}

fn broken(error: impl Into<gaara_kernel::Cause>) -> PasskeyError {
    PasskeyError::Broken(error.into())
}

fn refused(error: impl Into<gaara_kernel::Cause>) -> PasskeyError {
    PasskeyError::Refused(error.into())
}

fn kept<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, PasskeyError> {
    serde_json::from_slice(bytes).map_err(broken)
}

fn written(value: &impl Serialize) -> Result<Vec<u8>, PasskeyError> {
    serde_json::to_vec(value).map_err(broken)
}

fn question(
    options: &impl Serialize,
    state: &impl Serialize,
) -> Result<PasskeyQuestion, PasskeyError> {
    let options = serde_json::to_string(options).map_err(broken)?;
    Ok(PasskeyQuestion { options, state: written(state)? })
}

impl PasskeyVerifier for WebAuthnVerifier {
    fn start_registration(
        &self,
        user: UserId,
        account: &str,
        known: &[Passkey],
    ) -> Result<PasskeyQuestion, PasskeyError> {
        let known = known.iter().map(|it| CredentialID::from(it.credential.clone())).collect();
        let begun =
            self.0.start_passkey_registration(user.as_uuid(), account, account, Some(known));
        let (options, state) = begun.map_err(broken)?;
        question(&options, &state)
    }

    fn finish_registration(
        &self,
        state: &[u8],
        answer: &str,
    ) -> Result<NewCredential, PasskeyError> {
        let state: PasskeyRegistration = kept(state)?;
        let answer: RegisterPublicKeyCredential = serde_json::from_str(answer).map_err(refused)?;
        let key = self.0.finish_passkey_registration(&answer, &state).map_err(refused)?;
        Ok(NewCredential { credential: key.cred_id().clone(), record: written(&key)? })
    }

    fn start_assertion(&self, known: &[Passkey]) -> Result<PasskeyQuestion, PasskeyError> {
        let keys: Result<Vec<Key>, _> = known.iter().map(|it| kept(&it.record)).collect();
        let (options, ceremony) = self.0.start_passkey_authentication(&keys?).map_err(broken)?;
        let records = known.iter().map(|it| it.record.clone()).collect();
        question(&options, &Asked { ceremony, records })
    }

    fn finish_assertion(
        &self,
        known: &[Passkey],
        state: &[u8],
        answer: &str,
    ) -> Result<Assertion, PasskeyError> {
        let asked: Asked = kept(state)?;
        let answer: PublicKeyCredential = serde_json::from_str(answer).map_err(refused)?;
        let result = self.0.finish_passkey_authentication(&answer, &asked.ceremony);
        let result = result.map_err(|error| match error {
            WebauthnError::CredentialPossibleCompromise => PasskeyError::Cloned,
            other => refused(other),
        })?;
        used(known, &asked.records, &result)
    }
}

/// The passkey that was used, with its counter moved on.
fn used(
    known: &[Passkey],
    asked: &[Vec<u8>],
    result: &AuthenticationResult,
) -> Result<Assertion, PasskeyError> {
    let passkey = known.iter().find(|it| it.credential == result.cred_id().as_slice());
    let unchanged = passkey.filter(|it| asked.contains(&it.record));
    let passkey = unchanged.ok_or_else(|| refused("the passkey is gone, or was used meanwhile"))?;
    let mut key: Key = kept(&passkey.record)?;
    let _ = key.update_credential(result);
    let (before, after) = (passkey.record.clone(), written(&key)?);
    Ok(Assertion { passkey: passkey.id, before, after })
}
