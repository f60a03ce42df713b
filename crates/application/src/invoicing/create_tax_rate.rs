//! Adding tax rates.

use gaara_identity::Permission;
use gaara_invoicing::TaxRate;
use gaara_invoicing::totals::Tax;
use gaara_kernel::{BilingualText, Code, StoreError, TaxRateId, Version};
use thiserror::Error;

use crate::audit::AuditEntry;
use crate::context::Context;
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
}

/// Why a tax rate was not added.
#[derive(Debug, Error)]
pub enum CreateTaxRateError {
    /// The store failed; [`StoreError::Duplicate`] names a taken code.
    #[error(transparent)]
    Store(#[from] StoreError),
}

crate::failure::store_only_failure!(CreateTaxRateError);

impl UseCase for CreateTaxRate {
    type Output = TaxRate;
    type Error = CreateTaxRateError;
    const PERMISSION: Permission = Permission::EditTaxRates;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<TaxRate, CreateTaxRateError> {
        let rate = TaxRate {
            id: context.id_or_new(self.id),
            code: self.code.clone(),
            tax: self.tax,
            name: self.name.clone(),
            created_at: context.now(),
            version: Version::FIRST,
        };
        unit.tax_rates().add(&rate).await?;
        Ok(rate)
    }

    fn audit(&self, output: &TaxRate) -> AuditEntry {
        AuditEntry::new("tax_rate.created", output.id)
            .with("code", &output.code)
            .with("category", &output.tax.category().code())
            .with("rate", &output.tax.rate())
    }
}
