//! Second factors: enrolling, signing in with one, and taking one away.

mod ceremony;
mod challenge;
mod confirm;
mod enrol;
mod passkeys;
mod policy;
mod prove;
mod recovery_codes;
mod remove;

use std::time::Duration;

use gaara_identity::{
    Assertion, CeremonyPurpose, SealError, SealedSecret, SecondFactor, SecondFactorCode,
    TokenDigest, TotpCode, TotpSecret, TotpStep,
};
use gaara_kernel::{SessionId, StoreError, Timestamp, UserId};
use gaara_security_policy::ThrottleRule;
use thiserror::Error;

use crate::actor::{Actor, Principal};
use crate::app::App;
use crate::failure::{Refusal, failure};
use crate::identity::device::key_of_code;
use crate::identity::tries::{Try, TryError};
use crate::ports::UnitOfWork;

pub use ceremony::{
    AskForProof, AskPasskey, AskPasskeyError, AskedPasskey, PasskeyAnswer, StartPasskey,
};
pub use challenge::{
    AnswerChallenge, AnswerChallengeError, ChallengeAnswer, ChallengeFailure, ChallengeOutcome,
    OpenChallenge, OpenChallengeError,
};
pub use confirm::ConfirmSecondFactor;
pub use enrol::{EnrolSecondFactor, Enrolment};
pub use passkeys::{AddPasskey, ListMyPasskeys, OwnPasskeyError, PasskeyFailure, RemovePasskey};
pub use policy::{
    ChangeSecondFactorRoles, ListSecondFactorRoles, SecondFactorRolesError, SecondFactorState,
    ShowSecondFactor,
};
pub use prove::{Proof, ProofFailure, ProveSession, ProveSessionError};
pub use recovery_codes::RenewRecoveryCodes;
pub use remove::{RemoveSecondFactor, ResetSecondFactor, ResetSecondFactorError};

/// Why a second factor was not enrolled, confirmed, renewed or removed; nothing is written then.
#[derive(Debug, Error)]
pub enum SecondFactorError {
    /// The actor is no user.
    #[error("there is no user whose factor it is")]
    NoUser,
    /// The user has a second factor.
    #[error("there is a second factor")]
    AlreadyOn,
    /// The user has no second factor.
    #[error("there is no second factor")]
    NotOn,
    /// Nobody began to enrol, or somebody began too long ago or anew.
    #[error("there is nothing to confirm")]
    NothingToConfirm,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(SecondFactorError);

/// Why a second factor was not enrolled, confirmed, renewed or removed, before or in the
/// transaction.
#[derive(Debug, Error)]
pub enum SecondFactorFailure {
    /// The code is not the one of this moment, or was used before.
    #[error("wrong code")]
    WrongCode,
    /// Too many wrong codes.
    #[error("too many tries")]
    Throttled {
        /// When to try again.
        retry_after: Duration,
    },
    /// The secret cannot be sealed or opened.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The transaction was refused.
    #[error(transparent)]
    Refused(#[from] Refusal<SecondFactorError>),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<TryError> for SecondFactorFailure {
    fn from(error: TryError) -> Self {
        match error {
            TryError::TooMany { retry_after } => Self::Throttled { retry_after },
            TryError::Store(error) => Self::Store(error),
        }
    }
}

/// What somebody shows as the second factor.
#[derive(Clone)]
pub enum ShownFactor {
    /// A code of the phone, or one on paper.
    Code(String),
    /// What a device with a passkey answered.
    Passkey(PasskeyAnswer),
}

/// A code or an answer that fits what is known, to be used up in a transaction.
#[derive(Debug, Clone)]
pub(crate) enum FittingCode {
    /// A code of the phone: its step, and the secret it was found with.
    Totp { secret: SealedSecret, step: TotpStep },
    /// A code on paper; whether there is such a one is found when it is used.
    Recovery(TokenDigest),
    /// The answer of a device: the question, and the use of the passkey.
    Passkey { ceremony: TokenDigest, used: Assertion },
    /// The answer of a device whose key may have a copy: it is counted and told, never taken.
    Cloned,
}

impl FittingCode {
    /// What the audit log calls it.
    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Self::Totp { .. } => "totp",
            Self::Recovery(_) => "recovery_code",
            Self::Passkey { .. } => "passkey",
            Self::Cloned => "passkey_with_a_copy",
        }
    }

