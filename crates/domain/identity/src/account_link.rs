//! Links that let somebody choose a password: an invitation, or a way back in.

use std::time::Duration;

use async_trait::async_trait;
use gaara_kernel::{StoreError, Timestamp, UserId};

use crate::crypto::TokenDigest;

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LinkPurpose {
    /// To choose a first password.
    Invitation,
    /// To choose a password in place of one that was forgotten.
    PasswordReset,
}

impl LinkPurpose {
    /// Every purpose.
    pub const ALL: [Self; 2] = [Self::Invitation, Self::PasswordReset];

    /// The name in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::PasswordReset => "password_reset",
        }
    }

    /// Finds a purpose by its name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.code() == code)
    }

    /// How long a link works. Whoever is invited may be on holiday; whoever forgot a password is
    /// waiting for the mail.
    #[must_use]
    pub const fn lifetime(self) -> Duration {
        match self {
            Self::Invitation => Duration::from_hours(3 * 24),
            Self::PasswordReset => Duration::from_mins(30),
        }
    }
}

/// What a link is derived from, together with a key that only the program has: whoever has the
/// database alone has no link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkSeed([u8; 16]);

impl LinkSeed {
    /// Takes random bytes.
    #[must_use]
    pub const fn new(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

/// A link as it is kept: one to a user at most, which works once. It is mailed after the
/// transaction that made it, as often as it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountLink {
    /// Whose password it lets choose.
    pub user_id: UserId,
    /// What it is for.
    pub purpose: LinkPurpose,
    /// What it is derived from.
    pub seed: LinkSeed,
    /// The digest of the link's secret.
    pub digest: TokenDigest,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it stops working.
    pub expires_at: Timestamp,
    /// How often somebody tried to mail it.
    pub attempts: u32,
    /// When it is to be mailed next; `None` when it was.
    pub mail_at: Option<Timestamp>,
}

impl AccountLink {
    /// A link that begins to work now, and is to be mailed at once.
    #[must_use]
    pub fn new(
        user_id: UserId,
        purpose: LinkPurpose,
        (seed, digest): (LinkSeed, TokenDigest),
        now: Timestamp,
    ) -> Self {
        let expires_at = now.plus(purpose.lifetime());
        let mail_at = Some(now);
        Self { user_id, purpose, seed, digest, created_at: now, expires_at, attempts: 0, mail_at }
    }

    /// Whether the link still works.
    #[must_use]
    pub fn works(&self, now: Timestamp) -> bool {
        now < self.expires_at
    }

    /// Whether it is to be mailed now.
    #[must_use]
    pub fn is_due(&self, now: Timestamp) -> bool {
        self.works(now) && self.mail_at.is_some_and(|at| at <= now)
    }

    /// Counts a try to mail it, and says when the next one is due unless this one succeeds:
    /// after 1, 2, 4 … seconds, and never later than after five minutes.
    pub fn try_mailing(&mut self, now: Timestamp) {
        let wait = Duration::from_secs(1 << self.attempts.min(9));
        self.attempts = self.attempts.saturating_add(1);
        self.mail_at = Some(now.plus(wait.min(Duration::from_mins(5))));
    }

    /// Notes that it was mailed.
    pub const fn mailed(&mut self) {
        self.mail_at = None;
    }
}

/// Keeps links: one to a user at most.
#[async_trait]
pub trait LinkRepository: Send {
    /// Puts a link in the place of the one the user had, if any. The user is locked.
    async fn put(&mut self, link: &AccountLink) -> Result<(), StoreError>;

    /// The link of a user, kept from every other writer until the unit ends.
    async fn lock(&mut self, user: UserId) -> Result<Option<AccountLink>, StoreError>;

    /// Takes the link of a user away, if there is one.
    async fn remove(&mut self, user: UserId) -> Result<(), StoreError>;

    /// The links that are to be mailed now, so many at most: kept from every other writer, and
    /// those that somebody else keeps are left out.
    async fn lock_due(
        &mut self,
        now: Timestamp,
        count: u32,
    ) -> Result<Vec<AccountLink>, StoreError>;
}

/// Reads links without waiting for writers.
#[async_trait]
pub trait LinkView: Send {
    /// A link by the digest of its secret.
    async fn find_link(&mut self, digest: &TokenDigest) -> Result<Option<AccountLink>, StoreError>;
}

#[cfg(test)]
mod tests {
    use gaara_kernel::Id;

    use super::*;

    fn link(purpose: LinkPurpose) -> AccountLink {
        let user = UserId::from_uuid("00000000-0000-7000-8000-000000000001".parse().unwrap());
        let secret = (LinkSeed::new([1; 16]), TokenDigest::new([2; 32]));
        AccountLink::new(user, purpose, secret, Timestamp::from_millis(0))
    }

    fn at(seconds: u64) -> Timestamp {
        Timestamp::from_millis(0).plus(Duration::from_secs(seconds))
    }

    #[test]
    fn an_invitation_waits_longer_than_a_way_back_in() {
        assert!(link(LinkPurpose::Invitation).works(at(72 * 3600 - 1)));
        assert!(!link(LinkPurpose::Invitation).works(at(72 * 3600)));
        assert!(link(LinkPurpose::PasswordReset).works(at(1799)));
        assert!(!link(LinkPurpose::PasswordReset).works(at(1800)));
    }

    #[test]
    fn a_mail_is_tried_at_once_and_then_ever_more_patiently() {
        let mut link = link(LinkPurpose::Invitation);
        assert!(link.is_due(at(0)));
        link.try_mailing(at(0));
        assert!(!link.is_due(at(0)) && link.is_due(at(1)));
        link.try_mailing(at(1));
        assert!(!link.is_due(at(2)) && link.is_due(at(3)));
        for _ in 0..40 {
            link.try_mailing(at(10));
        }
        assert!(link.is_due(at(310)) && !link.is_due(at(309)));
        link.mailed();
        assert!(!link.is_due(at(310)));
    }

    #[test]
    fn a_link_that_is_over_is_not_mailed() {
        assert!(!link(LinkPurpose::PasswordReset).is_due(at(1800)));
        for purpose in LinkPurpose::ALL {
            assert_eq!(LinkPurpose::from_code(purpose.code()), Some(purpose));
        }
    }
}
