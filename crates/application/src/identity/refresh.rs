//! Trading a refresh token for fresh tokens.

use std::time::Duration;

use gaara_identity::{
    Permission, PermissionVersion, RefreshToken, Refreshed, Revoked, Session, TokenDigest,
    TokenError, User,
};
use gaara_kernel::{SessionId, StoreError};
use gaara_security_policy::ThrottleRule;
use thiserror::Error;

use crate::actor::Actor;
use crate::app::App;
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::{Refusal, failure};
use crate::identity::revoke::revoke;
use crate::identity::signing_keys::ShowKeysError;
use crate::identity::tokens::{SignedTokens, permission_version};
use crate::identity::tries::TryError;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Why a refresh token was not traded.
#[derive(Debug, Error)]
pub enum RefreshError {
    /// The token is unknown, or it or its session is over.
    #[error("invalid refresh token")]
    Invalid,
    /// Too many tries from this address.
    #[error("too many tries")]
    Throttled {
        /// When to try again.
        retry_after: Duration,
    },
    /// The token was traded before; its session has been ended.
    #[error("the refresh token was used before")]
    Reused,
    /// The token was traded a moment ago, and the one that took over was used since.
    #[error("the refresh token was superseded")]
    Superseded,
    /// The token is one of another session than the one that was named.
    #[error("the refresh token is of another session")]
    OtherSession,
    /// The access token cannot be signed.
    #[error(transparent)]
    Token(#[from] TokenError),
    /// The transaction was refused.
    #[error(transparent)]
    Refused(Refusal<RefreshSessionError>),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<ShowKeysError> for RefreshError {
    fn from(error: ShowKeysError) -> Self {
        match error {
            ShowKeysError::Token(error) => Self::Token(error),
            ShowKeysError::Store(error) => Self::Store(error),
        }
    }
}

impl From<TryError> for RefreshError {
    fn from(error: TryError) -> Self {
        match error {
            TryError::TooMany { retry_after } => Self::Throttled { retry_after },
            TryError::Store(error) => Self::Store(error),
        }
    }
}

impl App {
    /// Trades a refresh token for an access token and the next refresh token.
    ///
    /// # Errors
    /// Every variant of [`RefreshError`]; [`RefreshError::Reused`] ends the session first.
    pub async fn refresh(
        &self,
        actor: &Actor,
        token: &str,
        address: &str,
    ) -> Result<SignedTokens, RefreshError> {
        self.refresh_in(actor, token, address, None).await
    }

    /// Trades a refresh token, which must be one of this session where one is named.
    ///
    /// # Errors
    /// Every variant of [`RefreshError`]; [`RefreshError::Reused`] ends the session first.
    pub async fn refresh_in(
        &self,
        actor: &Actor,
        token: &str,
        address: &str,
        session: Option<SessionId>,
    ) -> Result<SignedTokens, RefreshError> {
        let key = format!("refresh:{address}");
        let tried = self.count_try(key, ThrottleRule::REFRESH).await?;
        let successor = self.successor_of(token);
        let use_case = RefreshSession {
            presented: self.ports.digest.digest(token.as_bytes()),
            successor: successor.digest,
            session,
        };
        let outcome = self.execute(actor, &use_case).await.map_err(|refusal| match refusal {
            Refusal::Failed(RefreshSessionError::Ended) => RefreshError::Invalid,
            Refusal::Failed(RefreshSessionError::Superseded) => RefreshError::Superseded,
            Refusal::Failed(RefreshSessionError::OtherSession) => RefreshError::OtherSession,
            refusal => RefreshError::Refused(refusal),
        })?;
        let (RefreshOutcome::Rotated(rotated) | RefreshOutcome::Repeated(rotated)) = outcome else {
            return Err(RefreshError::Reused);
        };
        self.take_back(tried).await;
        Ok(self.signed_tokens(*rotated, successor).await?)
    }
}

/// Trades a refresh token. Finding one used twice is a success that ends the session: an error
/// would undo that.
#[derive(Debug, Clone)]
pub struct RefreshSession {
    /// The digest of the presented token.
    pub presented: TokenDigest,
    /// The digest of the token that takes over.
    pub successor: TokenDigest,
    /// The session it must be one of, where somebody says so.
    pub session: Option<SessionId>,
}

/// What became of a presented token.
#[derive(Debug)]
pub enum RefreshOutcome {
    /// It was traded.
    Rotated(Box<Rotation>),
    /// It was traded a moment ago; the same token takes over.
    Repeated(Box<Rotation>),
    /// It had been traded before; this session was ended.
    Reused(Box<Session>),
}

/// Why a token was not traded; nothing is written then.
#[derive(Debug, Error)]
pub enum RefreshSessionError {
    /// It is unknown, or it or its session is over.
    #[error("the refresh token is over")]
    Ended,
    /// The token that took over from it was used since.
    #[error("the refresh token was superseded")]
    Superseded,
    /// It is one of another session.
    #[error("the refresh token is of another session")]
    OtherSession,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(RefreshSessionError);

/// A traded token.
#[derive(Debug)]
pub struct Rotation {
    /// Whose it is.
    pub user: User,
    /// How often the user and the role were saved.
    pub permissions: PermissionVersion,
    /// The session it keeps alive.
    pub session: Session,
    /// The token that took over.
    pub token: RefreshToken,
    /// When.
    pub at: gaara_kernel::Timestamp,
}

impl UseCase for RefreshSession {
    type Output = RefreshOutcome;
    type Error = RefreshSessionError;
    const PERMISSION: Permission = Permission::SignIn;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<RefreshOutcome, RefreshSessionError> {
        let now = context.now();
        let ended = || RefreshSessionError::Ended;
        let mut token = unit.sessions().lock_token(&self.presented).await?.ok_or_else(ended)?;
        if self.session.is_some_and(|session| session != token.session_id) {
            return Err(RefreshSessionError::OtherSession);
        }
        let mut session = unit.sessions().lock(token.session_id).await?.ok_or_else(ended)?;
        let user = unit.users().find(session.user_id).await?;
        let user = user.filter(|user| !user.disabled).ok_or_else(ended)?;
        let permissions = permission_version(unit, &user).await?;
        // Whoever asks at the same moment has waited for the first token, and finds the second.
        let next = match token.consumed_at {
            Some(_) => unit.sessions().lock_token(&self.successor).await?,
            None => None,
        };
        match token.present(&mut session, next.as_ref(), now) {
            Refreshed::Ended => Err(ended()),
            Refreshed::Superseded => Err(RefreshSessionError::Superseded),
            Refreshed::Repeated => {
                let token = next.ok_or_else(ended)?;
                let rotation = Rotation { user, permissions, session, token, at: now };
                Ok(RefreshOutcome::Repeated(Box::new(rotation)))
            }
            Refreshed::Reused => {
                unit.sessions().save(&session).await?;
                revoke(unit, context, Revoked::Session(session.id)).await?;
                Ok(RefreshOutcome::Reused(Box::new(session)))
            }
            Refreshed::Rotated => {
                let successor = token.successor(self.successor, &session, now);
                unit.sessions().save(&session).await?;
                unit.sessions().save_token(&token).await?;
                unit.sessions().add_token(&successor).await?;
                unit.sessions().forget_tokens(now.minus(RefreshToken::REMEMBERED)).await?;
                let rotation = Rotation { user, permissions, session, token: successor, at: now };
                Ok(RefreshOutcome::Rotated(Box::new(rotation)))
            }
        }
    }

    fn audit(&self, output: &RefreshOutcome) -> AuditEntry {
        match output {
            RefreshOutcome::Rotated(rotation) => {
                AuditEntry::new("session.refreshed", rotation.session.id)
                    .with("generation", &rotation.token.generation)
            }
            RefreshOutcome::Repeated(rotation) => {
                AuditEntry::new("session.refresh_repeated", rotation.session.id)
                    .with("generation", &rotation.token.generation)
            }
            RefreshOutcome::Reused(session) => {
                AuditEntry::new("session.token_reused", session.id).with("user", &session.user_id)
            }
        }
    }
}
