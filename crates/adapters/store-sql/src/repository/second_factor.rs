//! Second factors, written.

use async_trait::async_trait;
use gaara_identity::{Challenge, RoleCode, SecondFactor, SecondFactorRepository, TokenDigest};
use gaara_kernel::{Id, StoreError, Timestamp, UserId};
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect};

use super::{insert, saved};
use crate::bulk::{insert_all, save_all};
use crate::entity::{challenge, recovery_code, second_factor, second_factor_role};
use crate::error::failure;
use crate::transaction::SqlTransaction;

#[async_trait]
impl SecondFactorRepository for SqlTransaction {
    async fn lock(&mut self, user: UserId) -> Result<Option<SecondFactor>, StoreError> {
        let query = second_factor::Entity::find_by_id(user.as_uuid()).lock(LockType::NoKeyUpdate);
        let row = query.one(&self.connection).await.map_err(failure)?;
        row.map(SecondFactor::try_from).transpose()
    }

    async fn save(&mut self, factor: &SecondFactor) -> Result<(), StoreError> {
        let row = second_factor::Model::from(factor);
        let rows = save_all::<second_factor::Entity>(&self.connection, [row]).await?;
        saved(rows, 1, "second_factor")
    }

    async fn remove(&mut self, user: UserId) -> Result<bool, StoreError> {
        let result = second_factor::Entity::delete_by_id(user.as_uuid())
            .exec(&self.connection)
            .await
            .map_err(failure)?;
        Ok(result.rows_affected > 0)
    }

    async fn put_recovery_codes(
        &mut self,
        user: UserId,
        codes: &[TokenDigest],
    ) -> Result<(), StoreError> {
        recovery_code::Entity::delete_many()
            .filter(recovery_code::Column::UserId.eq(user.as_uuid()))
            .exec(&self.connection)
            .await
            .map_err(failure)?;
        let row = |code: &TokenDigest| {
            let (digest, user_id) = (code.as_bytes().to_vec(), user.as_uuid());
            recovery_code::Model { digest, user_id, used_at_ms: None }.into_active_model()
        };
        let rows: Vec<_> = codes.iter().map(row).collect();
        insert_all::<recovery_code::Entity>(&self.connection, rows).await
    }

    async fn spend_recovery_code(
        &mut self,
        user: UserId,
        code: &TokenDigest,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let result = recovery_code::Entity::update_many()
            .col_expr(recovery_code::Column::UsedAtMs, Expr::val(now.as_millis()))
            .filter(recovery_code::Column::Digest.eq(code.as_bytes().to_vec()))
            .filter(recovery_code::Column::UserId.eq(user.as_uuid()))
            .filter(recovery_code::Column::UsedAtMs.is_null())
            .exec(&self.connection)
            .await
            .map_err(failure)?;
        Ok(result.rows_affected > 0)
    }

    async fn add_challenge(
        &mut self,
        challenge: &Challenge,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        challenge::Entity::delete_many()
            .filter(challenge::Column::UserId.eq(challenge.user_id.as_uuid()))
            .filter(challenge::Column::ExpiresAtMs.lte(now.as_millis()))
            .exec(&self.connection)
            .await
            .map_err(failure)?;
        let row = challenge::Model::from(challenge);
        insert::<challenge::Entity>(&self.connection, row).await
    }

    async fn lock_challenge(
        &mut self,
        digest: &TokenDigest,
    ) -> Result<Option<Challenge>, StoreError> {
        let key = digest.as_bytes().to_vec();
        let query = challenge::Entity::find_by_id(key).lock(LockType::NoKeyUpdate);
        let row = query.one(&self.connection).await.map_err(failure)?;
        row.map(Challenge::try_from).transpose()
    }

    async fn save_challenge(&mut self, challenge: &Challenge) -> Result<(), StoreError> {
        let tries_left = i64::from(challenge.tries_left);
        let result = challenge::Entity::update_many()
            .col_expr(challenge::Column::TriesLeft, Expr::val(tries_left))
            .filter(challenge::Column::Digest.eq(challenge.digest.as_bytes().to_vec()))
            .exec(&self.connection)
            .await
            .map_err(failure)?;
        saved(result.rows_affected, 1, "challenge")
    }

    async fn remove_challenges(&mut self, user: UserId) -> Result<(), StoreError> {
        challenge::Entity::delete_many()
            .filter(challenge::Column::UserId.eq(user.as_uuid()))
            .exec(&self.connection)
            .await
            .map_err(failure)?;
        Ok(())
    }

    async fn put_roles(&mut self, roles: &[RoleCode]) -> Result<(), StoreError> {
        let all = second_factor_role::Entity::delete_many();
        all.exec(&self.connection).await.map_err(failure)?;
        let row = |role: &RoleCode| {
            let role_code = role.as_str().to_owned();
            second_factor_role::Model { role_code }.into_active_model()
        };
        let rows: Vec<_> = roles.iter().map(row).collect();
        insert_all::<second_factor_role::Entity>(&self.connection, rows).await
    }
}
