//! Users, written.

use async_trait::async_trait;
use gaara_identity::{LinkPurpose, PastPassword, Role, User, UserRepository};
use gaara_kernel::{Id, StoreError, UserId};
use sea_orm::sea_query::{Expr, ExprTrait, LockType};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, Statement,
};

use super::{all, find, insert, saved};
use crate::convert::count;
use crate::entity::user::{Column, Entity, Model};
use crate::entity::{account_link, past_password};
use crate::error::failure;
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

    async fn lock_admins(&mut self) -> Result<Vec<UserId>, StoreError> {
        let is_invitation = account_link::Column::Purpose.eq(LinkPurpose::Invitation.code());
        let of_user = Expr::col((account_link::Entity, account_link::Column::UserId))
            .equals((Entity, Column::Id));
        let invitation =
            account_link::Entity::find().filter(is_invitation).filter(of_user).into_query();
        let query = Entity::find()
            .filter(Column::Role.eq(Role::Admin.code()))
            .filter(Column::Disabled.eq(false))
            .filter(Expr::exists(invitation).not())
            .order_by_asc(Column::Id)
            .lock(LockType::NoKeyUpdate);
        let rows = all(&self.connection, query).await?;
        Ok(rows.into_iter().map(|row| UserId::from_uuid(row.id)).collect())
    }

    async fn lock(&mut self, id: UserId) -> Result<Option<User>, StoreError> {
        let query = Entity::find_by_id(id.as_uuid()).lock(LockType::NoKeyUpdate);
        let row = query.one(&self.connection).await.map_err(failure)?;
        row.map(User::try_from).transpose()
    }

    async fn save(&mut self, user: &User) -> Result<(), StoreError> {
        let result = Entity::update_many()
            .set(Model::from(user).into_active_model().reset_all())
            .filter(Column::Id.eq(user.id.as_uuid()))
            .exec(&self.connection)
            .await
            .map_err(failure)?;
        saved(result.rows_affected, 1, "user")
    }

    async fn add_past_password(
        &mut self,
        past: &PastPassword,
        kept: usize,
    ) -> Result<(), StoreError> {
        let row = past_password::Model::from(past);
        insert::<past_password::Entity>(&self.connection, row).await?;
        let text = "DELETE FROM past_passwords WHERE user_id = $1 AND version NOT IN \
                    (SELECT version FROM past_passwords WHERE user_id = $1 \
                     ORDER BY version DESC LIMIT $2)";
        let values = [past.user_id.as_uuid().into(), count(kept).into()];
        let backend = self.connection.get_database_backend();
        let statement = Statement::from_sql_and_values(backend, text, values);
        self.connection.execute_raw(statement).await.map_err(failure)?;
        Ok(())
    }
}
