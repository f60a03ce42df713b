//! Identity, read.

use async_trait::async_trait;
use gaara_identity::{
    AssignableRole, IdentityView, KeySchedule, LiveSession, Organization, PasswordHash,
    PermissionVersion, Permissions, Revocation, RoleCode, RoleSort, Session, SetupToken, SignedIn,
    User, UserSort,
};
use gaara_kernel::{
    Id, Page, PageRequest, RoleId, SessionId, StoreError, Timestamp, UserId, Version,
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};

use super::SqlView;
use crate::entity::{
    organization, past_password, role as role_row, session, setup_token, signing_key, user,
};
use crate::error::failure;
use crate::keyset::{page, with_items};
use crate::repository::{all, find, role, token_lists};

impl SqlView {
    /// What a role of the organisation allows, and its version.
    async fn made_role(&self, code: &RoleCode) -> Result<(Permissions, Version), StoreError> {
        let query = role_row::Entity::find().filter(role_row::Column::Code.eq(code.as_str()));
        let role = role::one(&self.connection, query).await?;
        let role = role.ok_or(StoreError::Corrupt { entity: "user" })?;
        Ok((role.permissions, role.version))
    }
}

impl SqlView {
    /// What a role allows; what a built-in one allows stands in the program.
    pub(super) async fn permissions_of(&self, code: &RoleCode) -> Result<Permissions, StoreError> {
        if let Some(role) = code.built_in() {
            return Ok(role.permissions());
        }
        let code = code.as_str();
        Ok(role::permissions(&self.connection, [code]).await?.remove(code).unwrap_or_default())
    }
}

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
        let Some(user) = self.find_user(session.user_id).await? else {
            return Ok(None);
        };
        let (permissions, role) = match user.role.built_in() {
            // It stays as it is for as long as the program runs.
            Some(role) => (role.permissions(), Version::FIRST),
            None => self.made_role(&user.role).await?,
        };
        let version = PermissionVersion { user: user.version, role };
        Ok(Some(SignedIn { session, user, permissions, version }))
    }

    async fn list_revocations(&mut self, since: Timestamp) -> Result<Vec<Revocation>, StoreError> {
        token_lists::revoked_since(&self.connection, since).await
    }

    async fn find_key_schedule(&mut self) -> Result<KeySchedule, StoreError> {
        token_lists::schedule(&self.connection, signing_key::Entity::find()).await
    }

    async fn find_user(&mut self, id: UserId) -> Result<Option<User>, StoreError> {
        let row = find::<user::Entity>(&self.connection, id.as_uuid()).await?;
        row.map(User::try_from).transpose()
    }

    async fn list_sessions(
        &mut self,
        user: UserId,
        now: Timestamp,
    ) -> Result<Vec<LiveSession>, StoreError> {
        let query = session::Entity::find()
            .filter(session::Column::UserId.eq(user.as_uuid()))
            .filter(session::Column::EndedAtMs.is_null())
            .filter(session::Column::ExpiresAtMs.gt(now.as_millis()))
            .order_by_desc(session::Column::CreatedAtMs)
            .order_by_desc(session::Column::Id);
        let rows = all(&self.connection, query).await?;
        Ok(rows.into_iter().map(LiveSession::from).collect())
    }

    async fn list_past_passwords(
        &mut self,
        user: UserId,
        count: usize,
    ) -> Result<Vec<PasswordHash>, StoreError> {
        let query = past_password::Entity::find()
            .filter(past_password::Column::UserId.eq(user.as_uuid()))
            .order_by_desc(past_password::Column::Version)
            .limit(u64::try_from(count).unwrap_or(u64::MAX));
        let rows = all(&self.connection, query).await?;
        Ok(rows.into_iter().map(|row| PasswordHash::new(row.password_hash)).collect())
    }

    async fn find_role(&mut self, id: RoleId) -> Result<Option<AssignableRole>, StoreError> {
        role::one(&self.connection, role_row::Entity::find_by_id(id.as_uuid())).await
    }

    async fn list_roles(
        &mut self,
        request: &PageRequest<RoleSort>,
    ) -> Result<Page<AssignableRole>, StoreError> {
        let query = role_row::Entity::find().into_query();
        let rows = page::<role_row::Model>(&self.connection, query, request).await?;
        let mut lists = {
            let codes = rows.items.iter().map(|row| row.code.as_str());
            role::permissions(&self.connection, codes).await?
        };
        with_items(rows, |row| {
            let list = lists.remove(&row.code).unwrap_or_default();
            row.with(list)
        })
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
