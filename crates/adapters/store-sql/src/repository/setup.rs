//! The setup token, written.

use async_trait::async_trait;
use gaara_identity::{SetupRepository, SetupToken};
use gaara_kernel::StoreError;
use sea_orm::sea_query::{LockType, OnConflict};
use sea_orm::{EntityTrait, IntoActiveModel, QuerySelect};

use crate::entity::setup_token::{Column, Entity, Model};
use crate::error::failure;
use crate::transaction::SqlTransaction;

#[async_trait]
impl SetupRepository for SqlTransaction {
    async fn lock(&mut self) -> Result<Option<SetupToken>, StoreError> {
        let query = Entity::find().lock(LockType::Update);
        let row = query.one(&self.connection).await.map_err(failure)?;
        row.map(SetupToken::try_from).transpose()
    }

    async fn save(&mut self, token: &SetupToken) -> Result<(), StoreError> {
        let replace = OnConflict::column(Column::Singleton)
            .update_columns([Column::Digest, Column::ExpiresAtMs])
            .to_owned();
        Entity::insert(Model::from(token).into_active_model())
            .on_conflict(replace)
            .exec_without_returning(&self.connection)
            .await
            .map_err(failure)?;
        Ok(())
    }

    async fn remove(&mut self) -> Result<(), StoreError> {
        Entity::delete_many().exec(&self.connection).await.map_err(failure)?;
        Ok(())
    }
}
