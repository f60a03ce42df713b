//! Keys of programs, read.

use async_trait::async_trait;
use gaara_identity::{ApiKey, ApiKeySort, ApiKeyView, IdentityView, KeyHolder, TokenDigest};
use gaara_kernel::{ApiKeyId, Id, Page, PageRequest, StoreError};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryTrait, Select};

use super::SqlView;
use crate::entity::api_key::{Column, Entity, Model};
use crate::error::failure;
use crate::keyset::{page, with_items};
use crate::repository::api_key::permissions;

impl SqlView {
    /// The one key of a query.
    async fn one_key(&self, query: Select<Entity>) -> Result<Option<ApiKey>, StoreError> {
        let Some(row) = query.one(&self.connection).await.map_err(failure)? else {
            return Ok(None);
        };
        let mut lists = permissions(&self.connection, [row.id]).await?;
        let list = lists.remove(&row.id).unwrap_or_default();
        row.with(list).map(Some)
    }
}

#[async_trait]
impl ApiKeyView for SqlView {
    async fn find_key_holder(
        &mut self,
        digest: &TokenDigest,
    ) -> Result<Option<KeyHolder>, StoreError> {
        let query = Entity::find().filter(Column::Digest.eq(digest.as_bytes().to_vec()));
        let Some(key) = self.one_key(query).await? else { return Ok(None) };
        let Some(owner) = self.find_user(key.owner).await? else { return Ok(None) };
        let owner_permissions = self.permissions_of(&owner.role).await?;
        Ok(Some(KeyHolder { key, owner, owner_permissions }))
    }

    async fn find_api_key(&mut self, id: ApiKeyId) -> Result<Option<ApiKey>, StoreError> {
        self.one_key(Entity::find_by_id(id.as_uuid())).await
    }

    async fn list_api_keys(
        &mut self,
        request: &PageRequest<ApiKeySort>,
    ) -> Result<Page<ApiKey>, StoreError> {
        let rows = page::<Model>(&self.connection, Entity::find().into_query(), request).await?;
        let mut lists = {
            let keys: Vec<_> = rows.items.iter().map(|row| row.id).collect();
            permissions(&self.connection, keys).await?
        };
        with_items(rows, |row| {
            let list = lists.remove(&row.id).unwrap_or_default();
            row.with(list)
        })
    }
}
