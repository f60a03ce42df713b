//! Roles of the organisation: making, changing and removing them.

use gaara_identity::{AssignableRole, NotGrantable, Permission, Permissions, Revoked, RoleCode};
use gaara_kernel::{BilingualText, RoleId, StoreError, Version};
use thiserror::Error;

use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::failure;
use crate::identity::grant::check_own;
use crate::identity::revoke::revoke;
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Makes a role.
#[derive(Debug, Clone)]
pub struct CreateRole {
    /// The id a client chose.
    pub id: Option<RoleId>,
    /// The code; it never changes.
    pub code: RoleCode,
    /// The name.
    pub name: BilingualText,
    /// What it allows.
    pub permissions: Vec<Permission>,
}

/// Puts name and permissions in the place of those that a role had; they count from the next
/// request of whoever has it.
#[derive(Debug, Clone)]
pub struct ChangeRole {
    /// Which role.
    pub id: RoleId,
    /// The version the change was made on.
    pub expected: Version,
    /// The name.
    pub name: BilingualText,
    /// What it allows.
    pub permissions: Vec<Permission>,
}

/// Removes a role that no user has.
#[derive(Debug, Clone)]
pub struct RemoveRole {
    /// Which role.
    pub id: RoleId,
    /// The version the decision was made on.
    pub expected: Version,
}

/// Why a role was not made, changed or removed.
#[derive(Debug, Error)]
pub enum RoleError {
    /// There is no such role.
    #[error("no such role")]
    NotFound,
    /// Somebody changed the role meanwhile.
    #[error("the role is at version {current}")]
    Stale {
        /// The version it is at.
        current: Version,
    },
    /// Every installation has this role as it is.
    #[error("a built-in role")]
    BuiltIn,
    /// A user has the role.
    #[error("the role is in use")]
    InUse,
    /// A permission that no role may hold.
    #[error(transparent)]
    NotGrantable(#[from] NotGrantable),
    /// The role allows something that the actor may not do.
    #[error("{} is beyond the actor", .0.code())]
    BeyondOwn(Permission),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(RoleError);

/// The permissions of a role as they are asked for, by somebody who holds them all.
fn granted(context: &Context, permissions: &[Permission]) -> Result<Permissions, RoleError> {
    let granted = AssignableRole::granting(permissions.iter().copied())?;
    check_own(context, &granted).map_err(RoleError::BeyondOwn)?;
    Ok(granted)
}

async fn lock_role(
    unit: &mut dyn UnitOfWork,
    id: RoleId,
    expected: Version,
) -> Result<AssignableRole, RoleError> {
    let role = unit.roles().lock(id).await?.ok_or(RoleError::NotFound)?;
    if role.is_built_in() {
        return Err(RoleError::BuiltIn);
    }
    if role.version != expected {
        return Err(RoleError::Stale { current: role.version });
    }
    Ok(role)
}

/// What a role allows, as the audit log tells it.
fn told(role: &AssignableRole) -> String {
    role.permissions.iter().map(Permission::code).collect::<Vec<_>>().join(" ")
}

impl UseCase for CreateRole {
    type Output = AssignableRole;
    type Error = RoleError;
    const PERMISSION: Permission = Permission::EditRoles;
    const NEEDS_PROOF: bool = true;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<AssignableRole, RoleError> {
        let role = AssignableRole {
            id: context.id_or_new(self.id),
            code: self.code.clone(),
            name: self.name.clone(),
            permissions: granted(context, &self.permissions)?,
            created_at: context.now(),
            version: Version::FIRST,
        };
        unit.roles().add(&role).await?;
        unit.outbox().add(&Event::new("role.created", role.id, context)).await?;
        Ok(role)
    }

    fn audit(&self, role: &AssignableRole) -> AuditEntry {
        AuditEntry::new("role.created", role.id)
            .with("code", &role.code.as_str())
            .with("permissions", &told(role))
    }
}

impl UseCase for ChangeRole {
    /// The role before and after.
    type Output = (AssignableRole, AssignableRole);
    type Error = RoleError;
    const PERMISSION: Permission = Permission::EditRoles;
    const NEEDS_PROOF: bool = true;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Self::Output, RoleError> {
        let before = lock_role(unit, self.id, self.expected).await?;
        check_own(context, &before.permissions).map_err(RoleError::BeyondOwn)?;
        let after = AssignableRole {
            name: self.name.clone(),
            permissions: granted(context, &self.permissions)?,
            version: before.version.next(),
            ..before.clone()
        };
        unit.roles().save(&after).await?;
        revoke(unit, context, Revoked::Role(after.code.clone())).await?;
        unit.outbox().add(&Event::new("role.changed", after.id, context)).await?;
        Ok((before, after))
    }

    fn audit(&self, (before, after): &Self::Output) -> AuditEntry {
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        AuditEntry::new("role.changed", after.id)
            .with_change("name.ar", &text(before.name.ar()), &text(after.name.ar()))
            .with_change("name.en", &text(before.name.en()), &text(after.name.en()))
            .with_change("permissions", &told(before), &told(after))
    }
}

impl UseCase for RemoveRole {
    type Output = ();
    type Error = RoleError;
    const PERMISSION: Permission = Permission::EditRoles;
    const NEEDS_PROOF: bool = true;

    async fn run(&self, unit: &mut dyn UnitOfWork, context: &Context) -> Result<(), RoleError> {
        let role = lock_role(unit, self.id, self.expected).await?;
        check_own(context, &role.permissions).map_err(RoleError::BeyondOwn)?;
        if unit.roles().is_used(&role.code).await? {
            return Err(RoleError::InUse);
        }
        unit.roles().remove(&role).await?;
        unit.outbox().add(&Event::new("role.removed", role.id, context)).await?;
        Ok(())
    }

    fn audit(&self, (): &()) -> AuditEntry {
        AuditEntry::new("role.removed", self.id)
    }
}
