//! The organisation, written.

use async_trait::async_trait;
use gaara_identity::{Organization, OrganizationRepository};
use gaara_kernel::StoreError;
use sea_orm::{DatabaseTransaction, EntityTrait};

use super::insert;
use crate::entity::organization::{Entity, Model};
use crate::error::failure;
use crate::transaction::SqlTransaction;

/// The organisation, once it is set up.
pub(crate) async fn find(
    connection: &DatabaseTransaction,
) -> Result<Option<Organization>, StoreError> {
    let row = Entity::find().one(connection).await.map_err(failure)?;
    row.map(Organization::try_from).transpose()
}

#[async_trait]
impl OrganizationRepository for SqlTransaction {
    async fn find(&mut self) -> Result<Option<Organization>, StoreError> {
        find(&self.connection).await
    }

    async fn add(&mut self, organization: &Organization) -> Result<(), StoreError> {
        insert::<Entity>(&self.connection, Model::from(organization)).await
    }
}
