//! Keys of programs, written, and what they were made for.

use std::collections::BTreeMap;

use async_trait::async_trait;
use gaara_identity::{ApiKey, ApiKeyRepository, Permission, Permissions};
use gaara_kernel::{ApiKeyId, Id, StoreError, Timestamp};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter};

use super::{all, insert};
use crate::bulk::insert_all;
use crate::entity::api_key::{Column, Entity, Model};
use crate::entity::api_key_permission;
use crate::error::failure;
use crate::session::Session;
use crate::transaction::SqlTransaction;

/// What these keys were made for, by their ids. A permission that this program does not know, as
/// one of a later program, allows nothing.
pub(crate) async fn permissions(
    connection: &Session,
    keys: impl IntoIterator<Item = Uuid> + Send,
) -> Result<BTreeMap<Uuid, Permissions>, StoreError> {
    let query =
        api_key_permission::Entity::find().filter(api_key_permission::Column::KeyId.is_in(keys));
    let mut lists: BTreeMap<Uuid, Vec<Permission>> = BTreeMap::new();
    for row in all(connection, query).await? {
        lists.entry(row.key_id).or_default().extend(Permission::from_code(&row.permission));
    }
    Ok(lists.into_iter().map(|(key, list)| (key, list.into_iter().collect())).collect())
}

#[async_trait]
impl ApiKeyRepository for SqlTransaction {
    async fn add(&mut self, key: &ApiKey) -> Result<(), StoreError> {
        insert::<Entity>(&self.connection, Model::from(key)).await?;
        let row = |permission: Permission| {
            let (key_id, permission) = (key.id.as_uuid(), permission.code().to_owned());
            api_key_permission::Model { key_id, permission }.into_active_model()
        };
        let rows: Vec<_> = key.permissions.iter().map(row).collect();
        insert_all::<api_key_permission::Entity>(&self.connection, rows).await
    }

    async fn remove(&mut self, id: ApiKeyId) -> Result<bool, StoreError> {
        let result =
            Entity::delete_by_id(id.as_uuid()).exec(&self.connection).await.map_err(failure)?;
        Ok(result.rows_affected > 0)
    }

    async fn note_use(
        &mut self,
        id: ApiKeyId,
        now: Timestamp,
        unless_since: Timestamp,
    ) -> Result<(), StoreError> {
        // The clock of the instance that made the key may be ahead.
        let began = Column::CreatedAtMs;
        let at = Expr::case(began.gt(now.as_millis()), Expr::col(began)).finally(now.as_millis());
        let due = Condition::any()
            .add(Column::LastUsedAtMs.is_null())
            .add(Column::LastUsedAtMs.lte(unless_since.as_millis()));
        Entity::update_many()
            .col_expr(Column::LastUsedAtMs, at.into())
            .filter(Column::Id.eq(id.as_uuid()))
            .filter(due)
            .exec(&self.connection)
            .await
            .map_err(failure)?;
        Ok(())
    }
}
