//! Changing the organisation: what it says about itself, and how far its books are closed.

use gaara_identity::{Organization, Permission};
use gaara_kernel::{
    Currency, Date, DecimalError, DetailsChange, Money, StoreError, TaxId, TaxIdError, TextError,
    Version,
};
use thiserror::Error;

use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::failure;
use crate::inventory::{NameChange, shown};
use crate::outbox::Event;
use crate::party::audit_details;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Changes what is given of the organisation and keeps the rest.
#[derive(Debug, Clone)]
pub struct ChangeOrganization {
    /// The version the change was made on.
    pub expected: Version,
    /// What changes of the name.
    pub name: NameChange,
    /// The tax registration number; `Some(None)` takes it away.
    pub tax_id: Option<Option<String>>,
    /// What changes of the address, registrations, contact and further names.
    pub details: DetailsChange,
    /// The smallest coin, as a decimal text in the books' currency; `Some(None)` rounds no more.
    pub cash_rounding: Option<Option<String>>,
    /// The currency that tax is also told in; `Some(None)` takes it away.
    pub tax_currency: Option<Option<Currency>>,
    /// The last day of the closed period; `Some(None)` opens every period.
    pub locked_through: Option<Option<Date>>,
}

/// Why the organisation was not changed.
#[derive(Debug, Error)]
pub enum ChangeOrganizationError {
    /// The system is not set up.
    #[error("there is no organisation")]
    NotSetUp,
    /// Somebody changed it meanwhile.
    #[error("the organisation is at version {current}")]
    Stale {
        /// The version it is at.
        current: Version,
    },
    /// The name would be no name.
    #[error("the name: {0}")]
    Name(#[from] TextError),
    /// The tax number is not one of its country.
    #[error(transparent)]
    TaxId(#[from] TaxIdError),
    /// The smallest coin is no amount of the books' currency.
    #[error("the cash rounding: {error}")]
    CashRounding {
        /// The currency.
        currency: Currency,
        /// What is wrong with it.
        error: DecimalError,
    },
    /// The smallest coin is worth nothing, or more than a whole unit of the currency.
    #[error("the cash rounding lies between nothing and one whole unit")]
    CashRoundingRange,
    /// Only days that are over can be closed.
    #[error("today is {today}")]
    LockTooLate {
        /// The business date of today.
        today: Date,
    },
    /// A closed period would be opened by somebody who may not.
    #[error("the books are closed through {locked_through}")]
    LockBackward {
        /// The last day of the closed period.
        locked_through: Date,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(ChangeOrganizationError);

impl UseCase for ChangeOrganization {
    /// The organisation before and after.
    type Output = (Organization, Organization);
    type Error = ChangeOrganizationError;
    const PERMISSION: Permission = Permission::EditOrganization;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Self::Output, ChangeOrganizationError> {
        let before = unit.organization().lock().await?;
        let before = before.ok_or(ChangeOrganizationError::NotSetUp)?;
        if before.version != self.expected {
            return Err(ChangeOrganizationError::Stale { current: before.version });
        }
        let after = self.apply(&before, context)?;
        unit.organization().save(&after).await?;
        let event = Event::new("organization.changed", after.id, context);
        unit.outbox().add(&event).await?;
        Ok((before, after))
    }

    fn audit(&self, (before, after): &Self::Output) -> AuditEntry {
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        let date = |date: Option<Date>| date.map_or_else(String::new, |date| date.to_string());
        let locked = (date(before.locked_through), date(after.locked_through));
        let coin = |it: &Organization| shown(it.cash_rounding.as_ref());
        let tax_id = |it: &Organization| shown(it.tax_id.as_ref());
        let tax_currency = |it: &Organization| shown(it.tax_currency.as_ref());
        let entry = AuditEntry::new("organization.changed", after.id)
            .with_change("name.ar", &text(before.name.ar()), &text(after.name.ar()))
            .with_change("name.en", &text(before.name.en()), &text(after.name.en()))
            .with_change("locked_through", &locked.0, &locked.1)
            .with_change("tax_id", &tax_id(before), &tax_id(after))
            .with_change("cash_rounding", &coin(before), &coin(after))
            .with_change("tax_currency", &tax_currency(before), &tax_currency(after));
        audit_details(entry, &before.details, &after.details)
    }
}

impl ChangeOrganization {
    /// A change of nothing yet.
    #[must_use]
    pub fn of(expected: Version) -> Self {
        Self {
            expected,
            name: NameChange::default(),
            tax_id: None,
            details: DetailsChange::default(),
            cash_rounding: None,
            tax_currency: None,
            locked_through: None,
        }
    }

    fn apply(
        &self,
        before: &Organization,
        context: &Context,
    ) -> Result<Organization, ChangeOrganizationError> {
        let NameChange { ar, en } = &self.name;
        let (ar, en) = (ar.as_ref().map(Option::as_deref), en.as_ref().map(Option::as_deref));
        let name = before.name.merged(ar, en)?;
        let locked_through = match self.locked_through {
            Some(wished) => check_lock(before, wished, context)?,
            None => before.locked_through,
        };
        let version = before.version.next();
        let tax_id = match &self.tax_id {
            Some(text) => {
                text.as_deref().map(|text| TaxId::parse(before.country, text)).transpose()?
            }
            None => before.tax_id.clone(),
        };
        Ok(Organization {
            name,
            tax_id,
            details: self.details.apply(&before.details, before.country),
            cash_rounding: self.cash_rounding(before)?,
            tax_currency: self.tax_currency.unwrap_or(before.tax_currency),
            locked_through,
            version,
            ..before.clone()
        })
    }

    fn cash_rounding(
        &self,
        before: &Organization,
    ) -> Result<Option<Money>, ChangeOrganizationError> {
        let currency = before.currency;
        let Some(wished) = &self.cash_rounding else { return Ok(before.cash_rounding) };
        let Some(text) = wished else { return Ok(None) };
        let coin = Money::parse(text, currency)
            .map_err(|error| ChangeOrganizationError::CashRounding { currency, error })?;
        let whole = 10_i64.pow(currency.exponent());
        if coin.minor() < 1 || coin.minor() > whole {
            return Err(ChangeOrganizationError::CashRoundingRange);
        }
        Ok(Some(coin))
    }
}

/// A period closes forward; it opens again only for who may do that.
fn check_lock(
    before: &Organization,
    wished: Option<Date>,
    context: &Context,
) -> Result<Option<Date>, ChangeOrganizationError> {
    let today = before.date_at(context.now());
    if wished.is_some_and(|date| date >= today) {
        return Err(ChangeOrganizationError::LockTooLate { today });
    }
    let may_reopen = context.actor().permissions().allow(Permission::ReopenPeriods);
    match before.locked_through {
        Some(locked_through) if wished < Some(locked_through) && !may_reopen => {
            Err(ChangeOrganizationError::LockBackward { locked_through })
        }
        _ => Ok(wished),
    }
}
