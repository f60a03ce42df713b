//! Questions to devices: asking them, and finding out whether an answer fits.

use gaara_identity::{
    Ceremony, CeremonyPurpose, Passkey, PasskeyError, PasskeyQuestion, PasskeyVerifier, Permission,
    TokenDigest,
};
use gaara_kernel::{StoreError, UserId};
use thiserror::Error;

use super::{FittingCode, PasskeyFailure, own};
use crate::actor::Actor;
use crate::app::App;
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::{Refusal, store_only_failure};
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// What every question to a device is named with, so that nobody takes it for another token.
const PREFIX: &str = "gpk_";

/// A question that a page hands to a device.
#[derive(Debug, Clone)]
pub struct AskedPasskey {
    /// What the question is answered by.
    pub ceremony: String,
    /// What the page hands to the device, in JSON.
    pub options: String,
}

/// What a device answered.
#[derive(Clone)]
pub struct PasskeyAnswer {
    /// The question, as it was named.
    pub ceremony: String,
    /// What the device said, in JSON.
    pub credential: String,
}

/// Keeps a question to the device of whoever signs in. Only [`App::ask_for_challenge`] can make
/// one.
#[derive(Debug, Clone)]
pub struct AskPasskey(Ceremony);

/// Keeps a question to the device of a user who is signed in. Only [`App::ask_for_proof`] can make
/// one.
#[derive(Debug, Clone)]
pub struct AskForProof(Ceremony);

/// Keeps a question about a new passkey, which gives power over the account. Only
/// [`App::start_passkey`] can make one.
#[derive(Debug, Clone)]
pub struct StartPasskey(Ceremony);

/// Why a question was not kept.
#[derive(Debug, Error)]
pub enum AskPasskeyError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

store_only_failure!(AskPasskeyError);

/// Keeps a question to the device of a user who is still there.
async fn keep(unit: &mut dyn UnitOfWork, ceremony: &Ceremony) -> Result<(), AskPasskeyError> {
    if unit.users().lock(ceremony.user_id).await?.is_some() {
        unit.passkeys().put_ceremony(ceremony).await?;
    }
    Ok(())
}

fn asked(ceremony: &Ceremony) -> AuditEntry {
    AuditEntry::new("user.passkey_asked", ceremony.user_id)
}

impl UseCase for AskPasskey {
    type Output = ();
    type Error = AskPasskeyError;
    const PERMISSION: Permission = Permission::SignIn;

    async fn run(&self, unit: &mut dyn UnitOfWork, _: &Context) -> Result<(), AskPasskeyError> {
        keep(unit, &self.0).await
    }

    fn audit(&self, (): &()) -> AuditEntry {
        asked(&self.0)
    }
}

impl UseCase for AskForProof {
    type Output = ();
    type Error = AskPasskeyError;
    const PERMISSION: Permission = Permission::UseOwnAccount;

    async fn run(&self, unit: &mut dyn UnitOfWork, _: &Context) -> Result<(), AskPasskeyError> {
        keep(unit, &self.0).await
    }

    fn audit(&self, (): &()) -> AuditEntry {
        asked(&self.0)
    }
}

impl UseCase for StartPasskey {
    type Output = ();
    type Error = AskPasskeyError;
    const PERMISSION: Permission = Permission::UseOwnAccount;
    const NEEDS_PROOF: bool = true;

    async fn run(&self, unit: &mut dyn UnitOfWork, _: &Context) -> Result<(), AskPasskeyError> {
        keep(unit, &self.0).await
    }

    fn audit(&self, (): &()) -> AuditEntry {
        asked(&self.0)
    }
}

/// What was kept of passkeys cannot be read.
pub(super) fn broken() -> StoreError {
    StoreError::Corrupt { entity: "passkey" }
}

impl App {
    pub(super) fn passkey_verifier(&self) -> Result<&dyn PasskeyVerifier, PasskeyFailure> {
        self.passkeys.as_deref().ok_or(PasskeyFailure::NotAvailable)
    }

    /// Asks the device of the user who asks for proof of who it is.
    ///
    /// # Errors
    /// [`PasskeyFailure::NotAvailable`] and [`PasskeyFailure::NoPasskey`] when there is nothing to
    /// ask, and what the store refuses.
    pub async fn ask_for_proof(&self, actor: &Actor) -> Result<AskedPasskey, PasskeyFailure> {
        let (id, _) = own(actor).ok_or(PasskeyFailure::NoUser)?;
        let (asked, ceremony) = self.question_to(id, CeremonyPurpose::Proof).await?;
        self.execute(actor, &AskForProof(ceremony)).await.map_err(PasskeyFailure::NotAsked)?;
        Ok(asked)
    }

