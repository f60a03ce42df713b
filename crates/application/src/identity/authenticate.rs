//! Turning an access token into an actor.

use std::sync::Arc;

use gaara_identity::{AccessClaims, ApiKey, SignedIn, TokenError};
use gaara_kernel::{StoreError, Timestamp};
use thiserror::Error;

use crate::actor::Actor;
use crate::app::App;
use crate::identity::looks::{Seen, Sight};
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
    /// Finds who presents an access token, or the key of a program. A session that ended, a user who was kept out and a role
    /// that changed count from the next request on where that happened, and within two seconds
    /// everywhere else.
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
        self.catch_up(now).await?;
        let claims = self.ports.signer.verify(token, &self.looks.accepted_keys(now), now)?;
        let seen = match self.looks.find(&claims, now) {
            Sight::Known(seen) => seen,
            Sight::Revoked => return Err(AuthenticateError::Revoked),
            Sight::Unknown { news } => self.look(&claims, news, now).await?,
        };
        let SignedIn { session, user, permissions, .. } = &seen.signed_in;
        if user.id != claims.user || user.disabled || !session.is_alive(now) {
            return Err(AuthenticateError::Revoked);
        }
        let actor = Actor::user(user.id, session.id, permissions.clone(), trace);
        Ok(actor.proven_at(session.proven_at).enrolling(seen.must_enrol))
    }

    /// Looks at a session, and remembers it.
    async fn look(
        &self,
        claims: &AccessClaims,
        news: u64,
        now: Timestamp,
    ) -> Result<Arc<Seen>, AuthenticateError> {
        let mut view = self.ports.store.view().await?;
        let signed_in = view.find_signed_in(claims.session).await?;
        let signed_in = signed_in.ok_or(AuthenticateError::Revoked)?;
        let user = &signed_in.user;
        let has_factor = user.second_factor_since.is_some();
        let must_enrol = !has_factor && view.needs_second_factor(&user.role).await?;
        let seen = Arc::new(Seen { signed_in, must_enrol });
        self.looks.remember(&seen, news, now);
        Ok(seen)
    }

    /// Reads what was revoked lately, where this instance may have missed something. While the
    /// store does not answer nobody is let in.
    pub(crate) async fn catch_up(&self, now: Timestamp) -> Result<(), StoreError> {
        let Some(turn) = self.looks.turn(now) else { return Ok(()) };
        let mut view = self.ports.store.view().await?;
        let revoked = view.list_revocations(turn.since).await?;
        let schedule = view.find_key_schedule().await?;
        self.looks.learn(&turn, revoked, schedule);
        Ok(())
    }
}
