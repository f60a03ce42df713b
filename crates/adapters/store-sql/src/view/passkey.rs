//! Passkeys, read.

use async_trait::async_trait;
use gaara_identity::{Ceremony, Passkey, PasskeyView, TokenDigest};
use gaara_kernel::{Id, StoreError, UserId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::SqlView;
use crate::entity::{ceremony, passkey};
use crate::error::failure;
use crate::repository::all;

#[async_trait]
impl PasskeyView for SqlView {
    async fn list_passkeys(&mut self, user: UserId) -> Result<Vec<Passkey>, StoreError> {
        let query = passkey::Entity::find()
            .filter(passkey::Column::UserId.eq(user.as_uuid()))
            .order_by_asc(passkey::Column::CreatedAtMs)
            .order_by_asc(passkey::Column::Id);
        let rows = all(&self.connection, query).await?;
        Ok(rows.into_iter().map(Passkey::from).collect())
    }

    async fn find_ceremony(
        &mut self,
        digest: &TokenDigest,
    ) -> Result<Option<Ceremony>, StoreError> {
        let row = ceremony::Entity::find()
            .filter(ceremony::Column::Digest.eq(digest.as_bytes().to_vec()))
            .one(&self.connection)
            .await
            .map_err(failure)?;
        row.map(Ceremony::try_from).transpose()
    }
}
