//! A row of `users`.

use gaara_identity::{PasswordHash, RoleCode, User, UserSort, Username};
use gaara_kernel::{Id, Language, SortValue, StoreError, Timestamp, UserId};
use sea_orm::entity::prelude::*;

use super::no_relations;
use crate::convert::Stored;
use crate::keyset::{Listed, Place, place};

#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "users")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub email: String,
    pub username: String,
    pub password_hash: String,
    pub role: String,
    pub language: String,
    pub second_factor_since_ms: Option<i64>,
    pub disabled: bool,
    pub created_at_ms: i64,
    pub version: i64,
}

no_relations!();

/// The password hash never prints.
impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Model").field("id", &self.id).finish_non_exhaustive()
    }
}

impl From<&User> for Model {
    fn from(user: &User) -> Self {
        Self {
            id: user.id.as_uuid(),
            email: user.email.as_str().to_owned(),
            username: user.username.as_str().to_owned(),
            password_hash: user.password_hash.expose().to_owned(),
            role: user.role.as_str().to_owned(),
            language: user.language.tag().to_owned(),
            second_factor_since_ms: user.second_factor_since.map(Timestamp::as_millis),
            disabled: user.disabled,
            created_at_ms: user.created_at.as_millis(),
            version: user.version.number().into(),
        }
    }
}

impl TryFrom<Model> for User {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let stored = Stored("user");
        Ok(Self {
            id: UserId::from_uuid(row.id),
            email: stored.email(&row.email)?,
            username: stored.good(Username::parse(&row.username))?,
            password_hash: PasswordHash::new(row.password_hash),
            role: stored.good(RoleCode::parse(&row.role))?,
            language: stored.some(Language::from_tag(&row.language))?,
            second_factor_since: row.second_factor_since_ms.map(Timestamp::from_millis),
            disabled: row.disabled,
            created_at: Timestamp::from_millis(row.created_at_ms),
            version: stored.version(row.version)?,
        })
    }
}

impl Listed for Model {
    type Field = UserSort;
    const KEY: &'static [Place] = &[place("users", "id")];

    fn place(field: UserSort) -> Place {
        match field {
            UserSort::Username => place("users", "username"),
            UserSort::CreatedAt => place("users", "created_at_ms"),
        }
    }

    fn value(&self, field: UserSort) -> SortValue {
        match field {
            UserSort::Username => SortValue::Text(self.username.clone()),
            UserSort::CreatedAt => SortValue::Integer(self.created_at_ms),
        }
    }

    fn key(&self) -> Vec<Uuid> {
        vec![self.id]
    }
}
