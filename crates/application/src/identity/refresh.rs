//! Trading a refresh token for fresh tokens.

use gaara_identity::{Permission, RefreshToken, Refreshed, Session, TokenDigest, TokenError, User};
use gaara_kernel::StoreError;
use thiserror::Error;

use crate::actor::Actor;
use crate::app::App;
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::{Failure, ReadError, Refusal};
use crate::identity::tokens::SignedTokens;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Why a refresh token was not traded.
#[derive(Debug, Error)]
pub enum RefreshError {
    /// The token is unknown, or it or its session is over.
    #[error("invalid refresh token")]
    Invalid,
    /// The token was traded before; its session has been ended.
    #[error("the refresh token was used before")]
    Reused,
    /// The access token cannot be signed.
    #[error(transparent)]
    Token(#[from] TokenError),
    /// The transaction was refused.
    #[error(transparent)]
    Refused(#[from] Refusal<ReadError>),
}

impl App {
    /// Trades a refresh token for an access token and the next refresh token.
    ///
    /// # Errors
    /// Every variant of [`RefreshError`]; [`RefreshError::Reused`] ends the session first.
    pub async fn refresh(&self, actor: &Actor, token: &str) -> Result<SignedTokens, RefreshError> {
        let successor = self.refresh_token();
        let use_case = RefreshSession {
            presented: self.ports.digest.digest(token.as_bytes()),
            successor: successor.digest,
        };
        match self.execute(actor, &use_case).await? {
            RefreshOutcome::Rotated(rotated) => {
                let Rotation { user, session, token, at } = *rotated;
                Ok(self.signed_tokens(user, &session, successor, &token, at)?)
            }
            RefreshOutcome::Reused(_) => Err(RefreshError::Reused),
            RefreshOutcome::Ended => Err(RefreshError::Invalid),
        }
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
}

/// What became of a presented token.
#[derive(Debug)]
pub enum RefreshOutcome {
    /// It was traded.
    Rotated(Box<Rotation>),
    /// It had been traded before; this session was ended.
    Reused(Box<Session>),
    /// It is unknown, or it or its session is over.
    Ended,
}

/// A traded token.
#[derive(Debug)]
pub struct Rotation {
    /// Whose it is.
    pub user: User,
    /// The session it keeps alive.
    pub session: Session,
    /// The token that took over.
    pub token: RefreshToken,
    /// When.
    pub at: gaara_kernel::Timestamp,
}

impl UseCase for RefreshSession {
    type Output = RefreshOutcome;
    type Error = ReadError;
    const PERMISSION: Permission = Permission::SignIn;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<RefreshOutcome, ReadError> {
        let now = context.now();
        let Some(mut token) = unit.sessions().lock_token(&self.presented).await? else {
            return Ok(RefreshOutcome::Ended);
        };
        let Some(mut session) = unit.sessions().lock(token.session_id).await? else {
            return Ok(RefreshOutcome::Ended);
        };
        let user = unit.users().find(session.user_id).await?;
        let Some(user) = user.filter(|user| !user.disabled) else {
            return Ok(RefreshOutcome::Ended);
        };
        match token.present(&mut session, now) {
            Refreshed::Ended => Ok(RefreshOutcome::Ended),
            Refreshed::Reused => {
                unit.sessions().save(&session).await?;
                Ok(RefreshOutcome::Reused(Box::new(session)))
            }
            Refreshed::Rotated => {
                let successor = token.successor(self.successor, &session, now);
                unit.sessions().save_token(&token).await?;
                unit.sessions().add_token(&successor).await?;
                let rotation = Rotation { user, session, token: successor, at: now };
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
            RefreshOutcome::Reused(session) => {
                AuditEntry::new("session.token_reused", session.id).with("user", &session.user_id)
            }
            RefreshOutcome::Ended => AuditEntry::about("session.refresh_refused", "session"),
        }
    }
}

impl RefreshError {
    /// The store's failure, when there is one.
    #[must_use]
    pub fn store_error(&self) -> Option<&StoreError> {
        match self {
            Self::Refused(Refusal::Failed(error)) => error.store_error(),
            _ => None,
        }
    }
}
