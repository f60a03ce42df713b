//! Units, written.

use async_trait::async_trait;
use gaara_inventory::{Unit, UnitRepository};
use gaara_kernel::{Code, Id, StoreError, UnitId};
use sea_orm::sea_query::{LockType, Query};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, Select,
};

use super::{all, exists, saved};
use crate::bulk::{PARAMETERS_MAX, insert_all};
use crate::entity::unit::{Column, Entity, Model};
use crate::error::failure;
use crate::session::Session;
use crate::transaction::SqlTransaction;

/// The units with these codes and their bases, in the order of their codes.
pub(crate) async fn find_many(
    connection: &Session,
    codes: &[Code],
) -> Result<Vec<Unit>, StoreError> {
    named(connection, codes, |query| query).await
}

async fn named(
    connection: &Session,
    codes: &[Code],
    lock: impl Fn(Select<Entity>) -> Select<Entity>,
) -> Result<Vec<Unit>, StoreError> {
    let mut units = Vec::new();
    for chunk in codes.chunks(PARAMETERS_MAX / 2) {
        let named = || Column::Code.is_in(chunk.iter().map(Code::as_str));
        let bases =
            Query::select().column(Column::BaseCode).from(Entity).and_where(named()).to_owned();
        let asked = Condition::any().add(named()).add(Column::Code.in_subquery(bases));
        let query = Entity::find().filter(asked).order_by_asc(Column::Code);
        units.extend(all(connection, lock(query)).await?);
    }
    units.into_iter().map(Unit::try_from).collect()
}

#[async_trait]
impl UnitRepository for SqlTransaction {
    async fn add_all(&mut self, units: &[Unit]) -> Result<(), StoreError> {
        insert_all::<Entity>(&self.connection, units.iter().map(Model::from)).await
    }

    async fn lock(&mut self, id: UnitId) -> Result<Option<Unit>, StoreError> {
        let query = Entity::find_by_id(id.as_uuid()).lock(LockType::Update);
        let row = query.one(&self.connection).await.map_err(failure)?;
        row.map(Unit::try_from).transpose()
    }

    async fn hold_many(&mut self, codes: &[Code]) -> Result<Vec<Unit>, StoreError> {
        named(&self.connection, codes, |query| query.lock(LockType::KeyShare)).await
    }

    async fn find_many(&mut self, codes: &[Code]) -> Result<Vec<Unit>, StoreError> {
        find_many(&self.connection, codes).await
    }

    async fn save(&mut self, unit: &Unit) -> Result<(), StoreError> {
        let result = Entity::update_many()
            .set(Model::from(unit).into_active_model().reset_all())
            .filter(Column::Id.eq(unit.id.as_uuid()))
            .exec(&self.connection)
            .await
            .map_err(failure)?;
        saved(result.rows_affected, 1, "unit")
    }

    async fn is_used(&mut self, code: &Code) -> Result<bool, StoreError> {
        let text = "SELECT 1 FROM products WHERE unit = $1 \
                    UNION ALL SELECT 1 FROM product_packagings WHERE unit = $1 \
                    UNION ALL SELECT 1 FROM units WHERE base_code = $1 LIMIT 1";
        exists(&self.connection, text, [code.as_str().into()]).await
    }
}
