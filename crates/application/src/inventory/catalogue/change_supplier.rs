//! Changing suppliers.

use gaara_identity::Permission;
use gaara_inventory::Supplier;
use gaara_kernel::{
    Country, Currency, DecimalError, EmailAddress, Money, PaymentTerms, StoreError, SupplierId,
    TextError, Version,
};
use thiserror::Error;

use super::name_change::{NameChange, audit_name, shown};
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::failure;
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Changes what is given and keeps the rest.
#[derive(Debug, Clone)]
pub struct ChangeSupplier {
    /// Which supplier.
    pub id: SupplierId,
    /// The version the change was made on.
    pub expected: Version,
    /// What changes of the name.
    pub name: NameChange,
    /// Where mail goes; `Some(None)` takes it away.
    pub email: Option<Option<EmailAddress>>,
    /// The tax registration number; `Some(None)` takes it away.
    pub tax_id: Option<Option<String>>,
    /// Where the supplier is registered.
    pub country: Option<Country>,
    /// The currency of its invoices.
    pub currency: Option<Currency>,
    /// The most that may be owed to it, as a decimal text in its currency; `Some(None)` lifts the
    /// limit.
    pub credit_limit: Option<Option<String>>,
    /// When its invoices are to be paid.
    pub payment_terms: Option<PaymentTerms>,
}

/// Why a supplier was not changed.
#[derive(Debug, Error)]
pub enum ChangeSupplierError {
    /// There is no such supplier.
    #[error("there is no such supplier")]
    NotFound,
    /// Somebody changed it meanwhile.
    #[error("the supplier is at version {current}")]
    Stale {
        /// The version it is at.
        current: Version,
    },
    /// The name would be no name.
    #[error("the name: {0}")]
    Name(#[from] TextError),
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
    /// The store failed; [`StoreError::Duplicate`] names a taken address.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(ChangeSupplierError);

impl UseCase for ChangeSupplier {
    /// The supplier before and after.
    type Output = (Supplier, Supplier);
    type Error = ChangeSupplierError;
    const PERMISSION: Permission = Permission::EditSuppliers;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Self::Output, ChangeSupplierError> {
        let before = unit.suppliers().lock(self.id).await?.ok_or(ChangeSupplierError::NotFound)?;
        if before.version != self.expected {
            return Err(ChangeSupplierError::Stale { current: before.version });
        }
        let after = self.apply(&before, context)?;
        unit.suppliers().save(&after).await?;
        unit.outbox().add(&Event::new("supplier.changed", after.id, context)).await?;
        Ok((before, after))
    }

    fn audit(&self, (before, after): &Self::Output) -> AuditEntry {
        let email = |supplier: &Supplier| shown(supplier.email.as_ref());
        let tax_id = |supplier: &Supplier| shown(supplier.tax_id.as_ref());
        let limit = |supplier: &Supplier| shown(supplier.credit_limit.as_ref());
        let days = |supplier: &Supplier| supplier.payment_terms.net_days();
        let entry = AuditEntry::new("supplier.changed", after.id);
        audit_name(entry, &before.name, &after.name)
            .with_change("email", &email(before), &email(after))
            .with_change("tax_id", &tax_id(before), &tax_id(after))
            .with_change("country", &before.country, &after.country)
            .with_change("currency", &before.currency, &after.currency)
            .with_change("credit_limit", &limit(before), &limit(after))
            .with_change("payment_terms.net_days", &days(before), &days(after))
    }
}

impl ChangeSupplier {
    fn apply(&self, before: &Supplier, context: &Context) -> Result<Supplier, ChangeSupplierError> {
        let currency = self.currency.unwrap_or(before.currency);
        Ok(Supplier {
            name: self.name.apply(&before.name)?,
            email: self.email.clone().unwrap_or_else(|| before.email.clone()),
            tax_id: self.tax_id.clone().unwrap_or_else(|| before.tax_id.clone()),
            country: self.country.unwrap_or(before.country),
            currency,
            credit_limit: self.credit_limit(before, currency)?,
            payment_terms: self
                .payment_terms
                .clone()
                .unwrap_or_else(|| before.payment_terms.clone()),
            updated_at: context.now(),
            version: before.version.next(),
            ..before.clone()
        })
    }

    fn credit_limit(
        &self,
        before: &Supplier,
        currency: Currency,
    ) -> Result<Option<Money>, ChangeSupplierError> {
        let limit = match &self.credit_limit {
            Some(Some(text)) => Money::parse(text, currency)
                .map(Some)
                .map_err(|error| ChangeSupplierError::CreditLimit { currency, error })?,
            Some(None) => None,
            None if before.credit_limit.is_some() && currency != before.currency => {
                return Err(ChangeSupplierError::CreditLimitMissing);
            }
            None => before.credit_limit,
        };
        match limit {
            Some(limit) if limit.is_negative() => Err(ChangeSupplierError::CreditLimitNegative),
            limit => Ok(limit),
        }
    }
}
