//! A row of `api_keys`; what a key was made for stands in rows of their own.

use gaara_identity::{ApiKey, ApiKeySort, Permissions};
use gaara_kernel::{ApiKeyId, Id, SortValue, StoreError, Timestamp, UserId};
use sea_orm::entity::prelude::*;

use super::no_relations;
use crate::convert::Stored;
use crate::keyset::{Listed, Place, place};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_keys")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub owner_id: Uuid,
    pub name: String,
    pub prefix: String,
    pub digest: Vec<u8>,
    pub created_at_ms: i64,
    pub expires_at_ms: Option<i64>,
    pub last_used_at_ms: Option<i64>,
}

no_relations!();

impl From<&ApiKey> for Model {
    fn from(key: &ApiKey) -> Self {
        Self {
            id: key.id.as_uuid(),
            owner_id: key.owner.as_uuid(),
            name: key.name.clone(),
            prefix: key.prefix.clone(),
            digest: key.digest.as_bytes().to_vec(),
            created_at_ms: key.created_at.as_millis(),
            expires_at_ms: key.expires_at.map(Timestamp::as_millis),
            last_used_at_ms: key.last_used_at.map(Timestamp::as_millis),
        }
    }
}

impl Model {
    /// The key with what it was made for.
    pub(crate) fn with(self, permissions: Permissions) -> Result<ApiKey, StoreError> {
        Ok(ApiKey {
            id: ApiKeyId::from_uuid(self.id),
            owner: UserId::from_uuid(self.owner_id),
            name: self.name,
            prefix: self.prefix,
            digest: Stored("api_key").digest(self.digest)?,
            permissions,
            expires_at: self.expires_at_ms.map(Timestamp::from_millis),
            created_at: Timestamp::from_millis(self.created_at_ms),
            last_used_at: self.last_used_at_ms.map(Timestamp::from_millis),
        })
    }
}

impl Listed for Model {
    type Field = ApiKeySort;
    const KEY: &'static [Place] = &[place("api_keys", "id")];

    fn place(field: ApiKeySort) -> Place {
        match field {
            ApiKeySort::Name => place("api_keys", "name"),
            ApiKeySort::CreatedAt => place("api_keys", "created_at_ms"),
        }
    }

    fn value(&self, field: ApiKeySort) -> SortValue {
        match field {
            ApiKeySort::Name => SortValue::Text(self.name.clone()),
            ApiKeySort::CreatedAt => SortValue::Integer(self.created_at_ms),
        }
    }

    fn key(&self) -> Vec<Uuid> {
        vec![self.id]
    }
}
