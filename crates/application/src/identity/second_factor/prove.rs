//! Showing again who it is, before something dangerous (ASVS 7.5.3).

use std::time::Duration;

use gaara_identity::{CeremonyPurpose, HashError, PasswordHash, Permission, Revoked, SealError};
use gaara_kernel::{SessionId, StoreError, UserId};
use gaara_security_policy::ThrottleRule;
use thiserror::Error;

use super::{CodeError, FittingCode, ShownFactor, own};
use crate::actor::Actor;
use crate::app::App;
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::{Refusal, failure};
use crate::identity::device::key_of_password;
use crate::identity::revoke::revoke;
use crate::identity::tries::TryError;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// What somebody shows: the second factor where there is one, and the password otherwise.
#[derive(Clone, Default)]
pub struct Proof {
    /// The password.
    pub password: Option<String>,
    /// The second factor.
    pub factor: Option<ShownFactor>,
}

/// Why a proof was not taken, before or in the transaction.
#[derive(Debug, Error)]
pub enum ProofFailure {
    /// The user has a second factor, so it is needed.
    #[error("a code is needed")]
    CodeMissing,
    /// The user has no second factor, so the password is needed.
    #[error("the password is needed")]
    PasswordMissing,
    /// The code is not the one of this moment, or was used before.
    #[error("wrong code")]
    WrongCode,
    /// It is not the password.
    #[error("wrong password")]
    WrongPassword,
    /// Too many wrong tries.
    #[error("too many tries")]
    Throttled {
        /// When to try again.
        retry_after: Duration,
    },
    /// The password cannot be checked now.
    #[error(transparent)]
    Hash(#[from] HashError),
    /// The secret does not open.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The transaction was refused.
    #[error(transparent)]
    Refused(#[from] Refusal<ProveSessionError>),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<TryError> for ProofFailure {
    fn from(error: TryError) -> Self {
        match error {
            TryError::TooMany { retry_after } => Self::Throttled { retry_after },
            TryError::Store(error) => Self::Store(error),
        }
    }
}

impl From<CodeError> for ProofFailure {
    fn from(error: CodeError) -> Self {
        match error {
            CodeError::Seal(error) => Self::Seal(error),
            CodeError::Store(error) => Self::Store(error),
        }
    }
}

impl App {
    /// Takes a proof of who uses the session it is asked in. Dangerous things may be done in it
    /// for ten minutes.
    ///
    /// # Errors
    /// Every variant of [`ProofFailure`]; nothing is written then.
    pub async fn prove(&self, actor: &Actor, proof: &Proof) -> Result<(), ProofFailure> {
        let no_session = || Refusal::Failed(ProveSessionError::NoSession);
        let (id, session) = own(actor).ok_or_else(no_session)?;
        let mut view = self.ports.store.view().await?;
        let user = view.find_user(id).await?.ok_or_else(no_session)?;
        drop(view);
        let (tried, shown) = if user.second_factor_since.is_some() {
            let shown = proof.factor.as_ref().ok_or(ProofFailure::CodeMissing)?;
            let tried = self.count_code(id).await?;
            let code = self.fitting(id, CeremonyPurpose::Proof, shown).await?;
            let code = code.ok_or(ProofFailure::WrongCode)?;
            (tried, Shown::Code(code))
        } else {
            let password = proof.password.as_deref().ok_or(ProofFailure::PasswordMissing)?;
            let tried = self.count_try(key_of_password(id), ThrottleRule::SIGN_IN).await?;
            let form = self.password_form(password).ok_or(ProofFailure::WrongPassword)?;
            if !self.ports.hasher.verify(&form, Some(&user.password_hash)).await? {
                return Err(ProofFailure::WrongPassword);
            }
            (tried, Shown::Password(user.password_hash))
        };
        let use_case = ProveSession { user: id, session, shown };
        self.execute(actor, &use_case).await.map_err(|refusal| match refusal {
            Refusal::Failed(ProveSessionError::Spent) => ProofFailure::WrongCode,
            Refusal::Failed(ProveSessionError::Changed) => ProofFailure::WrongPassword,
            refusal => ProofFailure::Refused(refusal),
        })?;
        self.take_back(tried).await;
        Ok(())
    }
}

/// What was shown and checked.
#[derive(Debug, Clone)]
enum Shown {
    Code(FittingCode),
    /// The hash that the password was checked against.
    Password(PasswordHash),
}

/// Notes that whoever uses a session showed who that is. Only [`App::prove`] can make one.
#[derive(Debug, Clone)]
pub struct ProveSession {
    user: UserId,
    session: SessionId,
    shown: Shown,
}

/// Why a proof was not noted.
#[derive(Debug, Error)]
pub enum ProveSessionError {
    /// The actor has no session, or it was ended.
    #[error("there is no session to prove")]
    NoSession,
    /// The code was used meanwhile.
    #[error("the code was used")]
    Spent,
    /// The password was changed meanwhile, or a second factor was added.
    #[error("the password was changed meanwhile")]
    Changed,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(ProveSessionError);

impl UseCase for ProveSession {
    type Output = ();
    type Error = ProveSessionError;
    const PERMISSION: Permission = Permission::UseOwnAccount;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<(), ProveSessionError> {
        let now = context.now();
        let user = unit.users().lock(self.user).await?.ok_or(ProveSessionError::NoSession)?;
        match &self.shown {
            Shown::Code(code) => {
                if !code.spend(unit, user.id, now).await? {
                    return Err(ProveSessionError::Spent);
                }
            }
            Shown::Password(checked) => {
                if user.second_factor_since.is_some() || user.password_hash != *checked {
                    return Err(ProveSessionError::Changed);
                }
            }
        }
        let session = unit.sessions().lock(self.session).await?;
        let alive = session.filter(|session| session.is_alive(now));
        let mut session = alive.ok_or(ProveSessionError::NoSession)?;
        session.proven_at = session.proven_at.max(now);
        unit.sessions().save(&session).await?;
        // Every instance has to look at the session again.
        Ok(revoke(unit, context, Revoked::User(user.id)).await?)
    }

    fn audit(&self, (): &()) -> AuditEntry {
        let by = match &self.shown {
            Shown::Code(code) => code.name(),
            Shown::Password(_) => "password",
        };
        AuditEntry::new("session.proven", self.session).with("by", &by)
    }
}
