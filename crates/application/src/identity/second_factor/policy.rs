//! Who needs a second factor, and how things stand with one's own.

use gaara_identity::{Permission, Revoked, RoleCode};
use gaara_kernel::{StoreError, Timestamp};
use thiserror::Error;

use super::own;
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::{ReadError, failure};
use crate::identity::revoke::revoke;
use crate::outbox::Event;
use crate::ports::{ReadView, UnitOfWork};
use crate::use_case::{Query, UseCase, queries};

queries! {
    /// Lists the roles that need a second factor.
    ListSecondFactorRoles {} -> Vec<RoleCode>,
    needs ReadRoles,
    by list_second_factor_roles();
}

/// Finds how things stand with the second factor of the user who asks.
#[derive(Debug, Clone)]
pub struct ShowSecondFactor;

/// How things stand with somebody's second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SecondFactorState {
    /// Since when signing in needs it; `None` when there is none.
    pub since: Option<Timestamp>,
    /// How many recovery codes are left.
    pub recovery_codes_left: u64,
    /// Whether the role needs one.
    pub needed: bool,
}

impl Query for ShowSecondFactor {
    type Output = Option<SecondFactorState>;
    type Error = ReadError;
    const PERMISSION: Permission = Permission::UseOwnAccount;

    async fn run(
        &self,
        view: &mut dyn ReadView,
        context: &Context,
    ) -> Result<Self::Output, ReadError> {
        let Some((id, _)) = own(context.actor()) else { return Ok(None) };
        let Some(user) = view.find_user(id).await? else { return Ok(None) };
        Ok(Some(SecondFactorState {
            since: user.second_factor_since,
            recovery_codes_left: view.count_recovery_codes(id).await?,
            needed: view.needs_second_factor(&user.role).await?,
        }))
    }
}

/// Says anew which roles need a second factor. Whoever has such a role and no factor can do
/// nothing but enrol, from the next request on.
#[derive(Debug, Clone)]
pub struct ChangeSecondFactorRoles {
    /// The roles.
    pub roles: Vec<RoleCode>,
}

/// Why the roles were not changed.
#[derive(Debug, Error)]
pub enum SecondFactorRolesError {
    /// There is no such role.
    #[error("no role {0:?}")]
    UnknownRole(RoleCode),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(SecondFactorRolesError);

impl UseCase for ChangeSecondFactorRoles {
    type Output = Vec<RoleCode>;
    type Error = SecondFactorRolesError;
    const PERMISSION: Permission = Permission::EditRoles;
    const NEEDS_PROOF: bool = true;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Vec<RoleCode>, SecondFactorRolesError> {
        let mut roles = self.roles.clone();
        roles.sort();
        roles.dedup();
        for role in &roles {
            if unit.roles().hold(role).await?.is_none() {
                return Err(SecondFactorRolesError::UnknownRole(role.clone()));
            }
        }
        unit.second_factors().put_roles(&roles).await?;
        revoke(unit, context, Revoked::Everybody).await?;
        if let Some(organization) = unit.organization().find().await? {
            let event = Event::new("organization.second_factor_roles", organization.id, context);
            unit.outbox().add(&event).await?;
        }
        Ok(roles)
    }

    fn audit(&self, roles: &Vec<RoleCode>) -> AuditEntry {
        let list = roles.iter().map(RoleCode::as_str).collect::<Vec<_>>().join(" ");
        AuditEntry::about("organization.second_factor_roles", "organization").with("roles", &list)
    }
}
