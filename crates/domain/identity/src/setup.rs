//! The one-time token that lets the first person in.

use std::time::Duration;

use gaara_kernel::Timestamp;
use thiserror::Error;

use crate::crypto::TokenDigest;

/// Why a setup token was refused; a client is told the same for both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SetupTokenError {
    /// The token is not the one that was printed last.
    #[error("wrong setup token")]
    Wrong,
    /// The token was printed too long ago.
    #[error("setup token expired")]
    Expired,
}

/// A setup token as it is stored: its digest and its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetupToken {
    /// The digest of the token.
    pub digest: TokenDigest,
    /// When it stops working.
    pub expires_at: Timestamp,
}

impl SetupToken {
    /// How long a token works.
    pub const LIFETIME: Duration = Duration::from_mins(30);

    /// A token that begins to work now.
    #[must_use]
    pub fn new(digest: TokenDigest, now: Timestamp) -> Self {
        Self { digest, expires_at: now.plus(Self::LIFETIME) }
    }

    /// Checks a presented token.
    ///
    /// # Errors
    /// Every variant of [`SetupTokenError`].
    pub fn check(&self, presented: &TokenDigest, now: Timestamp) -> Result<(), SetupTokenError> {
        if *presented != self.digest {
            Err(SetupTokenError::Wrong)
        } else if now >= self.expires_at {
            Err(SetupTokenError::Expired)
        } else {
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_works_for_half_an_hour_and_only_itself() {
        let start = Timestamp::from_millis(0);
        let token = SetupToken::new(TokenDigest::new([1; 32]), start);
        let later = |seconds| start.plus(Duration::from_secs(seconds));

        assert_eq!(token.check(&TokenDigest::new([1; 32]), later(1799)), Ok(()));
        assert_eq!(
            token.check(&TokenDigest::new([1; 32]), later(1800)),
            Err(SetupTokenError::Expired)
        );
        assert_eq!(token.check(&TokenDigest::new([2; 32]), start), Err(SetupTokenError::Wrong));
    }
}
