//! A second factor: what somebody has, beside the password that somebody knows.

use std::fmt;
use std::time::Duration;

use gaara_kernel::{Timestamp, UserId};
use thiserror::Error;

use crate::totp::TotpStep;

/// The sealed secret does not open: it is somebody else's, it was changed, or the key is another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the sealed secret does not open")]
pub struct SealError;

/// Keeps secrets that have to be read again, so that whoever has the database has none of them.
pub trait Sealing: Send + Sync {
    /// Seals a secret for one place, as a column of one row; it opens nowhere else.
    ///
    /// # Errors
    /// [`SealError`] when the key cannot be used.
    fn seal(&self, place: &str, secret: &[u8]) -> Result<Vec<u8>, SealError>;

    /// Opens what was sealed for this place.
    ///
    /// # Errors
    /// [`SealError`] for anything else.
    fn open(&self, place: &str, sealed: &[u8]) -> Result<Vec<u8>, SealError>;
}

/// A sealed secret; it never prints.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedSecret(Vec<u8>);

impl SealedSecret {
    /// Takes what [`Sealing::seal`] made.
    #[must_use]
    pub const fn new(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// The bytes, for the store and for [`Sealing::open`].
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for SealedSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// The second factor of a user: begun with a secret, and in force once a code has confirmed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecondFactor {
    /// Whose it is.
    pub user_id: UserId,
    /// The secret that the phone knows as well.
    pub secret: SealedSecret,
    /// When it was begun.
    pub started_at: Timestamp,
    /// When it was confirmed.
    pub confirmed_at: Option<Timestamp>,
    /// The step of the last code that was used.
    pub last_step: Option<TotpStep>,
}

impl SecondFactor {
    /// How long a secret waits for its first code.
    pub const ENROLMENT: Duration = Duration::from_mins(15);

    /// Begins a second factor.
    #[must_use]
    pub const fn start(user_id: UserId, secret: SealedSecret, now: Timestamp) -> Self {
        Self { user_id, secret, started_at: now, confirmed_at: None, last_step: None }
    }

    /// The place that the secret of a user is sealed for.
    #[must_use]
    pub fn place(user_id: UserId) -> String {
        format!("second_factors.secret:{user_id}")
    }

    /// Whether signing in needs it.
    #[must_use]
    pub const fn is_confirmed(&self) -> bool {
        self.confirmed_at.is_some()
    }

    /// Whether its first code may still come.
    #[must_use]
    pub fn awaits_code(&self, now: Timestamp) -> bool {
        self.confirmed_at.is_none() && now < self.started_at.plus(Self::ENROLMENT)
    }

    /// Puts it in force by its first code, which cannot be used again to sign in.
    pub fn confirm(&mut self, step: TotpStep, now: Timestamp) {
        self.confirmed_at = Some(now.max(self.started_at));
        self.last_step = Some(step);
    }

    /// Uses the code of a step; `false` when that or a later one was used before.
    #[must_use]
    pub fn spend(&mut self, step: TotpStep) -> bool {
        let fresh = self.is_confirmed() && self.last_step.is_none_or(|last| step > last);
        if fresh {
            self.last_step = Some(step);
        }
        fresh
    }
}

#[cfg(test)]
mod tests {
    use gaara_kernel::Id;

    use super::*;

    fn started() -> SecondFactor {
        let user = UserId::from_uuid("00000000-0000-7000-8000-000000000001".parse().unwrap());
        SecondFactor::start(user, SealedSecret::new(vec![1]), Timestamp::from_millis(0))
    }

    #[test]
    fn a_factor_is_in_force_once_a_code_confirmed_it() {
        let mut factor = started();
        assert!(!factor.is_confirmed() && !factor.spend(TotpStep::new(7)));

        factor.confirm(TotpStep::new(7), Timestamp::from_millis(5));
        assert!(factor.is_confirmed() && !factor.awaits_code(Timestamp::from_millis(6)));
    }

    #[test]
    fn the_first_code_cannot_be_used_again_nor_any_before_it() {
        let mut factor = started();
        factor.confirm(TotpStep::new(7), Timestamp::from_millis(5));

        assert!(!factor.spend(TotpStep::new(7)) && !factor.spend(TotpStep::new(6)));
        assert!(factor.spend(TotpStep::new(8)) && !factor.spend(TotpStep::new(8)));
    }

    #[test]
    fn a_secret_does_not_wait_for_ever() {
        let factor = started();
        let quarter = Timestamp::from_millis(0).plus(SecondFactor::ENROLMENT);
        assert!(factor.awaits_code(Timestamp::from_millis(0)) && !factor.awaits_code(quarter));
    }

    #[test]
    fn every_user_has_a_place_of_their_own() {
        let place = SecondFactor::place(started().user_id);
        assert_eq!(place, format!("second_factors.secret:{}", started().user_id));
        assert_eq!(format!("{:?}", started().secret), "[redacted]");
    }
}