    /// Asks a device of whoever was challenged for the second factor.
    ///
    /// # Errors
    /// [`PasskeyFailure::Expired`] when the challenge is over, and as [`App::ask_for_proof`].
    pub async fn ask_for_challenge(
        &self,
        actor: &Actor,
        challenge: &str,
        address: &str,
    ) -> Result<AskedPasskey, PasskeyFailure> {
        let from = self.count_address(address).await?;
        let digest = self.ports.digest.digest(challenge.as_bytes());
        let challenge = self.find_challenge(&digest).await?.ok_or(PasskeyFailure::Expired)?;
        let user = challenge.user_id;
        let (asked, ceremony) = self.question_to(user, CeremonyPurpose::SignIn).await?;
        self.execute(actor, &AskPasskey(ceremony)).await.map_err(PasskeyFailure::NotAsked)?;
        self.take_back(from).await;
        Ok(asked)
    }

    /// A question to the devices of a user who has passkeys.
    async fn question_to(
        &self,
        user: UserId,
        purpose: CeremonyPurpose,
    ) -> Result<(AskedPasskey, Ceremony), PasskeyFailure> {
        let verifier = self.passkey_verifier()?;
        let known = self.passkeys_of(user).await?;
        if known.is_empty() {
            return Err(PasskeyFailure::NoPasskey);
        }
        let question = verifier.start_assertion(&known).map_err(|_| broken())?;
        Ok(self.named(question, user, purpose))
    }

    /// Keeps a question about a new passkey.
    pub(super) async fn keep_registration(
        &self,
        actor: &Actor,
        user: UserId,
        question: PasskeyQuestion,
    ) -> Result<AskedPasskey, Refusal<AskPasskeyError>> {
        let (asked, ceremony) = self.named(question, user, CeremonyPurpose::Registration);
        self.execute(actor, &StartPasskey(ceremony)).await?;
        Ok(asked)
    }

    fn named(
        &self,
        question: PasskeyQuestion,
        user_id: UserId,
        purpose: CeremonyPurpose,
    ) -> (AskedPasskey, Ceremony) {
        let name = self.secret_token(PREFIX);
        let expires_at = self.ports.clock.now().plus(Ceremony::LIFETIME);
        let PasskeyQuestion { options, state } = question;
        let ceremony = Ceremony { digest: name.digest, user_id, purpose, state, expires_at };
        (AskedPasskey { ceremony: name.text, options }, ceremony)
    }

    pub(super) async fn passkeys_of(&self, user: UserId) -> Result<Vec<Passkey>, StoreError> {
        let mut view = self.ports.store.view().await?;
        view.list_passkeys(user).await
    }

    /// A question that still stands, with the digest of its name.
    pub(super) async fn standing_ceremony(
        &self,
        name: &str,
        user: UserId,
        purpose: CeremonyPurpose,
    ) -> Result<Option<Ceremony>, StoreError> {
        let now = self.ports.clock.now();
        let digest: TokenDigest = self.ports.digest.digest(name.as_bytes());
        let mut view = self.ports.store.view().await?;
        let found = view.find_ceremony(&digest).await?;
        Ok(found.filter(|ceremony| ceremony.stands(user, purpose, now)))
    }

    /// Finds out whether a device answered a question of this purpose for a user.
    pub(super) async fn fitting_passkey(
        &self,
        user: UserId,
        purpose: CeremonyPurpose,
        answer: &PasskeyAnswer,
    ) -> Result<Option<FittingCode>, StoreError> {
        let Some(verifier) = self.passkeys.as_deref() else { return Ok(None) };
        let ceremony = self.standing_ceremony(&answer.ceremony, user, purpose).await?;
        let Some(Ceremony { digest, state, .. }) = ceremony else { return Ok(None) };
        let known = self.passkeys_of(user).await?;
        match verifier.finish_assertion(&known, &state, &answer.credential) {
            Ok(assertion) => Ok(Some(FittingCode::Passkey { ceremony: digest, used: assertion })),
            Err(PasskeyError::Cloned) => Ok(Some(FittingCode::Cloned)),
            Err(PasskeyError::Refused(_)) => Ok(None),
            Err(PasskeyError::Broken(_)) => Err(broken()),
        }
    }
}
