//! Questions about exchange rates.

use gaara_invoicing::{DatedRate, ExchangeRateFilter, ExchangeRateSort};
use gaara_kernel::{Currency, Date, Page, PageRequest};

use crate::use_case::queries;

queries! {
    /// Finds the rate that a currency got on exactly this day.
    FindExchangeRate {
        /// The foreign currency.
        currency: Currency,
        /// The day.
        rate_date: Date,
    } -> Option<DatedRate>,
    needs ReadExchangeRates,
    by find_exchange_rate(*currency, *rate_date);

    /// Finds the rate that holds on a day: the latest of that day or earlier.
    FindExchangeRateAt {
        /// The foreign currency.
        currency: Currency,
        /// The day.
        day: Date,
    } -> Option<DatedRate>,
    needs ReadExchangeRates,
    by find_exchange_rate_at(*currency, *day);

    /// Lists exchange rates.
    ListExchangeRates {
        /// Which rates.
        filter: ExchangeRateFilter,
        /// Which part of the list.
        page: PageRequest<ExchangeRateSort>,
    } -> Page<DatedRate>,
    needs ReadExchangeRates,
    by list_exchange_rates(filter, page);
}
