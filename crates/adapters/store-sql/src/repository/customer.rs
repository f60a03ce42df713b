//! Customers, written.

use async_trait::async_trait;
use gaara_invoicing::{Customer, CustomerRepository};
use gaara_kernel::{CustomerId, Id, StoreError};
use sea_orm::sea_query::LockType;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
};

use super::{find, insert, saved};
use crate::bulk::insert_all;
use crate::entity::customer::{Column, Entity, Model};
use crate::entity::customer_word;
use crate::error::failure;
use crate::session::Session;
use crate::transaction::SqlTransaction;

async fn locked(
    connection: &Session,
    id: CustomerId,
    lock: LockType,
) -> Result<Option<Customer>, StoreError> {
    let query = Entity::find_by_id(id.as_uuid()).lock(lock);
    let row = query.one(connection).await.map_err(failure)?;
    row.map(Customer::try_from).transpose()
}

/// A customer by id.
pub(crate) async fn find_by_id(
    connection: &Session,
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
        locked(&self.connection, id, LockType::NoKeyUpdate).await
    }

    async fn hold(&mut self, id: CustomerId) -> Result<Option<Customer>, StoreError> {
        locked(&self.connection, id, LockType::KeyShare).await
    }

    async fn lock_whole(&mut self, id: CustomerId) -> Result<Option<Customer>, StoreError> {
        locked(&self.connection, id, LockType::Update).await
    }

    async fn save(&mut self, customer: &Customer) -> Result<(), StoreError> {
        let (connection, id) = (&self.connection, customer.id.as_uuid());
        let result = Entity::update_many()
            .set(Model::from(customer).into_active_model().reset_all())
            .filter(Column::Id.eq(id))
            .exec(connection)
            .await
            .map_err(failure)?;
        saved(result.rows_affected, 1, "customer")?;
        customer_word::Entity::delete_many()
            .filter(customer_word::Column::CustomerId.eq(id))
            .exec(connection)
            .await
            .map_err(failure)?;
        insert_all::<customer_word::Entity>(connection, customer_word::rows(customer)).await
    }
}
