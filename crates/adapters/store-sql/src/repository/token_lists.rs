//! What was revoked, and the keys of access tokens.

use async_trait::async_trait;
use gaara_identity::{
    KeySchedule, Revocation, RevocationRepository, SigningKey, SigningKeyRepository,
};
use gaara_kernel::{StoreError, Timestamp};
use sea_orm::sea_query::{Expr, ExprTrait, LockType, OnConflict};
use sea_orm::{EntityTrait, IntoActiveModel, QueryOrder, QuerySelect, Select};

use super::{all, forget, insert};
use crate::entity::{revocation, signing_key};
use crate::error::failure;
use crate::session::Session;
use crate::transaction::SqlTransaction;

#[async_trait]
impl RevocationRepository for SqlTransaction {
    async fn add(&mut self, revocation: &Revocation) -> Result<(), StoreError> {
        use revocation::Column;

        let expired = "expires_at_ms <= $1";
        forget(&self.connection, "revocations", "kind, subject", expired, revocation.at).await?;
        let again = OnConflict::columns([Column::Kind, Column::Subject])
            .update_columns([Column::RevokedAtMs, Column::ExpiresAtMs])
            .value(Column::Times, Expr::col((revocation::Entity, Column::Times)).add(1))
            .to_owned();
        revocation::Entity::insert(revocation::Model::from(revocation).into_active_model())
            .on_conflict(again)
            .exec_without_returning(&self.connection)
            .await
            .map_err(failure)?;
        Ok(())
    }
}

#[async_trait]
impl SigningKeyRepository for SqlTransaction {
    async fn lock(&mut self) -> Result<KeySchedule, StoreError> {
        // A statement that waits for a lock does not see what was added meanwhile; the next one does.
        let first = signing_key::Entity::find_by_id(1_i64).lock(LockType::Update);
        first.one(&self.connection).await.map_err(failure)?;
        schedule(&self.connection, signing_key::Entity::find()).await
    }

    async fn add(&mut self, key: &SigningKey) -> Result<(), StoreError> {
        insert::<signing_key::Entity>(&self.connection, signing_key::Model::from(key)).await
    }
}

/// The keys of a query.
pub(crate) async fn schedule(
    connection: &Session,
    query: Select<signing_key::Entity>,
) -> Result<KeySchedule, StoreError> {
    let rows = all(connection, query.order_by_asc(signing_key::Column::Number)).await?;
    let keys: Result<_, _> = rows.into_iter().map(SigningKey::try_from).collect();
    keys.map(KeySchedule::new)
}

/// What was revoked from an instant on.
pub(crate) async fn revoked_since(
    connection: &Session,
    since: Timestamp,
) -> Result<Vec<Revocation>, StoreError> {
    use sea_orm::{ColumnTrait, QueryFilter};

    let lately = revocation::Column::RevokedAtMs.gte(since.as_millis());
    let rows = all(connection, revocation::Entity::find().filter(lately)).await?;
    rows.into_iter().map(Revocation::try_from).collect()
}
