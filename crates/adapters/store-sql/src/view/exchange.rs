//! Exchange rates, read.

use async_trait::async_trait;
use gaara_invoicing::{DatedRate, ExchangeRateFilter, ExchangeRateSort, ExchangeRateView};
use gaara_kernel::{Currency, Date, Page, PageRequest, StoreError};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryTrait};

use super::SqlView;
use super::days::are_apart;
use crate::convert::date;
use crate::entity::exchange_rate::{Column, Entity, Model};
use crate::keyset::{Found, first, page_of, with_items};
use crate::repository::exchange_rate::{exact, latest, one};

#[async_trait]
impl ExchangeRateView for SqlView {
    async fn find_exchange_rate(
        &mut self,
        currency: Currency,
        rate_date: Date,
    ) -> Result<Option<DatedRate>, StoreError> {
        one(&self.connection, exact(currency, rate_date)).await
    }

    async fn find_exchange_rate_at(
        &mut self,
        currency: Currency,
        day: Date,
    ) -> Result<Option<DatedRate>, StoreError> {
        one(&self.connection, latest(currency, day)).await
    }

    async fn list_exchange_rates(
        &mut self,
        filter: &ExchangeRateFilter,
        request: &PageRequest<ExchangeRateSort>,
    ) -> Result<Page<DatedRate>, StoreError> {
        let condition = Condition::all()
            .add_option(filter.currency.map(|currency| Column::Currency.eq(currency.code())))
            .add_option(filter.from.map(|from| Column::RateDate.gte(date(from))))
            .add_option(filter.to.map(|to| Column::RateDate.lte(date(to))));
        let query = Entity::find().filter(condition).into_query();
        let is_by_day = first(request) == Some(ExchangeRateSort::RateDate);
        let is_apart = are_apart((filter.from, filter.to), &request.sort);
        let is_few = filter.currency.is_none() && !is_by_day && is_apart;
        let found = if is_few { Found::Few } else { Found::Along };
        let rows = page_of::<Model>(&self.connection, vec![query], request, found).await?;
        with_items(rows, DatedRate::try_from)
    }
}
