//! Keys of programs in memory.

use async_trait::async_trait;
use gaara_identity::{ApiKey, ApiKeyRepository, ApiKeySort, ApiKeyView, KeyHolder, TokenDigest};
use gaara_kernel::{ApiKeyId, Id, Page, PageRequest, SortValue, StoreError, Timestamp};
use uuid::Uuid;

use crate::list::{Listed, page};
use crate::records::{add, copied, unique};
use crate::store::{MemoryTransaction, MemoryView};

#[async_trait]
impl ApiKeyRepository for MemoryTransaction {
    async fn add(&mut self, key: &ApiKey) -> Result<(), StoreError> {
        self.with(|records| {
            let taken = records.api_keys.values().any(|other| other.digest == key.digest);
            unique(!taken, "api_key.digest")?;
            add(&mut records.api_keys, key.id, key.clone(), "api_key.id")
        })
    }

    async fn remove(&mut self, id: ApiKeyId) -> Result<bool, StoreError> {
        self.with(|records| Ok(records.api_keys.remove(&id).is_some()))
    }

    async fn note_use(
        &mut self,
        id: ApiKeyId,
        now: Timestamp,
        unless_since: Timestamp,
    ) -> Result<(), StoreError> {
        self.with(|records| {
            let key = records.api_keys.get_mut(&id);
            let due = |key: &&mut ApiKey| key.last_used_at.is_none_or(|it| it <= unless_since);
            if let Some(key) = key.filter(due) {
                key.last_used_at = Some(now.max(key.created_at));
            }
            Ok(())
        })
    }
}

impl Listed<ApiKeySort> for ApiKey {
    fn value(&self, field: ApiKeySort) -> SortValue {
        match field {
            ApiKeySort::Name => SortValue::Text(self.name.clone()),
            ApiKeySort::CreatedAt => SortValue::Integer(self.created_at.as_millis()),
        }
    }

    fn tie(&self) -> Vec<Uuid> {
        vec![self.id.as_uuid()]
    }
}

#[async_trait]
impl ApiKeyView for MemoryView {
    async fn find_key_holder(
        &mut self,
        digest: &TokenDigest,
    ) -> Result<Option<KeyHolder>, StoreError> {
        let key = self.records.api_keys.values().find(|key| key.digest == *digest);
        Ok(key.and_then(|key| {
            let owner = copied(self.records.users.get(&key.owner))?;
            let mut roles = self.records.roles.0.values();
            let role = roles.find(|role| role.code == owner.role);
            let owner_permissions = role.map(|role| role.permissions.clone()).unwrap_or_default();
            Some(KeyHolder { key: key.clone(), owner, owner_permissions })
        }))
    }

    async fn find_api_key(&mut self, id: ApiKeyId) -> Result<Option<ApiKey>, StoreError> {
        Ok(self.records.api_keys.get(&id).cloned())
    }

    async fn list_api_keys(
        &mut self,
        request: &PageRequest<ApiKeySort>,
    ) -> Result<Page<ApiKey>, StoreError> {
        Ok(page(self.records.api_keys.values().cloned(), request))
    }
}
