//! The sessions that may still be used: one's own, and those of somebody else.

use gaara_identity::{LiveSession, Permission};
use gaara_kernel::UserId;

use crate::actor::Principal;
use crate::context::Context;
use crate::failure::ReadError;
use crate::ports::ReadView;
use crate::use_case::Query;

/// Lists the sessions of the user who asks.
#[derive(Debug, Clone)]
pub struct ListMySessions;

/// Lists the sessions of a user; `None` when there is no such user.
#[derive(Debug, Clone)]
pub struct ListUserSessions {
    /// Whose.
    pub user: UserId,
}

impl Query for ListMySessions {
    type Output = Vec<LiveSession>;
    type Error = ReadError;
    const PERMISSION: Permission = Permission::UseOwnAccount;

    async fn run(
        &self,
        view: &mut dyn ReadView,
        context: &Context,
    ) -> Result<Vec<LiveSession>, ReadError> {
        match context.actor().principal() {
            Principal::User { id, .. } => Ok(view.list_sessions(id, context.now()).await?),
            Principal::Anonymous | Principal::Key { .. } | Principal::System => Ok(Vec::new()),
        }
    }
}

impl Query for ListUserSessions {
    type Output = Option<Vec<LiveSession>>;
    type Error = ReadError;
    const PERMISSION: Permission = Permission::ReadUsers;

    async fn run(
        &self,
        view: &mut dyn ReadView,
        context: &Context,
    ) -> Result<Self::Output, ReadError> {
        if view.find_user(self.user).await?.is_none() {
            return Ok(None);
        }
        Ok(Some(view.list_sessions(self.user, context.now()).await?))
    }
}
