//! Half a sign-in: the password was right, and the second factor is still to come.

use std::time::Duration;

use gaara_kernel::{Timestamp, UserId, Version};

use crate::crypto::TokenDigest;
use crate::origin::Origin;
use crate::user::User;

/// A question for the second factor, answered once at most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenge {
    /// The digest of the name it is answered by.
    pub digest: TokenDigest,
    /// Who knew the password.
    pub user_id: UserId,
    /// The version of that user: after any change of the user somebody begins anew.
    pub user_version: Version,
    /// The name that was typed, as tries are counted by; absent where the program before asked.
    pub login: Option<String>,
    /// Where the password came from.
    pub origin: Origin,
    /// When the question is over.
    pub expires_at: Timestamp,
    /// How many wrong answers are left.
    pub tries_left: u8,
}

impl Challenge {
    /// How long a question stands.
    pub const LIFETIME: Duration = Duration::from_mins(5);

    /// How many wrong answers end it.
    pub const TRIES: u8 = 5;

    /// Asks a user who knew the password.
    #[must_use]
    pub fn ask(digest: TokenDigest, user: &User, origin: Origin, now: Timestamp) -> Self {
        let expires_at = now.plus(Self::LIFETIME);
        let (user_id, user_version) = (user.id, user.version);
        Self {
            digest,
            user_id,
            user_version,
            login: None,
            origin,
            expires_at,
            tries_left: Self::TRIES,
        }
    }

    /// Remembers the name that was typed, so that the device can be known by it.
    #[must_use]
    pub fn of_login(mut self, login: String) -> Self {
        self.login = Some(login);
        self
    }

    /// Whether the question may still be answered.
    #[must_use]
    pub fn stands(&self, now: Timestamp) -> bool {
        self.tries_left > 0 && now < self.expires_at
    }

    /// Whether it was asked of this user as the user is now.
    #[must_use]
    pub fn is_of(&self, user: &User) -> bool {
        self.user_id == user.id && self.user_version == user.version && !user.disabled
    }

    /// Counts a wrong answer.
    pub const fn miss(&mut self) {
        self.tries_left = self.tries_left.saturating_sub(1);
    }
}
