//! Links that let somebody choose a password, written.

use async_trait::async_trait;
use gaara_identity::{AccountLink, LinkRepository};
use gaara_kernel::{Id, StoreError, Timestamp, UserId};
use sea_orm::sea_query::{LockBehavior, LockType};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{all, saved};
use crate::bulk::save_all;
use crate::entity::account_link::{Column, Entity, Model};
use crate::error::failure;
use crate::transaction::SqlTransaction;

#[async_trait]
impl LinkRepository for SqlTransaction {
    async fn put(&mut self, link: &AccountLink) -> Result<(), StoreError> {
        let rows = save_all::<Entity>(&self.connection, [Model::from(link)]).await?;
        saved(rows, 1, "account_link")
    }

    async fn lock(&mut self, user: UserId) -> Result<Option<AccountLink>, StoreError> {
        let query = Entity::find_by_id(user.as_uuid()).lock(LockType::NoKeyUpdate);
        let row = query.one(&self.connection).await.map_err(failure)?;
        row.map(AccountLink::try_from).transpose()
    }

    async fn remove(&mut self, user: UserId) -> Result<(), StoreError> {
        Entity::delete_by_id(user.as_uuid()).exec(&self.connection).await.map_err(failure)?;
        Ok(())
    }

    async fn lock_due(
        &mut self,
        now: Timestamp,
        count: u32,
    ) -> Result<Vec<AccountLink>, StoreError> {
        // On SQLite nobody else writes meanwhile, and the lock is left out.
        let query = Entity::find()
            .filter(Column::MailAtMs.lte(now.as_millis()))
            .filter(Column::ExpiresAtMs.gt(now.as_millis()))
            .order_by_asc(Column::MailAtMs)
            .order_by_asc(Column::UserId)
            .limit(u64::from(count))
            .lock_with_behavior(LockType::NoKeyUpdate, LockBehavior::SkipLocked);
        let rows = all(&self.connection, query).await?;
        rows.into_iter().map(AccountLink::try_from).collect()
    }
}
