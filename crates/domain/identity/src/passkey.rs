//! Passkeys: keys that a device keeps and uses for its owner alone (WebAuthn).
//!
//! A passkey is another way to answer for the second factor. What it says and how it signs is the
//! business of [`PasskeyVerifier`]; here stands what is kept, for how long, and for what.

use std::time::Duration;

use async_trait::async_trait;
use gaara_kernel::{Cause, PasskeyId, StoreError, Timestamp, UserId};
use thiserror::Error;

use crate::crypto::TokenDigest;

/// A passkey of a user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passkey {
    /// Which.
    pub id: PasskeyId,
    /// Whose.
    pub user_id: UserId,
    /// What its owner calls it.
    pub name: String,
    /// The name that the device knows it by; nobody else has the same.
    pub credential: Vec<u8>,
    /// Its public key with the counter of its last use, as the verifier writes it.
    pub record: Vec<u8>,
    /// When it was added.
    pub created_at: Timestamp,
    /// When it was last used.
    pub last_used_at: Option<Timestamp>,
}

impl Passkey {
    /// How long a name may be, in characters.
    pub const NAME_MAX: usize = 100;

    /// How many one user may have.
    pub const COUNT_MAX: usize = 10;
}

/// What a device was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CeremonyPurpose {
    /// To make a passkey.
    Registration,
    /// To use one for signing in.
    SignIn,
    /// To use one for showing again who somebody is.
    Proof,
}

/// A question to a device, answered once at most. A user has one of each purpose: another one
/// takes its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ceremony {
    /// The digest of the name it is answered by.
    pub digest: TokenDigest,
    /// Who was asked.
    pub user_id: UserId,
    /// What for.
    pub purpose: CeremonyPurpose,
    /// What the verifier has to remember of the question.
    pub state: Vec<u8>,
    /// When the question is over.
    pub expires_at: Timestamp,
}

impl Ceremony {
    /// How long a question stands.
    pub const LIFETIME: Duration = Duration::from_mins(5);

    /// Whether it was asked of this user for this purpose, and may still be answered.
    #[must_use]
    pub fn stands(&self, user: UserId, purpose: CeremonyPurpose, now: Timestamp) -> bool {
        self.user_id == user && self.purpose == purpose && now < self.expires_at
    }
}

/// Why an answer of a device was not taken.
#[derive(Debug, Error)]
pub enum PasskeyError {
    /// It answers another question, comes from another page or device, or nobody was seen to be
    /// there.
    #[error("the answer does not fit the question")]
    Refused(#[source] Cause),
    /// Its counter did not go forward: there may be a copy of the key (WebAuthn §6.1.1).
    #[error("the counter of the key did not go forward")]
    Cloned,
    /// What was kept of the question or of the key cannot be read.
    #[error("what was kept of a passkey cannot be read")]
    Broken(#[source] Cause),
}

/// A question, as the device and as the verifier need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasskeyQuestion {
    /// What the page hands to the device, in JSON.
    pub options: String,
    /// What the verifier has to remember.
    pub state: Vec<u8>,
}

/// A key that a device has made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCredential {
    /// The name that the device knows it by.
    pub credential: Vec<u8>,
    /// What is kept of it.
    pub record: Vec<u8>,
}

/// A right answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assertion {
    /// Which passkey gave it.
    pub passkey: PasskeyId,
    /// What was kept of the key until now.
    pub before: Vec<u8>,
    /// What is kept of it from now on.
    pub after: Vec<u8>,
}

/// Asks devices for passkeys and checks what they answer (WebAuthn level 3, §7).
pub trait PasskeyVerifier: Send + Sync {
    /// Asks for a new passkey of a user, on a device that has none of the known ones.
    ///
    /// # Errors
    /// [`PasskeyError::Broken`] when the known ones cannot be read.
    fn start_registration(
        &self,
        user: UserId,
        account: &str,
        known: &[Passkey],
    ) -> Result<PasskeyQuestion, PasskeyError>;

    /// Checks the answer to [`PasskeyVerifier::start_registration`].
    ///
    /// # Errors
    /// Every variant of [`PasskeyError`].
    fn finish_registration(
        &self,
        state: &[u8],
        answer: &str,
    ) -> Result<NewCredential, PasskeyError>;

    /// Asks for the use of one of these passkeys.
    ///
    /// # Errors
    /// [`PasskeyError::Broken`] when they cannot be read.
    fn start_assertion(&self, known: &[Passkey]) -> Result<PasskeyQuestion, PasskeyError>;

    /// Checks the answer to [`PasskeyVerifier::start_assertion`].
    ///
    /// # Errors
    /// Every variant of [`PasskeyError`].
    fn finish_assertion(
        &self,
        known: &[Passkey],
        state: &[u8],
        answer: &str,
    ) -> Result<Assertion, PasskeyError>;
}

/// Keeps passkeys and questions to devices. Whoever writes has locked the user first.
#[async_trait]
pub trait PasskeyRepository: Send {
    /// Adds a passkey.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] when somebody has a passkey of this name of the device.
    async fn add(&mut self, passkey: &Passkey) -> Result<(), StoreError>;

    /// Notes the use of a passkey; `false` when it is gone, or was used since it was looked at.
    async fn note_use(&mut self, used: &Assertion, now: Timestamp) -> Result<bool, StoreError>;

    /// Takes a passkey of a user away; answers whether there was one.
    async fn remove(&mut self, user: UserId, id: PasskeyId) -> Result<bool, StoreError>;

    /// Takes every passkey of a user away, and every question.
    async fn remove_all(&mut self, user: UserId) -> Result<(), StoreError>;

    /// Puts a question in the place of the one of its purpose.
    async fn put_ceremony(&mut self, ceremony: &Ceremony) -> Result<(), StoreError>;

    /// Takes a question away; `false` when it was answered, or another took its place.
    async fn take_ceremony(&mut self, digest: &TokenDigest) -> Result<bool, StoreError>;
}

/// Reads passkeys without waiting for writers.
#[async_trait]
pub trait PasskeyView: Send {
    /// The passkeys of a user, the first added first.
    async fn list_passkeys(&mut self, user: UserId) -> Result<Vec<Passkey>, StoreError>;

    /// A question by the digest of its name.
    async fn find_ceremony(&mut self, digest: &TokenDigest)
    -> Result<Option<Ceremony>, StoreError>;
}

#[cfg(test)]
mod tests {
    use gaara_kernel::Id;

    use super::*;

    fn user(last: u8) -> UserId {
        UserId::from_uuid(format!("00000000-0000-7000-8000-0000000000{last:02}").parse().unwrap())
    }

    #[test]
    fn a_question_stands_for_its_user_its_purpose_and_five_minutes() {
        let now = Timestamp::from_millis(1_000);
        let ceremony = Ceremony {
            digest: TokenDigest::new([1; 32]),
            user_id: user(1),
            purpose: CeremonyPurpose::SignIn,
            state: vec![1],
            expires_at: now.plus(Ceremony::LIFETIME),
        };

        assert!(ceremony.stands(user(1), CeremonyPurpose::SignIn, now));
        assert!(!ceremony.stands(user(2), CeremonyPurpose::SignIn, now));
        assert!(!ceremony.stands(user(1), CeremonyPurpose::Proof, now));
        assert!(!ceremony.stands(user(1), CeremonyPurpose::SignIn, ceremony.expires_at));
    }
}
