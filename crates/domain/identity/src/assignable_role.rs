//! Roles that users may be given: built in, or made by the organisation.

use gaara_kernel::{BilingualText, Id, RoleId, Timestamp, Version};
use thiserror::Error;

use crate::permission::{Permission, Permissions};
use crate::role::Role;

/// The text is no code of a role: 2 to 40 of `a-z 0-9 _`, beginning with a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not a code of a role")]
pub struct RoleCodeError;

/// The code that users and documents name a role by; it never changes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RoleCode(String);

impl RoleCode {
    /// Reads a code.
    ///
    /// # Errors
    /// [`RoleCodeError`] for any other text.
    pub fn parse(text: &str) -> Result<Self, RoleCodeError> {
        let begins = text.bytes().next().is_some_and(|b| b.is_ascii_lowercase());
        let known = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        if begins && (2..=40).contains(&text.len()) && text.bytes().all(known) {
            Ok(Self(text.to_owned()))
        } else {
            Err(RoleCodeError)
        }
    }

    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The built-in role of this code.
    #[must_use]
    pub fn built_in(&self) -> Option<Role> {
        Role::from_code(&self.0)
    }
}

impl From<Role> for RoleCode {
    fn from(role: Role) -> Self {
        Self(role.code().to_owned())
    }
}

/// A permission that no role may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("{} is no permission of a role", .0.code())]
pub struct NotGrantable(pub Permission);

/// A role that users may be given.
///
/// What a built-in role allows stands in the program and grows with it; what a role of the
/// organisation allows is what somebody chose, and the use of one's own account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssignableRole {
    /// The id.
    pub id: RoleId,
    /// The code.
    pub code: RoleCode,
    /// The name.
    pub name: BilingualText,
    /// What it allows.
    pub permissions: Permissions,
    /// When it was made; the beginning of time for built-in ones.
    pub created_at: Timestamp,
    /// How often it was saved.
    pub version: Version,
}

impl AssignableRole {
    /// The permissions of a role of the organisation.
    ///
    /// # Errors
    /// [`NotGrantable`] for one that belongs to strangers or to the program itself.
    pub fn granting(
        permissions: impl IntoIterator<Item = Permission>,
    ) -> Result<Permissions, NotGrantable> {
        let granted = permissions.into_iter().map(|permission| {
            if permission.is_grantable() { Ok(permission) } else { Err(NotGrantable(permission)) }
        });
        // Whoever could not sign out or change a password would be locked in.
        std::iter::once(Ok(Permission::UseOwnAccount)).chain(granted).collect()
    }

    /// The roles that every installation has.
    #[must_use]
    pub fn built_in() -> Vec<Self> {
        let names = |role| match role {
            Role::Admin => ("مدير النظام", "Administrator"),
            Role::Accountant => ("محاسب", "Accountant"),
            Role::Sales => ("مندوب مبيعات", "Sales"),
            Role::Storekeeper => ("أمين مستودع", "Storekeeper"),
            Role::Auditor => ("مدقق", "Auditor"),
        };
        let assignable = |(number, role): (usize, Role)| {
            let (ar, en) = names(role);
            Some(Self {
                id: RoleId::from_uuid(format!("{IDS}{number:012}").parse().ok()?),
                code: role.into(),
                name: BilingualText::try_new(Some(ar), Some(en)).ok()?,
                permissions: role.permissions(),
                created_at: Timestamp::from_millis(0),
                version: Version::FIRST,
            })
        };
        (1..).zip(Role::ALL).filter_map(assignable).collect()
    }

    /// Whether every installation has this role.
    #[must_use]
    pub fn is_built_in(&self) -> bool {
        self.code.built_in().is_some()
    }
}

/// How the ids of the built-in roles begin: as UUIDv7 of the beginning of time.
const IDS: &str = "00000000-0000-7000-8000-";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_role_can_be_given() {
        let roles = AssignableRole::built_in();

        let codes: Vec<&str> = roles.iter().map(|role| role.code.as_str()).collect();
        assert_eq!(codes, ["admin", "accountant", "sales", "storekeeper", "auditor"]);
        assert!(roles.iter().all(AssignableRole::is_built_in));
        assert!(roles.windows(2).all(|pair| pair[0].id < pair[1].id));
    }

    #[test]
    fn a_code_is_a_word() {
        assert!(RoleCode::parse("night_shift2").is_ok_and(|code| code.built_in().is_none()));
        assert_eq!(
            RoleCode::parse("sales").ok().and_then(|code| code.built_in()),
            Some(Role::Sales)
        );
        for text in ["", "a", "Sales", "2nd", "_x", "a b", "مدير", &"a".repeat(41)] {
            assert_eq!(RoleCode::parse(text), Err(RoleCodeError), "{text}");
        }
    }

    #[test]
    fn no_role_is_given_what_belongs_to_strangers() {
        let granted = AssignableRole::granting([Permission::ReadStock]).unwrap();
        assert!(granted.allow(Permission::UseOwnAccount) && granted.allow(Permission::ReadStock));
        for permission in [Permission::SignIn, Permission::SetUp, Permission::MakeSetupToken] {
            let refused = AssignableRole::granting([permission]);
            assert_eq!(refused, Err(NotGrantable(permission)));
        }
    }
}
