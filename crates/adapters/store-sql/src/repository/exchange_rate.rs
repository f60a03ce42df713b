//! Exchange rates, written, and the look-ups they share with views.

use async_trait::async_trait;
use gaara_invoicing::{DatedRate, ExchangeRateRepository};
use gaara_kernel::{Currency, Date, Id, StoreError};
use sea_orm::sea_query::LockType;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select, Set};

use super::{insert, saved};
use crate::convert::date;
use crate::entity::exchange_rate::{ActiveModel, Column, Entity, Model};
use crate::error::failure;
use crate::session::Session;
use crate::transaction::SqlTransaction;

/// The rate of exactly this day.
pub(crate) fn exact(currency: Currency, day: Date) -> Select<Entity> {
    Entity::find()
        .filter(Column::Currency.eq(currency.code()))
        .filter(Column::RateDate.eq(date(day)))
}

/// The rate that holds on this day: the latest of that day or earlier.
pub(crate) fn latest(currency: Currency, day: Date) -> Select<Entity> {
    Entity::find()
        .filter(Column::Currency.eq(currency.code()))
        .filter(Column::RateDate.lte(date(day)))
        .order_by_desc(Column::RateDate)
        .limit(1)
}

/// The one row of a query, where there is one.
pub(crate) async fn one(
    connection: &Session,
    query: Select<Entity>,
) -> Result<Option<DatedRate>, StoreError> {
    let row = query.one(connection).await.map_err(failure)?;
    row.map(DatedRate::try_from).transpose()
}

#[async_trait]
impl ExchangeRateRepository for SqlTransaction {
    async fn add(&mut self, rate: &DatedRate) -> Result<(), StoreError> {
        insert::<Entity>(&self.connection, Model::from(rate)).await
    }

    async fn lock(
        &mut self,
        currency: Currency,
        rate_date: Date,
    ) -> Result<Option<DatedRate>, StoreError> {
        let query = exact(currency, rate_date).lock(LockType::NoKeyUpdate);
        one(&self.connection, query).await
    }

    async fn find_at(
        &mut self,
        currency: Currency,
        day: Date,
    ) -> Result<Option<DatedRate>, StoreError> {
        one(&self.connection, latest(currency, day)).await
    }

    async fn save(&mut self, rate: &DatedRate) -> Result<(), StoreError> {
        let row = Model::from(rate);
        let changed = ActiveModel {
            rate_scaled: Set(row.rate_scaled),
            updated_at_ms: Set(row.updated_at_ms),
            version: Set(row.version),
            ..Default::default()
        };
        let result = Entity::update_many()
            .set(changed)
            .filter(Column::Id.eq(rate.id.as_uuid()))
            .exec(&self.connection)
            .await
            .map_err(failure)?;
        saved(result.rows_affected, 1, "exchange_rate")
    }
}
