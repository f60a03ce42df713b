//! Adding tax rates.

use gaara_identity::Permission;
use gaara_invoicing::totals::Tax;
use gaara_invoicing::{ExemptionError, TaxExemption, TaxRate, Validity};
use gaara_kernel::{BilingualText, Code, StoreError, TaxRateId, Version};
use thiserror::Error;

use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::failure;
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Adds a tax rate.
#[derive(Debug, Clone)]
pub struct CreateTaxRate {
    /// The id a client chose.
    pub id: Option<TaxRateId>,
    /// The code products and invoices name it by.
    pub code: Code,
    /// The category and the rate.
    pub tax: Tax,
    /// The name.
    pub name: BilingualText,
    /// When it is in force.
    pub validity: Validity,
    /// Why no tax is charged.
    pub exemption: Option<TaxExemption>,
}

/// Why a tax rate was not added.
#[derive(Debug, Error)]
pub enum CreateTaxRateError {
    /// The exemption does not go with the category.
    #[error(transparent)]
    Exemption(#[from] ExemptionError),
    /// The store failed; [`StoreError::Duplicate`] names a taken code.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(CreateTaxRateError);

impl UseCase for CreateTaxRate {
    type Output = TaxRate;
    type Error = CreateTaxRateError;
    const PERMISSION: Permission = Permission::EditTaxRates;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<TaxRate, CreateTaxRateError> {
        TaxExemption::check(self.tax.category(), self.exemption.as_ref())?;
        let rate = TaxRate {
            id: context.id_or_new(self.id),
            code: self.code.clone(),
            tax: self.tax,
            name: self.name.clone(),
            validity: self.validity,
            exemption: self.exemption.clone(),
            archived_at: None,
            created_at: context.now(),
            updated_at: context.now(),
            version: Version::FIRST,
        };
        unit.tax_rates().add(&rate).await?;
        unit.outbox().add(&Event::new("tax_rate.created", rate.id, context)).await?;
        Ok(rate)
    }

    fn audit(&self, output: &TaxRate) -> AuditEntry {
        AuditEntry::new("tax_rate.created", output.id)
            .with("code", &output.code)
            .with("category", &output.tax.category().code())
            .with("rate", &output.tax.rate())
    }
}
