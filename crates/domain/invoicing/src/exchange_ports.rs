//! What exchange rates need from a store.

use async_trait::async_trait;
use gaara_kernel::{Currency, Date, Page, PageRequest, StoreError};

use crate::exchange::{DatedRate, ExchangeRateFilter, ExchangeRateSort};

/// Keeps exchange rates.
#[async_trait]
pub trait ExchangeRateRepository: Send {
    /// Adds a rate.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the currency has a rate of that day already.
    async fn add(&mut self, rate: &DatedRate) -> Result<(), StoreError>;

    /// The rate that a currency got on exactly this day, kept from every other writer until the
    /// unit ends.
    async fn lock(
        &mut self,
        currency: Currency,
        rate_date: Date,
    ) -> Result<Option<DatedRate>, StoreError>;

    /// The rate that holds on a day: the latest of that day or earlier, in one statement.
    async fn find_at(
        &mut self,
        currency: Currency,
        day: Date,
    ) -> Result<Option<DatedRate>, StoreError>;

    /// Saves a rate that was locked before.
    async fn save(&mut self, rate: &DatedRate) -> Result<(), StoreError>;
}

/// Reads exchange rates without waiting for writers.
#[async_trait]
pub trait ExchangeRateView: Send {
    /// The rate that a currency got on exactly this day.
    async fn find_exchange_rate(
        &mut self,
        currency: Currency,
        rate_date: Date,
    ) -> Result<Option<DatedRate>, StoreError>;

    /// The rate that holds on a day: the latest of that day or earlier, in one statement.
    async fn find_exchange_rate_at(
        &mut self,
        currency: Currency,
        day: Date,
    ) -> Result<Option<DatedRate>, StoreError>;

    /// Exchange rates that match, sorted.
    async fn list_exchange_rates(
        &mut self,
        filter: &ExchangeRateFilter,
        page: &PageRequest<ExchangeRateSort>,
    ) -> Result<Page<DatedRate>, StoreError>;
}
