//! Telling all instances what was taken back, or has changed.

use gaara_identity::{Permission, Revocation, Revoked, TokenError, TokenId};
use gaara_kernel::{SessionId, StoreError};

use crate::actor::{Actor, Principal};
use crate::app::App;
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::{ReadError, Refusal};
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Enters something into the list that instances share. Whoever ends a session, keeps a user out or
/// changes what somebody may do says so here.
pub(crate) async fn revoke(
    unit: &mut dyn UnitOfWork,
    context: &Context,
    what: Revoked,
) -> Result<(), StoreError> {
    context.note_changed_lists();
    unit.revocations().add(&Revocation::new(what, context.now())).await
}

/// Takes one access token back; its session goes on. Only [`App::revoke_token`] can make one.
#[derive(Debug, Clone)]
pub struct RevokeToken {
    id: TokenId,
    session: SessionId,
}

impl App {
    /// Takes an access token of the user who asks back, as RFC 7009 has it: one that is no good, or
    /// somebody else's, is none to take back, and that is no error.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`] and [`Refusal::Failed`].
    pub async fn revoke_token(&self, actor: &Actor, token: &str) -> Result<(), Refusal<ReadError>> {
        let now = self.ports.clock.now();
        self.catch_up(now).await.map_err(|error| Refusal::Failed(ReadError(error)))?;
        let keys = self.looks.accepted_keys(now);
        let claims = match self.ports.signer.verify(token, &keys, now) {
            Ok(claims) => claims,
            Err(TokenError::Invalid | TokenError::Expired) => return Ok(()),
        };
        match actor.principal() {
            Principal::User { id, .. } if id == claims.user => {
                self.execute(actor, &RevokeToken { id: claims.id, session: claims.session }).await
            }
            _ => Ok(()),
        }
    }
}

impl UseCase for RevokeToken {
    type Output = ();
    type Error = ReadError;
    const PERMISSION: Permission = Permission::UseOwnAccount;

    async fn run(&self, unit: &mut dyn UnitOfWork, context: &Context) -> Result<(), ReadError> {
        Ok(revoke(unit, context, Revoked::Token(self.id)).await?)
    }

    fn audit(&self, (): &()) -> AuditEntry {
        AuditEntry::new("session.token_revoked", self.session)
    }
}
