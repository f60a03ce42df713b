//! Signing out.

use gaara_identity::{Permission, Revoked};
use gaara_kernel::{SessionId, StoreError};
use thiserror::Error;

use crate::actor::Principal;
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::failure;
use crate::identity::revoke::revoke;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Ends the session it is asked in.
#[derive(Debug, Clone)]
pub struct SignOut;

/// Why signing out failed.
#[derive(Debug, Error)]
pub enum SignOutError {
    /// The actor has no session.
    #[error("there is no session to end")]
    NoSession,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(SignOutError);

impl UseCase for SignOut {
    type Output = SessionId;
    type Error = SignOutError;
    const PERMISSION: Permission = Permission::UseOwnAccount;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<SessionId, SignOutError> {
        let Principal::User { session, .. } = context.actor().principal() else {
            return Err(SignOutError::NoSession);
        };
        let mut session = unit.sessions().lock(session).await?.ok_or(SignOutError::NoSession)?;
        session.end(context.now());
        unit.sessions().save(&session).await?;
        revoke(unit, context, Revoked::Session(session.id)).await?;
        Ok(session.id)
    }

    fn audit(&self, output: &SessionId) -> AuditEntry {
        AuditEntry::new("session.ended", *output)
    }
}
