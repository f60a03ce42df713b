//! Second factors, read.

use async_trait::async_trait;
use gaara_identity::{Challenge, RoleCode, SecondFactor, SecondFactorView, TokenDigest};
use gaara_kernel::{Id, StoreError, UserId};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};

use super::SqlView;
use crate::convert::Stored;
use crate::entity::{challenge, recovery_code, second_factor, second_factor_role};
use crate::error::failure;
use crate::repository::{all, find};

#[async_trait]
impl SecondFactorView for SqlView {
    async fn find_second_factor(
        &mut self,
        user: UserId,
    ) -> Result<Option<SecondFactor>, StoreError> {
        let row = find::<second_factor::Entity>(&self.connection, user.as_uuid()).await?;
        row.map(SecondFactor::try_from).transpose()
    }

    async fn count_recovery_codes(&mut self, user: UserId) -> Result<u64, StoreError> {
        recovery_code::Entity::find()
            .filter(recovery_code::Column::UserId.eq(user.as_uuid()))
            .filter(recovery_code::Column::UsedAtMs.is_null())
            .count(&self.connection)
            .await
            .map_err(failure)
    }

    async fn find_challenge(
        &mut self,
        digest: &TokenDigest,
    ) -> Result<Option<Challenge>, StoreError> {
        let key = digest.as_bytes().to_vec();
        let row = find::<challenge::Entity>(&self.connection, key).await?;
        row.map(Challenge::try_from).transpose()
    }

    async fn needs_second_factor(&mut self, role: &RoleCode) -> Result<bool, StoreError> {
        let key = role.as_str().to_owned();
        let row = find::<second_factor_role::Entity>(&self.connection, key).await?;
        Ok(row.is_some())
    }

    async fn list_second_factor_roles(&mut self) -> Result<Vec<RoleCode>, StoreError> {
        let query =
            second_factor_role::Entity::find().order_by_asc(second_factor_role::Column::RoleCode);
        let rows = all(&self.connection, query).await?;
        let stored = Stored("role");
        rows.into_iter().map(|row| stored.good(RoleCode::parse(&row.role_code))).collect()
    }
}
