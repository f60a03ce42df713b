//! Letting somebody try again at once who tried too often.

use gaara_identity::{Permission, User};
use gaara_kernel::UserId;

use crate::actor::Actor;
use crate::app::App;
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::Refusal;
use crate::identity::disable_user::{DisablingError, lock_user};
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Notes that the counted tries of a user are forgotten. [`App::unlock_user`] forgets them.
#[derive(Debug, Clone)]
pub struct UnlockUser {
    /// Which user.
    pub id: UserId,
}

impl UseCase for UnlockUser {
    type Output = User;
    type Error = DisablingError;
    const PERMISSION: Permission = Permission::EditUsers;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<User, DisablingError> {
        lock_user(unit, context, self.id, None).await
    }

    fn audit(&self, user: &User) -> AuditEntry {
        AuditEntry::new("user.unlocked", user.id)
    }
}

impl App {
    /// Forgets how often a user tried to sign in, to show a second factor and to prove who it is.
    ///
    /// Tries with the name from one address are counted with that address and let go within a
    /// minute.
    ///
    /// # Errors
    /// Every variant of [`Refusal`] but that of idempotency; nothing is forgotten then.
    pub async fn unlock_user(
        &self,
        actor: &Actor,
        id: UserId,
    ) -> Result<User, Refusal<DisablingError>> {
        let user = self.execute(actor, &UnlockUser { id }).await?;
        for key in self.counted_for(&user) {
            // Counters that cannot be reached let go by themselves.
            drop(self.ports.throttle.forget(&key).await);
        }
        Ok(user)
    }
}
