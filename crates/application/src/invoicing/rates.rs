//! Finding the rate that a document or a payment freezes.

use gaara_invoicing::ExchangeRate;
use gaara_kernel::{Currency, Date, StoreError};
use thiserror::Error;

use crate::ports::UnitOfWork;

/// No exchange rate of a day is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("no exchange rate from {from} to {to} is known")]
pub struct RateMissing {
    /// The foreign currency.
    pub from: Currency,
    /// The currency of the books.
    pub to: Currency,
}

/// The rate of a currency on a day; the currency of the books is worth itself.
pub(crate) async fn rate_at(
    unit: &mut dyn UnitOfWork,
    from: Currency,
    to: Currency,
    day: Date,
) -> Result<Result<ExchangeRate, RateMissing>, StoreError> {
    if from == to {
        return Ok(Ok(ExchangeRate::ONE));
    }
    let found = unit.exchange_rates().find_at(from, day).await?;
    Ok(found.map(|found| found.rate).ok_or(RateMissing { from, to }))
}
