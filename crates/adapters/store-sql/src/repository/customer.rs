//! Customers, written.

use async_trait::async_trait;
use gaara_invoicing::{Customer, CustomerRepository};
use gaara_kernel::{CustomerId, Id, StoreError};
use sea_orm::sea_query::LockType;
use sea_orm::{DatabaseTransaction, EntityTrait, QuerySelect};

use super::{find, insert};
use crate::bulk::insert_all;
use crate::entity::customer::{Entity, Model};
use crate::entity::customer_word;
use crate::error::failure;
use crate::transaction::SqlTransaction;

/// A customer by id.
pub(crate) async fn find_by_id(
    connection: &DatabaseTransaction,
    id: CustomerId,
) -> Result<Option<Customer>, StoreError> {
    let row = find::<Entity>(connection, id.as_uuid()).await?;
    row.map(Customer::try_from).transpose()
}

#[async_trait]
impl CustomerRepository for SqlTransaction {
    async fn add(&mut self, customer: &Customer) -> Result<(), StoreError> {
        insert::<Entity>(&self.connection, Model::from(customer)).await?;
        insert_all::<customer_word::Entity>(&self.connection, customer_word::rows(customer)).await
    }

    async fn find(&mut self, id: CustomerId) -> Result<Option<Customer>, StoreError> {
        find_by_id(&self.connection, id).await
    }

    async fn lock(&mut self, id: CustomerId) -> Result<Option<Customer>, StoreError> {
        let query = Entity::find_by_id(id.as_uuid()).lock(LockType::NoKeyUpdate);
        let row = query.one(&self.connection).await.map_err(failure)?;
        row.map(Customer::try_from).transpose()
    }
}
