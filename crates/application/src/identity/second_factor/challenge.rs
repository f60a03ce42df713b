//! The second half of signing in.

use std::time::Duration;

use gaara_identity::{
    CeremonyPurpose, Challenge, Origin, Permission, SealError, TokenDigest, TokenError,
};
use gaara_kernel::{StoreError, UserId};
use thiserror::Error;

use super::{CodeError, FittingCode, ShownFactor};
use crate::actor::Actor;
use crate::app::App;
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::{Refusal, failure};
use crate::identity::refresh::Rotation;
use crate::identity::sign_in::open_session;
use crate::identity::signing_keys::ShowKeysError;
use crate::identity::tokens::SignedTokens;
use crate::identity::tries::TryError;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// What every challenge starts with, so that nobody takes one for another token.
const PREFIX: &str = "gmc_";

/// What somebody sends whose password was right.
#[derive(Clone)]
pub struct ChallengeAnswer {
    /// The challenge, as signing in named it.
    pub challenge: String,
    /// The second factor.
    pub shown: ShownFactor,
    /// Where the request came from, to count tries by.
    pub address: String,
}

/// Why a challenge did not sign anybody in.
#[derive(Debug, Error)]
pub enum ChallengeFailure {
    /// The challenge is unknown, too old, answered, or was missed too often.
    #[error("the challenge is over")]
    Expired,
    /// The code is not the one of this moment, or was used before.
    #[error("wrong code")]
    WrongCode,
    /// Too many tries for this user, or from this address.
    #[error("too many tries")]
    Throttled {
        /// When to try again.
        retry_after: Duration,
    },
    /// The secret does not open.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The token cannot be signed.
    #[error(transparent)]
    Token(#[from] TokenError),
    /// The transaction was refused.
    #[error(transparent)]
    Refused(Refusal<AnswerChallengeError>),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<TryError> for ChallengeFailure {
    fn from(error: TryError) -> Self {
        match error {
            TryError::TooMany { retry_after } => Self::Throttled { retry_after },
            TryError::Store(error) => Self::Store(error),
        }
    }
}

impl From<ShowKeysError> for ChallengeFailure {
    fn from(error: ShowKeysError) -> Self {
        match error {
            ShowKeysError::Token(error) => Self::Token(error),
            ShowKeysError::Store(error) => Self::Store(error),
        }
    }
}

impl From<CodeError> for ChallengeFailure {
    fn from(error: CodeError) -> Self {
        match error {
            CodeError::Seal(error) => Self::Seal(error),
            CodeError::Store(error) => Self::Store(error),
        }
    }
}

impl App {
    /// Asks a user who knew the password for the second factor, and names the challenge.
    pub(crate) async fn open_challenge(
        &self,
        actor: &Actor,
        (user, login): (UserId, String),
        origin: Origin,
    ) -> Result<String, Refusal<OpenChallengeError>> {
        let challenge = self.secret_token(PREFIX);
        let use_case = OpenChallenge { user, login, digest: challenge.digest, origin };
        self.execute(actor, &use_case).await?;
        Ok(challenge.text)
    }

    /// Signs in whoever answers a challenge by the second factor.
    ///
    /// # Errors
    /// Every variant of [`ChallengeFailure`]; [`ChallengeFailure::WrongCode`] is counted, and the
    /// fifth ends the challenge.
    pub async fn answer_challenge(
        &self,
        actor: &Actor,
        answer: &ChallengeAnswer,
    ) -> Result<SignedTokens, ChallengeFailure> {
        let from = self.count_address(&answer.address).await?;
        let digest = self.ports.digest.digest(answer.challenge.as_bytes());
        let asked = self.find_challenge(&digest).await?.ok_or(ChallengeFailure::Expired)?;
        let user = asked.user_id;
        let tried = self.count_code(user).await?;
        let code = self.fitting(user, CeremonyPurpose::SignIn, &answer.shown).await?;
        let refresh = self.refresh_token();
        let use_case = AnswerChallenge { user, digest, code, refresh_digest: refresh.digest };
        let outcome = self.execute(actor, &use_case).await.map_err(|refusal| match refusal {
            Refusal::Failed(AnswerChallengeError::Expired) => ChallengeFailure::Expired,
            refusal => ChallengeFailure::Refused(refusal),
        })?;
        let ChallengeOutcome::Answered(opened) = outcome else {
            return Err(ChallengeFailure::WrongCode);
        };
        self.take_back(tried).await;
        self.take_back(from).await;
        let device = asked.login.map(|login| self.new_device(&login).text);
        Ok(SignedTokens { device, ..self.signed_tokens(*opened, refresh).await? })
    }

    pub(super) async fn find_challenge(
        &self,
        digest: &TokenDigest,
    ) -> Result<Option<Challenge>, StoreError> {
        let now = self.ports.clock.now();
        let mut view = self.ports.store.view().await?;
        Ok(view.find_challenge(digest).await?.filter(|it| it.stands(now)))
    }
}

/// Asks for the second factor of a user whose password was checked. Only
/// [`App::sign_in`] can make one.
#[derive(Debug, Clone)]
pub struct OpenChallenge {
    user: UserId,
    login: String,
    digest: TokenDigest,
    origin: Origin,
}

/// Why nobody was asked for a second factor.
#[derive(Debug, Error)]
pub enum OpenChallengeError {
    /// The user was disabled meanwhile.
    #[error("the user may not sign in")]
    Gone,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(OpenChallengeError);

impl UseCase for OpenChallenge {
    type Output = ();
    type Error = OpenChallengeError;
    const PERMISSION: Permission = Permission::SignIn;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<(), OpenChallengeError> {
        let user = unit.users().lock(self.user).await?;
        let user = user.filter(|user| !user.disabled).ok_or(OpenChallengeError::Gone)?;
        let challenge = Challenge::ask(self.digest, &user, self.origin.clone(), context.now());
        let challenge = challenge.of_login(self.login.clone());
        Ok(unit.second_factors().add_challenge(&challenge, context.now()).await?)
    }

    fn audit(&self, (): &()) -> AuditEntry {
        AuditEntry::new("user.second_factor_asked", self.user)
    }
}

/// Answers a challenge. A wrong answer is a success that counts it: an error would undo that.
/// Only [`App::answer_challenge`] can make one.
#[derive(Debug, Clone)]
pub struct AnswerChallenge {
    user: UserId,
    digest: TokenDigest,
    /// Absent when the code is wrong already.
    code: Option<FittingCode>,
    refresh_digest: TokenDigest,
}

/// What became of an answer.
#[derive(Debug)]
pub enum ChallengeOutcome {
    /// It was right: a session of this user was opened.
    Answered(Box<Rotation>),
    /// It was wrong; so many tries are left.
    Missed {
        /// How many.
        tries_left: u8,
    },
}

/// Why an answer came to nothing; nothing is written then.
#[derive(Debug, Error)]
pub enum AnswerChallengeError {
    /// The challenge is unknown, too old, answered, or was missed too often, or the user was
    /// changed since.
    #[error("the challenge is over")]
    Expired,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(AnswerChallengeError);

impl AnswerChallenge {
    /// Adds what was shown, where it fitted.
    fn by(&self, entry: AuditEntry) -> AuditEntry {
        match &self.code {
            Some(code) => entry.with("second_factor", &code.name()),
            None => entry,
        }
    }
}

impl UseCase for AnswerChallenge {
    type Output = ChallengeOutcome;
    type Error = AnswerChallengeError;
    const PERMISSION: Permission = Permission::SignIn;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<ChallengeOutcome, AnswerChallengeError> {
        let (now, expired) = (context.now(), || AnswerChallengeError::Expired);
        let user = unit.users().lock(self.user).await?.ok_or_else(expired)?;
        let challenge = unit.second_factors().lock_challenge(&self.digest).await?;
        let standing = challenge.filter(|it| it.stands(now) && it.is_of(&user));
        let mut challenge = standing.ok_or_else(expired)?;
        let spent = match &self.code {
            Some(code) => code.spend(unit, user.id, now).await?,
            None => false,
        };
        if !spent {
            challenge.miss();
            unit.second_factors().save_challenge(&challenge).await?;
            return Ok(ChallengeOutcome::Missed { tries_left: challenge.tries_left });
        }
        unit.second_factors().remove_challenges(user.id).await?;
        let opened =
            open_session(unit, context, user, self.refresh_digest, &challenge.origin).await?;
        Ok(ChallengeOutcome::Answered(Box::new(opened)))
    }

    fn audit(&self, outcome: &ChallengeOutcome) -> AuditEntry {
        match outcome {
            ChallengeOutcome::Answered(opened) => {
                let entry = AuditEntry::new("session.opened", opened.session.id);
                self.by(entry.with("user", &self.user))
            }
            ChallengeOutcome::Missed { tries_left } => {
                let entry = AuditEntry::new("user.second_factor_missed", self.user);
                self.by(entry.with("tries_left", tries_left))
            }
        }
    }
}
