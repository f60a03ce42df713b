//! Roles, written, and what they allow.

use std::collections::BTreeMap;

use async_trait::async_trait;
use gaara_identity::{AssignableRole, Permission, Permissions, RoleCode, RoleRepository};
use gaara_kernel::{Id, RoleId, StoreError};
use sea_orm::sea_query::LockType;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect, Select,
};

use super::{all, exists, insert, saved};
use crate::bulk::insert_all;
use crate::entity::role::{Column, Entity, Model};
use crate::entity::role_permission;
use crate::error::failure;
use crate::session::Session;
use crate::transaction::SqlTransaction;

/// What these roles allow, by their codes. A permission that this program does not know, as one
/// of a later program, allows nothing.
pub(crate) async fn permissions<'a>(
    connection: &Session,
    codes: impl IntoIterator<Item = &'a str> + Send,
) -> Result<BTreeMap<String, Permissions>, StoreError> {
    let query =
        role_permission::Entity::find().filter(role_permission::Column::RoleCode.is_in(codes));
    let mut lists: BTreeMap<String, Vec<Permission>> = BTreeMap::new();
    for row in all(connection, query).await? {
        lists.entry(row.role_code).or_default().extend(Permission::from_code(&row.permission));
    }
    Ok(lists.into_iter().map(|(code, list)| (code, list.into_iter().collect())).collect())
}

/// Roles with what they allow, in two statements however many they are.
pub(crate) async fn with_permissions(
    connection: &Session,
    rows: Vec<Model>,
) -> Result<Vec<AssignableRole>, StoreError> {
    let mut lists = permissions(connection, rows.iter().map(|row| row.code.as_str())).await?;
    rows.into_iter()
        .map(|row| {
            let list = lists.remove(&row.code).unwrap_or_default();
            row.with(list)
        })
        .collect()
}

/// The one role of a query.
pub(crate) async fn one(
    connection: &Session,
    query: Select<Entity>,
) -> Result<Option<AssignableRole>, StoreError> {
    let row = query.one(connection).await.map_err(failure)?;
    let roles = with_permissions(connection, row.into_iter().collect()).await?;
    Ok(roles.into_iter().next())
}

impl SqlTransaction {
    async fn add_permissions(&self, role: &AssignableRole) -> Result<(), StoreError> {
        let row = |permission: Permission| {
            let role_code = role.code.as_str().to_owned();
            let permission = permission.code().to_owned();
            role_permission::Model { role_code, permission }.into_active_model()
        };
        let rows: Vec<_> = role.permissions.iter().map(row).collect();
        insert_all::<role_permission::Entity>(&self.connection, rows).await
    }
}

#[async_trait]
impl RoleRepository for SqlTransaction {
    async fn add(&mut self, role: &AssignableRole) -> Result<(), StoreError> {
        insert::<Entity>(&self.connection, Model::from(role)).await?;
        self.add_permissions(role).await
    }

    async fn hold(&mut self, code: &RoleCode) -> Result<Option<AssignableRole>, StoreError> {
        let query = Entity::find().filter(Column::Code.eq(code.as_str()));
        one(&self.connection, query.lock(LockType::Share)).await
    }

    async fn lock(&mut self, id: RoleId) -> Result<Option<AssignableRole>, StoreError> {
        let query = Entity::find_by_id(id.as_uuid()).lock(LockType::Update);
        one(&self.connection, query).await
    }

    async fn save(&mut self, role: &AssignableRole) -> Result<(), StoreError> {
        let result = Entity::update_many()
            .set(Model::from(role).into_active_model().reset_all())
            .filter(Column::Id.eq(role.id.as_uuid()))
            .exec(&self.connection)
            .await
            .map_err(failure)?;
        saved(result.rows_affected, 1, "role")?;
        role_permission::Entity::delete_many()
            .filter(role_permission::Column::RoleCode.eq(role.code.as_str()))
            .exec(&self.connection)
            .await
            .map_err(failure)?;
        self.add_permissions(role).await
    }

    async fn remove(&mut self, role: &AssignableRole) -> Result<(), StoreError> {
        let result = Entity::delete_by_id(role.id.as_uuid())
            .exec(&self.connection)
            .await
            .map_err(failure)?;
        saved(result.rows_affected, 1, "role")
    }

    async fn is_used(&mut self, code: &RoleCode) -> Result<bool, StoreError> {
        let text = "SELECT 1 FROM users WHERE role = $1 LIMIT 1";
        exists(&self.connection, text, [code.as_str().into()]).await
    }
}
