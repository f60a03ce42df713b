//! What customers and suppliers have in common, and how it is changed.

use gaara_kernel::{
    BilingualText, Country, Currency, DecimalError, DetailsChange, EmailAddress, Money,
    PartyDetails, PaymentTerms, TaxId, TaxIdError, TextError,
};
use thiserror::Error;

use crate::audit::AuditEntry;
use crate::inventory::{NameChange, audit_name, shown};

/// What every customer and every supplier says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PartyFields {
    pub(crate) name: BilingualText,
    pub(crate) email: Option<EmailAddress>,
    pub(crate) tax_id: Option<TaxId>,
    pub(crate) details: PartyDetails,
    pub(crate) country: Country,
    pub(crate) currency: Currency,
    pub(crate) credit_limit: Option<Money>,
    pub(crate) payment_terms: PaymentTerms,
}

/// What changes of a customer or a supplier; what is `None` stays.
#[derive(Debug, Clone, Default)]
pub struct PartyChange {
    /// What changes of the name.
    pub name: NameChange,
    /// Where mail goes; `Some(None)` takes it away.
    pub email: Option<Option<EmailAddress>>,
    /// The tax registration number; `Some(None)` takes it away.
    pub tax_id: Option<Option<String>>,
    /// What changes of addresses, registrations, contact and further names.
    pub details: DetailsChange,
    /// Where the party is registered.
    pub country: Option<Country>,
    /// The currency of its invoices.
    pub currency: Option<Currency>,
    /// The most that may be owed, as a decimal text in its currency; `Some(None)` lifts the limit.
    pub credit_limit: Option<Option<String>>,
    /// When its invoices are to be paid.
    pub payment_terms: Option<PaymentTerms>,
}

/// Why a party cannot say that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PartyError {
    /// The name would be no name.
    #[error("the name: {0}")]
    Name(#[from] TextError),
    /// The tax number is not one of the party's country.
    #[error(transparent)]
    TaxId(#[from] TaxIdError),
    /// The limit is no amount of its currency.
    #[error("the credit limit: {error}")]
    CreditLimit {
        /// The currency.
        currency: Currency,
        /// What is wrong with it.
        error: DecimalError,
    },
    /// The limit is below zero.
    #[error("the credit limit is below zero")]
    CreditLimitNegative,
    /// The currency changes, and the limit is still told in the old one.
    #[error("the credit limit has to be told in the new currency")]
    CreditLimitMissing,
}

impl PartyChange {
    /// The party after the change.
    pub(crate) fn apply(&self, before: &PartyFields) -> Result<PartyFields, PartyError> {
        let country = self.country.unwrap_or(before.country);
        let currency = self.currency.unwrap_or(before.currency);
        Ok(PartyFields {
            name: self.name.apply(&before.name)?,
            email: self.email.clone().unwrap_or_else(|| before.email.clone()),
            tax_id: self.tax_id(before, country)?,
            details: self.details.apply(&before.details, country),
            country,
            currency,
            credit_limit: self.credit_limit(before, currency)?,
            payment_terms: self
                .payment_terms
                .clone()
                .unwrap_or_else(|| before.payment_terms.clone()),
        })
    }

    /// The number is judged by the country the party has afterwards, and only when one of the two
    /// is new: what was accepted once stays.
    fn tax_id(&self, before: &PartyFields, country: Country) -> Result<Option<TaxId>, TaxIdError> {
        match (&self.tax_id, &before.tax_id) {
            (Some(Some(text)), _) => TaxId::parse(country, text).map(Some),
            (Some(None), _) | (None, None) => Ok(None),
            (None, Some(kept)) if country == before.country => Ok(Some(kept.clone())),
            (None, Some(kept)) => TaxId::parse(country, kept.as_str()).map(Some),
        }
    }

    fn credit_limit(
        &self,
        before: &PartyFields,
        currency: Currency,
    ) -> Result<Option<Money>, PartyError> {
        let limit = match &self.credit_limit {
            Some(Some(text)) => Money::parse(text, currency)
                .map(Some)
                .map_err(|error| PartyError::CreditLimit { currency, error })?,
            Some(None) => None,
            None if before.credit_limit.is_some() && currency != before.currency => {
                return Err(PartyError::CreditLimitMissing);
            }
            None => before.credit_limit,
        };
        match limit {
            Some(limit) if limit.is_negative() => Err(PartyError::CreditLimitNegative),
            limit => Ok(limit),
        }
    }
}

/// Tells the audit log what changed of a party.
pub(crate) fn audit_party(
    entry: AuditEntry,
    before: &PartyFields,
    after: &PartyFields,
) -> AuditEntry {
    let entry = audit_name(entry, &before.name, &after.name)
        .with_change("email", &shown(before.email.as_ref()), &shown(after.email.as_ref()))
        .with_change("tax_id", &shown(before.tax_id.as_ref()), &shown(after.tax_id.as_ref()))
        .with_change("country", &before.country, &after.country)
        .with_change("currency", &before.currency, &after.currency)
        .with_change(
            "credit_limit",
            &shown(before.credit_limit.as_ref()),
            &shown(after.credit_limit.as_ref()),
        )
        .with_change(
            "payment_terms",
            &told_terms(&before.payment_terms),
            &told_terms(&after.payment_terms),
        );
    audit_details(entry, &before.details, &after.details)
}

/// Tells the audit log what changed of a party's details.
pub(crate) fn audit_details(
    entry: AuditEntry,
    before: &PartyDetails,
    after: &PartyDetails,
) -> AuditEntry {
    let pairs = before.told().into_iter().zip(after.told());
    pairs.fold(entry, |entry, ((field, old), (_, new))| entry.with_change(field, &old, &new))
}

/// `30` days, or `50 % in 0 days, 50 % in 30 days`.
fn told_terms(terms: &PaymentTerms) -> String {
    if terms.instalments().is_empty() {
        return terms.net_days().to_string();
    }
    let part =
        |part: &gaara_kernel::Instalment| format!("{} % in {} days", part.percent, part.net_days);
    terms.instalments().iter().map(part).collect::<Vec<_>>().join(", ")
}
