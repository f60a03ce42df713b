//! Passkeys, written.

use async_trait::async_trait;
use gaara_identity::{Assertion, Ceremony, Passkey, PasskeyRepository, TokenDigest};
use gaara_kernel::{Id, PasskeyId, StoreError, Timestamp, UserId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::{insert, saved};
use crate::bulk::save_all;
use crate::entity::{ceremony, passkey};
use crate::error::failure;
use crate::transaction::SqlTransaction;

#[async_trait]
impl PasskeyRepository for SqlTransaction {
    async fn add(&mut self, passkey: &Passkey) -> Result<(), StoreError> {
        insert::<passkey::Entity>(&self.connection, passkey::Model::from(passkey)).await
    }

    async fn note_use(&mut self, used: &Assertion, now: Timestamp) -> Result<bool, StoreError> {
        // The clock of the instance that added the passkey may be ahead.
        let began = passkey::Column::CreatedAtMs;
        let at = Expr::case(began.gt(now.as_millis()), Expr::col(began)).finally(now.as_millis());
        let result = passkey::Entity::update_many()
            .col_expr(passkey::Column::Record, Expr::val(used.after.clone()))
            .col_expr(passkey::Column::LastUsedAtMs, at.into())
            .filter(passkey::Column::Id.eq(used.passkey.as_uuid()))
            .filter(passkey::Column::Record.eq(used.before.clone()))
            .exec(&self.connection)
            .await
            .map_err(failure)?;
        Ok(result.rows_affected > 0)
    }

    async fn remove(&mut self, user: UserId, id: PasskeyId) -> Result<bool, StoreError> {
        let result = passkey::Entity::delete_by_id(id.as_uuid())
            .filter(passkey::Column::UserId.eq(user.as_uuid()))
            .exec(&self.connection)
            .await
            .map_err(failure)?;
        Ok(result.rows_affected > 0)
    }

    async fn remove_all(&mut self, user: UserId) -> Result<(), StoreError> {
        passkey::Entity::delete_many()
            .filter(passkey::Column::UserId.eq(user.as_uuid()))
            .exec(&self.connection)
            .await
            .map_err(failure)?;
        ceremony::Entity::delete_many()
            .filter(ceremony::Column::UserId.eq(user.as_uuid()))
            .exec(&self.connection)
            .await
            .map_err(failure)?;
        Ok(())
    }

    async fn put_ceremony(&mut self, ceremony: &Ceremony) -> Result<(), StoreError> {
        let row = ceremony::Model::from(ceremony);
        let rows = save_all::<ceremony::Entity>(&self.connection, [row]).await?;
        saved(rows, 1, "ceremony")
    }

    async fn take_ceremony(&mut self, digest: &TokenDigest) -> Result<bool, StoreError> {
        let result = ceremony::Entity::delete_many()
            .filter(ceremony::Column::Digest.eq(digest.as_bytes().to_vec()))
            .exec(&self.connection)
            .await
            .map_err(failure)?;
        Ok(result.rows_affected > 0)
    }
}