    /// Uses the code up; `false` when there is no such code, or somebody was faster.
    pub(crate) async fn spend(
        &self,
        unit: &mut dyn UnitOfWork,
        user: UserId,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        match self {
            Self::Recovery(code) => {
                unit.second_factors().spend_recovery_code(user, code, now).await
            }
            Self::Cloned => Ok(false),
            Self::Passkey { ceremony, used } => Ok(unit.passkeys().take_ceremony(ceremony).await?
                && unit.passkeys().note_use(used, now).await?),
            Self::Totp { secret, step } => {
                let factor = unit.second_factors().lock(user).await?;
                let Some(mut factor) = factor.filter(|factor| factor.secret == *secret) else {
                    return Ok(false);
                };
                let spent = factor.spend(*step);
                if spent {
                    unit.second_factors().save(&factor).await?;
                }
                Ok(spent)
            }
        }
    }
}

/// Why a code cannot be looked at.
pub(crate) enum CodeError {
    /// The secret does not open.
    Seal(SealError),
    /// The store failed.
    Store(StoreError),
}

impl From<StoreError> for CodeError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<SealError> for CodeError {
    fn from(error: SealError) -> Self {
        Self::Seal(error)
    }
}

/// The user who asks, and the session it is asked in.
fn own(actor: &Actor) -> Option<(UserId, SessionId)> {
    match actor.principal() {
        Principal::User { id, session } => Some((id, session)),
        Principal::Anonymous | Principal::Key { .. } | Principal::System => None,
    }
}

impl App {
    /// Counts a code that somebody shows as the second factor of a user, wherever from.
    async fn count_code(&self, user: UserId) -> Result<Try, TryError> {
        self.count_try(key_of_code(user), ThrottleRule::SECOND_FACTOR).await
    }

    /// Finds what may be the second factor of a user; `None` when it is not.
    async fn fitting(
        &self,
        user: UserId,
        purpose: CeremonyPurpose,
        shown: &ShownFactor,
    ) -> Result<Option<FittingCode>, CodeError> {
        match shown {
            ShownFactor::Code(code) => self.fitting_code(user, code).await,
            ShownFactor::Passkey(answer) => Ok(self.fitting_passkey(user, purpose, answer).await?),
        }
    }

    /// Finds a code that may be the second factor of a user; `None` when it is not.
    async fn fitting_code(
        &self,
        user: UserId,
        text: &str,
    ) -> Result<Option<FittingCode>, CodeError> {
        match SecondFactorCode::parse(text) {
            None => Ok(None),
            Some(SecondFactorCode::Recovery(code)) => {
                let digest = self.ports.digest.digest(code.expose().as_bytes());
                Ok(Some(FittingCode::Recovery(digest)))
            }
            Some(SecondFactorCode::Totp(code)) => {
                let mut view = self.ports.store.view().await?;
                let factor = view.find_second_factor(user).await?;
                drop(view);
                let Some(factor) = factor.filter(SecondFactor::is_confirmed) else {
                    return Ok(None);
                };
                let step = self.step_of(&factor, code)?;
                Ok(step.map(|step| FittingCode::Totp { secret: factor.secret, step }))
            }
        }
    }

    /// The step of a code, when it is one of this moment and later than the last that was used.
    fn step_of(
        &self,
        factor: &SecondFactor,
        code: TotpCode,
    ) -> Result<Option<TotpStep>, SealError> {
        let place = SecondFactor::place(factor.user_id);
        let opened = self.ports.sealing.open(&place, factor.secret.as_bytes())?;
        let secret = TotpSecret::new(opened.try_into().map_err(|_| SealError)?);
        let now = self.ports.clock.now();
        Ok(secret.step_of(code, now, factor.last_step, &*self.ports.hmac_sha1))
    }
}
