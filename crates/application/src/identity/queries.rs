//! Questions about the organisation and its people.

use gaara_identity::{AssignableRole, Organization, Permission, RoleSort, User, UserSort};
use gaara_kernel::{Page, PageRequest, RoleId, UserId};

use crate::actor::Principal;
use crate::context::Context;
use crate::failure::ReadError;
use crate::ports::ReadView;
use crate::use_case::{Query, queries};

queries! {
    /// Finds the organisation, once it is set up.
    GetOrganization {} -> Option<Organization>,
    needs ReadOrganization,
    by find_organization();

    /// Finds a role.
    FindRole {
        /// Which.
        id: RoleId,
    } -> Option<AssignableRole>,
    needs ReadRoles,
    by find_role(*id);

    /// Lists roles.
    ListRoles {
        /// Which part of the list.
        page: PageRequest<RoleSort>,
    } -> Page<AssignableRole>,
    needs ReadRoles,
    by list_roles(page);

    /// Finds a user.
    FindUser {
        /// Which.
        id: UserId,
    } -> Option<User>,
    needs ReadUsers,
    by find_user(*id);

    /// Lists users.
    ListUsers {
        /// Which part of the list.
        page: PageRequest<UserSort>,
    } -> Page<User>,
    needs ReadUsers,
    by list_users(page);
}

/// Lists what a role may allow.
#[derive(Debug, Clone)]
pub struct ListPermissions;

impl Query for ListPermissions {
    type Output = Vec<Permission>;
    type Error = ReadError;
    const PERMISSION: Permission = Permission::ReadRoles;

    async fn run(&self, _: &mut dyn ReadView, _: &Context) -> Result<Vec<Permission>, ReadError> {
        Ok(Permission::ALL.iter().copied().filter(|it| it.is_grantable()).collect())
    }
}

/// Finds the user who asks.
#[derive(Debug, Clone)]
pub struct FindMe;

impl Query for FindMe {
    type Output = Option<User>;
    type Error = ReadError;
    const PERMISSION: Permission = Permission::UseOwnAccount;

    async fn run(
        &self,
        view: &mut dyn ReadView,
        context: &Context,
    ) -> Result<Option<User>, ReadError> {
        match context.actor().principal() {
            Principal::User { id, .. } => Ok(view.find_user(id).await?),
            Principal::Anonymous | Principal::Key { .. } | Principal::System => Ok(None),
        }
    }
}
