//! Users, written.

use async_trait::async_trait;
use gaara_identity::{User, UserRepository};
use gaara_kernel::{Id, StoreError, UserId};

use super::{find, insert};
use crate::entity::user::{Entity, Model};
use crate::transaction::SqlTransaction;

#[async_trait]
impl UserRepository for SqlTransaction {
    async fn add(&mut self, user: &User) -> Result<(), StoreError> {
        insert::<Entity>(&self.connection, Model::from(user)).await
    }

    async fn find(&mut self, id: UserId) -> Result<Option<User>, StoreError> {
        let row = find::<Entity>(&self.connection, id.as_uuid()).await?;
        row.map(User::try_from).transpose()
    }
}
