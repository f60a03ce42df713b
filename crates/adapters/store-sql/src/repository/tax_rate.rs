//! Tax rates, written.

use async_trait::async_trait;
use gaara_invoicing::{TaxRate, TaxRateRepository};
use gaara_kernel::{Code, Id, StoreError, TaxRateId};
use sea_orm::sea_query::LockType;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
};

use super::{all, insert, saved};
use crate::entity::tax_rate::{Column, Entity, Model};
use crate::error::failure;
use crate::session::Session;
use crate::transaction::SqlTransaction;

/// The tax rates with these codes that exist.
pub(crate) async fn find_many(
    connection: &Session,
    codes: &[Code],
) -> Result<Vec<TaxRate>, StoreError> {
    if codes.is_empty() {
        return Ok(Vec::new());
    }
    let codes = codes.iter().map(Code::as_str);
    let rows = all(connection, Entity::find().filter(Column::Code.is_in(codes))).await?;
    rows.into_iter().map(TaxRate::try_from).collect()
}

#[async_trait]
impl TaxRateRepository for SqlTransaction {
    async fn add(&mut self, rate: &TaxRate) -> Result<(), StoreError> {
        insert::<Entity>(&self.connection, Model::from(rate)).await
    }

    async fn lock(&mut self, id: TaxRateId) -> Result<Option<TaxRate>, StoreError> {
        let query = Entity::find_by_id(id.as_uuid()).lock(LockType::NoKeyUpdate);
        let row = query.one(&self.connection).await.map_err(failure)?;
        row.map(TaxRate::try_from).transpose()
    }

    async fn save(&mut self, rate: &TaxRate) -> Result<(), StoreError> {
        let result = Entity::update_many()
            .set(Model::from(rate).into_active_model().reset_all())
            .filter(Column::Id.eq(rate.id.as_uuid()))
            .exec(&self.connection)
            .await
            .map_err(failure)?;
        saved(result.rows_affected, 1, "tax_rate")
    }

    async fn find_many(&mut self, codes: &[Code]) -> Result<Vec<TaxRate>, StoreError> {
        find_many(&self.connection, codes).await
    }
}
