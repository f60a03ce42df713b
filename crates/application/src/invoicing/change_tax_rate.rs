//! Changing tax rates: what they are called, and when they are in force.

use gaara_identity::Permission;
use gaara_invoicing::{ExemptionError, TaxExemption, TaxRate, Validity, ValidityError};
use gaara_kernel::{BilingualText, Date, ShortText, StoreError, TaxRateId, TextError, Version};
use thiserror::Error;

use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::failure;
use crate::inventory::{NameChange, audit_name, shown};
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Changes what is given and keeps the rest. Code, category and rate stay: another rate is another
/// tax rate.
#[derive(Debug, Clone)]
pub struct ChangeTaxRate {
    /// Which tax rate.
    pub id: TaxRateId,
    /// The version the change was made on.
    pub expected: Version,
    /// What changes of the name.
    pub name: NameChange,
    /// The first day it is in force; `Some(None)` takes it away.
    pub valid_from: Option<Option<Date>>,
    /// The last day it is in force; `Some(None)` takes it away.
    pub valid_to: Option<Option<Date>>,
    /// The code of the reason why no tax is charged; `Some(None)` takes it away.
    pub exemption_code: Option<Option<ShortText>>,
    /// That reason in words; `Some(None)` takes it away.
    pub exemption_text: Option<Option<BilingualText>>,
}

/// Why a tax rate was not changed.
#[derive(Debug, Error)]
pub enum ChangeTaxRateError {
    /// There is no such tax rate.
    #[error("there is no such tax rate")]
    NotFound,
    /// Somebody changed it meanwhile.
    #[error("the tax rate is at version {current}")]
    Stale {
        /// The version it is at.
        current: Version,
    },
    /// The name would be no name.
    #[error("the name: {0}")]
    Name(#[from] TextError),
    /// Its last day would lie before its first.
    #[error(transparent)]
    Validity(#[from] ValidityError),
    /// The exemption does not go with the category.
    #[error(transparent)]
    Exemption(#[from] ExemptionError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(ChangeTaxRateError);

impl UseCase for ChangeTaxRate {
    /// The tax rate before and after.
    type Output = (TaxRate, TaxRate);
    type Error = ChangeTaxRateError;
    const PERMISSION: Permission = Permission::EditTaxRates;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Self::Output, ChangeTaxRateError> {
        let before = unit.tax_rates().lock(self.id).await?.ok_or(ChangeTaxRateError::NotFound)?;
        if before.version != self.expected {
            return Err(ChangeTaxRateError::Stale { current: before.version });
        }
        let after = self.apply(&before, context)?;
        unit.tax_rates().save(&after).await?;
        unit.outbox().add(&Event::new("tax_rate.changed", after.id, context)).await?;
        Ok((before, after))
    }

    fn audit(&self, (before, after): &Self::Output) -> AuditEntry {
        let from = |rate: &TaxRate| shown(rate.validity.from().as_ref());
        let to = |rate: &TaxRate| shown(rate.validity.to().as_ref());
        let code = |rate: &TaxRate| shown(rate.exemption.as_ref().and_then(TaxExemption::code));
        let text = |rate: &TaxRate| {
            let text = rate.exemption.as_ref().and_then(TaxExemption::text);
            let both = text.map(|text| [text.ar(), text.en()]);
            both.into_iter().flatten().flatten().collect::<Vec<_>>().join(" / ")
        };
        let entry = AuditEntry::new("tax_rate.changed", after.id);
        audit_name(entry, &before.name, &after.name)
            .with_change("valid_from", &from(before), &from(after))
            .with_change("valid_to", &to(before), &to(after))
            .with_change("exemption.code", &code(before), &code(after))
            .with_change("exemption.text", &text(before), &text(after))
    }
}

impl ChangeTaxRate {
    fn apply(&self, before: &TaxRate, context: &Context) -> Result<TaxRate, ChangeTaxRateError> {
        let validity = Validity::try_new(
            self.valid_from.unwrap_or_else(|| before.validity.from()),
            self.valid_to.unwrap_or_else(|| before.validity.to()),
        )?;
        let old = before.exemption.as_ref();
        let code = || old.and_then(TaxExemption::code).cloned();
        let text = || old.and_then(TaxExemption::text).cloned();
        let exemption = TaxExemption::try_new(
            self.exemption_code.clone().unwrap_or_else(code),
            self.exemption_text.clone().unwrap_or_else(text),
        );
        // What was added without a reason, before one was asked for, may still be renamed.
        if exemption != before.exemption {
            TaxExemption::check(before.tax.category(), exemption.as_ref())?;
        }
        Ok(TaxRate {
            name: self.name.apply(&before.name)?,
            validity,
            exemption,
            updated_at: context.now(),
            version: before.version.next(),
            ..before.clone()
        })
    }
}
