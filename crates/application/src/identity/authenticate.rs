//! Turning an access token into an actor.

use gaara_identity::{ApiKey, SignedIn, TokenError};
use gaara_kernel::StoreError;
use thiserror::Error;

use crate::actor::Actor;
use crate::app::App;
use crate::trace::TraceId;

/// Why an access token gives no actor.
#[derive(Debug, Error)]
pub enum AuthenticateError {
    /// The token is not one we signed.
    #[error("invalid token")]
    Invalid,
    /// The token was good once.
    #[error("expired token")]
    Expired,
    /// Its session was ended, or its user disabled.
    #[error("revoked token")]
    Revoked,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<TokenError> for AuthenticateError {
    fn from(error: TokenError) -> Self {
        match error {
            TokenError::Invalid => Self::Invalid,
            TokenError::Expired => Self::Expired,
        }
    }
}

impl App {
    /// Finds who presents an access token, or the key of a program, as of now: a session that ended, a user who was
    /// disabled and a role that changed count from the next request on.
    ///
    /// # Errors
    /// Every variant of [`AuthenticateError`].
    pub async fn authenticate(
        &self,
        token: &str,
        trace: TraceId,
    ) -> Result<Actor, AuthenticateError> {
        if token.starts_with(ApiKey::PREFIX) {
            return self.authenticate_key(token, trace).await;
        }
        let now = self.ports.clock.now();
        let claims = self.ports.signer.verify(token, now)?;
        let mut view = self.ports.store.view().await?;
        let signed_in = view.find_signed_in(claims.session).await?;
        let signed_in = signed_in.ok_or(AuthenticateError::Revoked)?;
        let SignedIn { session, user, permissions } = signed_in;
        if user.id != claims.user || user.disabled || !session.is_alive(now) {
            return Err(AuthenticateError::Revoked);
        }
        let has_factor = user.second_factor_since.is_some();
        let must_enrol = !has_factor && view.needs_second_factor(&user.role).await?;
        let actor = Actor::user(user.id, session.id, permissions, trace);
        Ok(actor.proven_at(session.proven_at).enrolling(must_enrol))
    }
}
