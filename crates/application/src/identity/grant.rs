//! Nobody gives what they do not hold: a role, or power over somebody who has one.

use gaara_identity::{AssignableRole, Permission, Permissions, RoleCode};
use gaara_kernel::StoreError;

use crate::context::Context;
use crate::ports::UnitOfWork;

/// Why a role cannot be given, or somebody who has it cannot be changed.
pub(crate) enum GrantError {
    /// There is no such role.
    UnknownRole,
    /// It allows something that the actor may not do.
    BeyondOwn(Permission),
    /// The store failed.
    Store(StoreError),
}

impl From<StoreError> for GrantError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Finds a role that the actor may give and take, and keeps it as it is until the unit ends.
pub(crate) async fn hold_role(
    unit: &mut dyn UnitOfWork,
    context: &Context,
    code: &RoleCode,
) -> Result<AssignableRole, GrantError> {
    let role = unit.roles().hold(code).await?.ok_or(GrantError::UnknownRole)?;
    check_own(context, &role.permissions).map_err(GrantError::BeyondOwn)?;
    Ok(role)
}

/// Refuses permissions that the actor does not hold.
pub(crate) fn check_own(context: &Context, permissions: &Permissions) -> Result<(), Permission> {
    permissions.first_beyond(context.actor().permissions()).map_or(Ok(()), Err)
}
