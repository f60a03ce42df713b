//! Categories, written.

use async_trait::async_trait;
use gaara_inventory::{Category, CategoryRepository, CategoryTree};
use gaara_kernel::{CategoryId, Id, StoreError};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::LockType;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, QuerySelect, Statement,
};

use super::{all, exists, insert, saved};
use crate::bulk::PARAMETERS_MAX;
use crate::entity::category::{Column, Entity, Model};
use crate::error::failure;
use crate::transaction::SqlTransaction;

/// What comes behind every path that begins with this one: paths are written in digits of base 16.
pub(crate) fn behind(path: &str) -> String {
    format!("{path}g")
}

#[async_trait]
impl CategoryRepository for SqlTransaction {
    async fn lock_tree(&mut self) -> Result<CategoryTree, StoreError> {
        // Locked rows would not keep new ones out. Readers, and whoever holds a row, go on.
        if self.connection.get_database_backend() == DbBackend::Postgres {
            let lock = "LOCK TABLE categories IN SHARE ROW EXCLUSIVE MODE";
            self.connection.execute_unprepared(lock).await.map_err(failure)?;
        }
        let query = Entity::find().select_only().columns([Column::Id, Column::ParentId]);
        let rows = query.into_tuple::<(Uuid, Option<Uuid>)>().all(&self.connection).await;
        let rows = rows.map_err(failure)?.into_iter();
        Ok(rows.map(|(id, parent)| (Id::from_uuid(id), parent.map(Id::from_uuid))).collect())
    }

    async fn add(&mut self, category: &Category) -> Result<(), StoreError> {
        insert::<Entity>(&self.connection, Model::from(category)).await
    }

    async fn lock(&mut self, id: CategoryId) -> Result<Option<Category>, StoreError> {
        let query = Entity::find_by_id(id.as_uuid()).lock(LockType::Update);
        let row = query.one(&self.connection).await.map_err(failure)?;
        row.map(Category::try_from).transpose()
    }

    async fn hold_many(&mut self, ids: &[CategoryId]) -> Result<Vec<Category>, StoreError> {
        let mut ids: Vec<Uuid> = ids.iter().map(|id| id.as_uuid()).collect();
        ids.sort_unstable();
        let mut categories = Vec::with_capacity(ids.len());
        for chunk in ids.chunks(PARAMETERS_MAX) {
            let query = Entity::find().filter(Column::Id.is_in(chunk.iter().copied()));
            let query = query.order_by_asc(Column::Id).lock(LockType::KeyShare);
            categories.extend(all(&self.connection, query).await?);
        }
        categories.into_iter().map(Category::try_from).collect()
    }

    async fn save(&mut self, before: &Category, after: &Category) -> Result<(), StoreError> {
        let connection = &self.connection;
        let result = Entity::update_many()
            .set(Model::from(after).into_active_model().reset_all())
            .filter(Column::Id.eq(after.id.as_uuid()))
            .exec(connection)
            .await
            .map_err(failure)?;
        saved(result.rows_affected, 1, "category")?;
        if before.path == after.path {
            return Ok(());
        }
        let (from, to) = (before.path_key(), after.path_key());
        let rest = i64::try_from(from.len() + 1).unwrap_or(i64::MAX);
        let values = [
            to.into(),
            rest.into(),
            after.updated_at.as_millis().into(),
            from.as_str().into(),
            behind(&from).into(),
        ];
        let text = "UPDATE categories SET path = $1 || substr(path, CAST($2 AS INTEGER)), \
                    updated_at_ms = $3, version = version + 1 WHERE path > $4 AND path < $5";
        let backend = connection.get_database_backend();
        let statement = Statement::from_sql_and_values(backend, text, values);
        connection.execute_raw(statement).await.map_err(failure)?;
        Ok(())
    }

    async fn remove(&mut self, id: CategoryId) -> Result<(), StoreError> {
        let result = Entity::delete_by_id(id.as_uuid()).exec(&self.connection).await;
        saved(result.map_err(failure)?.rows_affected, 1, "category")
    }

    async fn is_used(&mut self, id: CategoryId) -> Result<bool, StoreError> {
        let text = "SELECT 1 WHERE EXISTS (SELECT 1 FROM products WHERE category_id = $1) \
                    OR EXISTS (SELECT 1 FROM stocktake_categories WHERE category_id = $1)";
        exists(&self.connection, text, [id.as_uuid().into()]).await
    }
}
