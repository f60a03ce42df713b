//! Setting the exchange rate of a currency from a day on.

use gaara_identity::Permission;
use gaara_invoicing::{DatedRate, ExchangeRate};
use gaara_kernel::{Currency, Date, StoreError, Version};
use thiserror::Error;

use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::failure;
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Sets what one unit of a currency is worth from a day on.
///
/// What was issued or paid before keeps the rate it was written with.
#[derive(Debug, Clone)]
pub struct SetExchangeRate {
    /// The foreign currency.
    pub currency: Currency,
    /// The first day the rate holds on.
    pub rate_date: Date,
    /// The rate.
    pub rate: ExchangeRate,
    /// The version that is replaced; absent where there is no rate of that day yet.
    pub expected: Option<Version>,
}

/// Why a rate was not set.
#[derive(Debug, Error)]
pub enum SetExchangeRateError {
    /// The system is not set up.
    #[error("there is no organisation")]
    NotSetUp,
    /// The currency is that of the books, which is worth itself.
    #[error("the books are kept in {currency}")]
    BaseCurrency {
        /// The currency of the books.
        currency: Currency,
    },
    /// There is a rate of that day, and the caller does not say that it knows it.
    #[error("there is a rate of that day already")]
    VersionMissing,
    /// There is no rate of that day to replace.
    #[error("there is no rate of that day")]
    NotFound,
    /// Somebody changed the rate meanwhile.
    #[error("the rate is at version {current}")]
    Stale {
        /// The version it is at.
        current: Version,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(SetExchangeRateError);

impl UseCase for SetExchangeRate {
    /// The rate of that day before, where there was one, and after.
    type Output = (Option<DatedRate>, DatedRate);
    type Error = SetExchangeRateError;
    const PERMISSION: Permission = Permission::EditExchangeRates;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Self::Output, SetExchangeRateError> {
        let organization = unit.organization().find().await?;
        let organization = organization.ok_or(SetExchangeRateError::NotSetUp)?;
        if organization.currency == self.currency {
            return Err(SetExchangeRateError::BaseCurrency { currency: self.currency });
        }
        let before = unit.exchange_rates().lock(self.currency, self.rate_date).await?;
        let after = self.replace(before.as_ref(), context)?;
        match before {
            None => unit.exchange_rates().add(&after).await?,
            Some(_) => unit.exchange_rates().save(&after).await?,
        }
        let event = Event::new("exchange_rate.set", after.id, context)
            .with("currency", &after.currency)
            .with("rate_date", &after.rate_date)
            .with("rate", &after.rate);
        unit.outbox().add(&event).await?;
        Ok((before, after))
    }

    fn audit(&self, (before, after): &Self::Output) -> AuditEntry {
        let entry = AuditEntry::new("exchange_rate.set", after.id)
            .with("currency", &after.currency)
            .with("rate_date", &after.rate_date);
        match before {
            None => entry.with("rate", &after.rate),
            Some(before) => entry.with_change("rate", &before.rate, &after.rate),
        }
    }
}

impl SetExchangeRate {
    fn replace(
        &self,
        before: Option<&DatedRate>,
        context: &Context,
    ) -> Result<DatedRate, SetExchangeRateError> {
        let now = context.now();
        match (before, self.expected) {
            (None, None) => Ok(DatedRate {
                id: context.new_id(),
                currency: self.currency,
                rate_date: self.rate_date,
                rate: self.rate,
                created_at: now,
                updated_at: now,
                version: Version::FIRST,
            }),
            (None, Some(_)) => Err(SetExchangeRateError::NotFound),
            (Some(_), None) => Err(SetExchangeRateError::VersionMissing),
            (Some(before), Some(expected)) if before.version != expected => {
                Err(SetExchangeRateError::Stale { current: before.version })
            }
            (Some(before), Some(_)) => Ok(DatedRate {
                rate: self.rate,
                updated_at: now,
                version: before.version.next(),
                ..before.clone()
            }),
        }
    }
}
