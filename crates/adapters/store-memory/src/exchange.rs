//! Exchange rates in memory.

use async_trait::async_trait;
use gaara_invoicing::{
    DatedRate, ExchangeRateFilter, ExchangeRateRepository, ExchangeRateSort, ExchangeRateView,
};
use gaara_kernel::{Currency, Date, Id, Page, PageRequest, SortValue, StoreError};
use uuid::Uuid;

use crate::list::{Listed, page};
use crate::records::{Records, save};
use crate::store::{MemoryTransaction, MemoryView};

impl Listed<ExchangeRateSort> for DatedRate {
    fn value(&self, field: ExchangeRateSort) -> SortValue {
        self.sort_value(field)
    }

    fn tie(&self) -> Vec<Uuid> {
        vec![self.id.as_uuid()]
    }
}

fn exact(records: &Records, currency: Currency, day: Date) -> Option<DatedRate> {
    records.exchange_rates.get(&(currency, day)).cloned()
}

fn at(records: &Records, currency: Currency, day: Date) -> Option<DatedRate> {
    let earlier = records.exchange_rates.range((currency, Date::MIN)..=(currency, day));
    earlier.last().map(|(_, rate)| rate.clone())
}

#[async_trait]
impl ExchangeRateRepository for MemoryTransaction {
    async fn add(&mut self, rate: &DatedRate) -> Result<(), StoreError> {
        self.with(|records| {
            let key = (rate.currency, rate.rate_date);
            if records.exchange_rates.contains_key(&key) {
                return Err(StoreError::Conflict);
            }
            records.exchange_rates.insert(key, rate.clone());
            Ok(())
        })
    }

    async fn lock(
        &mut self,
        currency: Currency,
        rate_date: Date,
    ) -> Result<Option<DatedRate>, StoreError> {
        self.with(|records| Ok(exact(records, currency, rate_date)))
    }

    async fn find_at(
        &mut self,
        currency: Currency,
        day: Date,
    ) -> Result<Option<DatedRate>, StoreError> {
        self.with(|records| Ok(at(records, currency, day)))
    }

    async fn save(&mut self, rate: &DatedRate) -> Result<(), StoreError> {
        self.with(|records| {
            let key = (rate.currency, rate.rate_date);
            save(&mut records.exchange_rates, &key, rate.clone(), "exchange_rate")
        })
    }
}

#[async_trait]
impl ExchangeRateView for MemoryView {
    async fn find_exchange_rate(
        &mut self,
        currency: Currency,
        rate_date: Date,
    ) -> Result<Option<DatedRate>, StoreError> {
        Ok(exact(&self.records, currency, rate_date))
    }

    async fn find_exchange_rate_at(
        &mut self,
        currency: Currency,
        day: Date,
    ) -> Result<Option<DatedRate>, StoreError> {
        Ok(at(&self.records, currency, day))
    }

    async fn list_exchange_rates(
        &mut self,
        filter: &ExchangeRateFilter,
        request: &PageRequest<ExchangeRateSort>,
    ) -> Result<Page<DatedRate>, StoreError> {
        let matches = |rate: &&DatedRate| {
            filter.currency.is_none_or(|currency| currency == rate.currency)
                && filter.from.is_none_or(|from| rate.rate_date >= from)
                && filter.to.is_none_or(|to| rate.rate_date <= to)
        };
        Ok(page(self.records.exchange_rates.values().filter(matches).cloned(), request))
    }
}
