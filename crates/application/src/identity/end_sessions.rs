//! Ending sessions: one's own, one or all others, and those of somebody else.

use gaara_identity::{Permission, Revoked};
use gaara_kernel::{SessionId, StoreError, UserId};
use thiserror::Error;

use crate::actor::Principal;
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::failure;
use crate::identity::grant::{GrantError, hold_role};
use crate::identity::revoke::revoke;
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Ends one of the sessions of the user who asks.
#[derive(Debug, Clone)]
pub struct EndSession {
    /// Which session.
    pub id: SessionId,
}

/// Ends every session of the user who asks but the one it is asked in.
#[derive(Debug, Clone)]
pub struct EndOtherSessions;

/// Ends every session of a user.
#[derive(Debug, Clone)]
pub struct EndUserSessions {
    /// Whose.
    pub user: UserId,
}

/// Why sessions were not ended.
#[derive(Debug, Error)]
pub enum EndSessionsError {
    /// There is no such user, or the user has no such session.
    #[error("no such session")]
    NotFound,
    /// The user's role allows something that the actor may not do.
    #[error("{} is beyond the actor", .0.code())]
    BeyondOwn(Permission),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(EndSessionsError);

impl From<GrantError> for EndSessionsError {
    fn from(error: GrantError) -> Self {
        match error {
            // A user without a role is a broken reference, which no store has.
            GrantError::UnknownRole => Self::Store(StoreError::Corrupt { entity: "user" }),
            GrantError::BeyondOwn(permission) => Self::BeyondOwn(permission),
            GrantError::Store(error) => Self::Store(error),
        }
    }
}

/// The user who asks, and the session it is asked in.
fn own(context: &Context) -> Result<(UserId, SessionId), EndSessionsError> {
    match context.actor().principal() {
        Principal::User { id, session } => Ok((id, session)),
        Principal::Anonymous | Principal::Key { .. } | Principal::System => {
            Err(EndSessionsError::NotFound)
        }
    }
}

impl UseCase for EndSession {
    type Output = SessionId;
    type Error = EndSessionsError;
    const PERMISSION: Permission = Permission::UseOwnAccount;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<SessionId, EndSessionsError> {
        let (user, _) = own(context)?;
        let session = unit.sessions().lock(self.id).await?;
        let live = session.filter(|it| it.user_id == user && it.is_alive(context.now()));
        // Whether it is somebody else's is nobody's business.
        let mut session = live.ok_or(EndSessionsError::NotFound)?;
        session.end(context.now());
        unit.sessions().save(&session).await?;
        revoke(unit, context, Revoked::Session(session.id)).await?;
        unit.outbox().add(&Event::new("session.ended", session.id, context)).await?;
        Ok(session.id)
    }

    fn audit(&self, id: &SessionId) -> AuditEntry {
        AuditEntry::new("session.ended", *id)
    }
}

impl UseCase for EndOtherSessions {
    /// Whose, and how many.
    type Output = (UserId, u64);
    type Error = EndSessionsError;
    const PERMISSION: Permission = Permission::UseOwnAccount;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Self::Output, EndSessionsError> {
        let (user, session) = own(context)?;
        let ended = unit.sessions().end_all(user, Some(session), context.now()).await?;
        revoke(unit, context, Revoked::User(user)).await?;
        unit.outbox().add(&Event::new("user.sessions_ended", user, context)).await?;
        Ok((user, ended))
    }

    fn audit(&self, (user, ended): &Self::Output) -> AuditEntry {
        AuditEntry::new("user.sessions_ended", *user).with("sessions_ended", ended)
    }
}

impl UseCase for EndUserSessions {
    /// How many.
    type Output = u64;
    type Error = EndSessionsError;
    const PERMISSION: Permission = Permission::EditUsers;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<u64, EndSessionsError> {
        let user = unit.users().lock(self.user).await?.ok_or(EndSessionsError::NotFound)?;
        hold_role(unit, context, &user.role).await?;
        let ended = unit.sessions().end_all(user.id, None, context.now()).await?;
        revoke(unit, context, Revoked::User(user.id)).await?;
        unit.outbox().add(&Event::new("user.sessions_ended", user.id, context)).await?;
        Ok(ended)
    }

    fn audit(&self, ended: &u64) -> AuditEntry {
        AuditEntry::new("user.sessions_ended", self.user).with("sessions_ended", ended)
    }
}
