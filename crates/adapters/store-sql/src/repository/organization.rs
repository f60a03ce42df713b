//! The organisation, written.

use async_trait::async_trait;
use gaara_identity::{Organization, OrganizationRepository};
use gaara_kernel::{Id, StoreError};
use sea_orm::sea_query::LockType;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
};

use super::{insert, saved};
use crate::entity::organization::{Column, Entity, Model};
use crate::error::failure;
use crate::session::Session;
use crate::transaction::SqlTransaction;

/// The organisation, once it is set up.
pub(crate) async fn find(connection: &Session) -> Result<Option<Organization>, StoreError> {
    let row = Entity::find().one(connection).await.map_err(failure)?;
    row.map(Organization::try_from).transpose()
}

async fn locked(connection: &Session, lock: LockType) -> Result<Option<Organization>, StoreError> {
    let row = Entity::find().lock(lock).one(connection).await.map_err(failure)?;
    row.map(Organization::try_from).transpose()
}

#[async_trait]
impl OrganizationRepository for SqlTransaction {
    async fn find(&mut self) -> Result<Option<Organization>, StoreError> {
        find(&self.connection).await
    }

    async fn hold(&mut self) -> Result<Option<Organization>, StoreError> {
        locked(&self.connection, LockType::Share).await
    }

    async fn lock(&mut self) -> Result<Option<Organization>, StoreError> {
        locked(&self.connection, LockType::NoKeyUpdate).await
    }

    async fn save(&mut self, organization: &Organization) -> Result<(), StoreError> {
        let result = Entity::update_many()
            .set(Model::from(organization).into_active_model().reset_all())
            .filter(Column::Id.eq(organization.id.as_uuid()))
            .exec(&self.connection)
            .await
            .map_err(failure)?;
        saved(result.rows_affected, 1, "organization")
    }

    async fn add(&mut self, organization: &Organization) -> Result<(), StoreError> {
        insert::<Entity>(&self.connection, Model::from(organization)).await
    }
}
