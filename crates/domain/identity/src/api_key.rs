//! Keys that programs use in place of somebody's password.

use std::time::Duration;

use async_trait::async_trait;
use gaara_kernel::{ApiKeyId, Page, PageRequest, StoreError, Timestamp, UserId};

use crate::assignable_role::NotGrantable;
use crate::crypto::TokenDigest;
use crate::list::ApiKeySort;
use crate::permission::{Permission, Permissions};
use crate::user::User;

/// A key of a program. It allows what it was made for, and never more than its owner may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// The id.
    pub id: ApiKeyId,
    /// Who made it, and answers for it.
    pub owner: UserId,
    /// What people call it.
    pub name: String,
    /// How the key begins: enough to recognise it, too little to use it.
    pub prefix: String,
    /// The digest of the key; the key itself is never stored.
    pub digest: TokenDigest,
    /// What it was made for.
    pub permissions: Permissions,
    /// When it stops working; `None` when it does not.
    pub expires_at: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last used, to five minutes.
    pub last_used_at: Option<Timestamp>,
}

impl ApiKey {
    /// What every key starts with, so that scanners find a leaked one.
    pub const PREFIX: &str = "gak_";

    /// How many letters of a key are kept in the clear.
    pub const SHOWN: usize = 12;

    /// The most characters a name may have.
    pub const NAME_MAX: usize = 100;

    /// How long a use is not noted again: no request pays for a write that the last one made.
    pub const NOTED: Duration = Duration::from_mins(5);

    /// The permissions of a key.
    ///
    /// # Errors
    /// [`NotGrantable`] for one that belongs to people, to strangers or to the program itself.
    pub fn granting(
        permissions: impl IntoIterator<Item = Permission>,
    ) -> Result<Permissions, NotGrantable> {
        let grantable = |it: Permission| it.is_grantable() && it != Permission::UseOwnAccount;
        permissions
            .into_iter()
            .map(|it| if grantable(it) { Ok(it) } else { Err(NotGrantable(it)) })
            .collect()
    }

    /// Whether the key still works.
    #[must_use]
    pub fn is_alive(&self, now: Timestamp) -> bool {
        self.expires_at.is_none_or(|end| now < end)
    }

    /// Whether a use at this instant is worth noting.
    #[must_use]
    pub fn is_worth_noting(&self, now: Timestamp) -> bool {
        self.last_used_at.is_none_or(|last| now >= last.plus(Self::NOTED))
    }
}

/// A key, whose it is, and what its owner may do at this moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyHolder {
    /// The key.
    pub key: ApiKey,
    /// Its owner.
    pub owner: User,
    /// What the owner may do.
    pub owner_permissions: Permissions,
}

/// Keeps the keys of programs.
#[async_trait]
pub trait ApiKeyRepository: Send {
    /// Adds a key.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] with `api_key.id` or `api_key.digest`.
    async fn add(&mut self, key: &ApiKey) -> Result<(), StoreError>;

    /// Takes a key away; answers whether there was one.
    async fn remove(&mut self, id: ApiKeyId) -> Result<bool, StoreError>;

    /// Notes that a key was used, unless somebody did since an instant.
    async fn note_use(
        &mut self,
        id: ApiKeyId,
        now: Timestamp,
        unless_since: Timestamp,
    ) -> Result<(), StoreError>;
}

/// Reads the keys of programs without waiting for writers.
#[async_trait]
pub trait ApiKeyView: Send {
    /// A key by its digest, with its owner.
    async fn find_key_holder(
        &mut self,
        digest: &TokenDigest,
    ) -> Result<Option<KeyHolder>, StoreError>;

    /// A key by id.
    async fn find_api_key(&mut self, id: ApiKeyId) -> Result<Option<ApiKey>, StoreError>;

    /// Keys, sorted.
    async fn list_api_keys(
        &mut self,
        page: &PageRequest<ApiKeySort>,
    ) -> Result<Page<ApiKey>, StoreError>;
}

#[cfg(test)]
mod tests {
    use gaara_kernel::Id;

    use super::*;

    fn key() -> ApiKey {
        let nil = "00000000-0000-7000-8000-000000000000".parse().unwrap();
        ApiKey {
            id: ApiKeyId::from_uuid(nil),
            owner: UserId::from_uuid(nil),
            name: "Till".to_owned(),
            prefix: "gak_01234567".to_owned(),
            digest: TokenDigest::new([0; 32]),
            permissions: Permissions::default(),
            expires_at: Some(Timestamp::from_millis(1_000)),
            created_at: Timestamp::from_millis(0),
            last_used_at: None,
        }
    }

    #[test]
    fn a_key_works_until_its_end() {
        assert!(key().is_alive(Timestamp::from_millis(999)));
        assert!(!key().is_alive(Timestamp::from_millis(1_000)));
        assert!(ApiKey { expires_at: None, ..key() }.is_alive(Timestamp::from_millis(i64::MAX)));
    }

    #[test]
    fn a_use_is_noted_every_five_minutes_at_most() {
        let used = ApiKey { last_used_at: Some(Timestamp::from_millis(0)), ..key() };
        assert!(key().is_worth_noting(Timestamp::from_millis(0)));
        assert!(!used.is_worth_noting(Timestamp::from_millis(299_999)));
        assert!(used.is_worth_noting(Timestamp::from_millis(300_000)));
    }

    #[test]
    fn no_key_has_what_belongs_to_people() {
        assert!(ApiKey::granting([Permission::ReadStock, Permission::PostStock]).is_ok());
        for permission in [Permission::UseOwnAccount, Permission::SignIn, Permission::SetUp] {
            assert_eq!(ApiKey::granting([permission]), Err(NotGrantable(permission)));
        }
    }
}
