//! Identity, read.

use async_trait::async_trait;
use gaara_identity::{IdentityView, Organization, Session, SetupToken, SignedIn, User, UserSort};
use gaara_kernel::{Id, Page, PageRequest, SessionId, StoreError, UserId};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryTrait};

use super::SqlView;
use crate::entity::{organization, session, setup_token, user};
use crate::error::failure;
use crate::keyset::{page, with_items};
use crate::repository::find;

#[async_trait]
impl IdentityView for SqlView {
    async fn find_organization(&mut self) -> Result<Option<Organization>, StoreError> {
        let row = organization::Entity::find().one(&self.connection).await.map_err(failure)?;
        row.map(Organization::try_from).transpose()
    }

    async fn find_setup_token(&mut self) -> Result<Option<SetupToken>, StoreError> {
        let row = setup_token::Entity::find().one(&self.connection).await.map_err(failure)?;
        row.map(SetupToken::try_from).transpose()
    }

    async fn find_login(&mut self, login: &str) -> Result<Option<User>, StoreError> {
        // A user name holds no `@`, so at most one row matches.
        let either = Condition::any()
            .add(user::Column::Username.eq(login))
            .add(user::Column::Email.eq(login));
        let query = user::Entity::find().filter(either);
        let row = query.one(&self.connection).await.map_err(failure)?;
        row.map(User::try_from).transpose()
    }

    async fn find_signed_in(&mut self, id: SessionId) -> Result<Option<SignedIn>, StoreError> {
        let row = find::<session::Entity>(&self.connection, id.as_uuid()).await?;
        let Some(session) = row.map(Session::from) else {
            return Ok(None);
        };
        let user = self.find_user(session.user_id).await?;
        Ok(user.map(|user| SignedIn { session, user }))
    }

    async fn find_user(&mut self, id: UserId) -> Result<Option<User>, StoreError> {
        let row = find::<user::Entity>(&self.connection, id.as_uuid()).await?;
        row.map(User::try_from).transpose()
    }

    async fn list_users(
        &mut self,
        request: &PageRequest<UserSort>,
    ) -> Result<Page<User>, StoreError> {
        let query = user::Entity::find().into_query();
        let rows = page::<user::Model>(&self.connection, query, request).await?;
        with_items(rows, User::try_from)
    }
}
