//! Tax rates, written.

use async_trait::async_trait;
use gaara_invoicing::{TaxRate, TaxRateRepository};
use gaara_kernel::{Code, StoreError};
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter};

use super::{all, insert};
use crate::entity::tax_rate::{Column, Entity, Model};
use crate::transaction::SqlTransaction;

/// The tax rates with these codes that exist.
pub(crate) async fn find_many(
    connection: &DatabaseTransaction,
    codes: &[Code],
) -> Result<Vec<TaxRate>, StoreError> {
    let codes = codes.iter().map(Code::as_str);
    let rows = all(connection, Entity::find().filter(Column::Code.is_in(codes))).await?;
    rows.into_iter().map(TaxRate::try_from).collect()
}

#[async_trait]
impl TaxRateRepository for SqlTransaction {
    async fn add(&mut self, rate: &TaxRate) -> Result<(), StoreError> {
        insert::<Entity>(&self.connection, Model::from(rate)).await
    }

    async fn find_many(&mut self, codes: &[Code]) -> Result<Vec<TaxRate>, StoreError> {
        find_many(&self.connection, codes).await
    }
}
