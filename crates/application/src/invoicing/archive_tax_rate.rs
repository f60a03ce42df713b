//! Taking tax rates out of use, and back into it.

use gaara_identity::Permission;
use gaara_invoicing::TaxRate;
use gaara_kernel::{TaxRateId, Version};

use crate::audit::AuditEntry;
use crate::context::Context;
use crate::inventory::{ArchivingError, check_archived, check_in_use, check_version};
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Takes a tax rate out of use: no product is given it any more.
#[derive(Debug, Clone)]
pub struct ArchiveTaxRate {
    /// Which tax rate.
    pub id: TaxRateId,
    /// The version the decision was made on, where that matters.
    pub expected: Option<Version>,
}

/// Takes a tax rate back into use.
#[derive(Debug, Clone)]
pub struct RestoreTaxRate {
    /// Which tax rate.
    pub id: TaxRateId,
    /// The version the decision was made on, where that matters.
    pub expected: Option<Version>,
}

impl UseCase for ArchiveTaxRate {
    type Output = TaxRate;
    type Error = ArchivingError;
    const PERMISSION: Permission = Permission::EditTaxRates;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<TaxRate, ArchivingError> {
        let mut rate = unit.tax_rates().lock(self.id).await?.ok_or(ArchivingError::NotFound)?;
        check_version(self.expected, rate.version)?;
        check_in_use(rate.archived_at)?;
        rate.archived_at = Some(context.now());
        save(unit, rate, "tax_rate.archived", context).await
    }

    fn audit(&self, output: &TaxRate) -> AuditEntry {
        AuditEntry::new("tax_rate.archived", output.id)
    }
}

impl UseCase for RestoreTaxRate {
    type Output = TaxRate;
    type Error = ArchivingError;
    const PERMISSION: Permission = Permission::EditTaxRates;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<TaxRate, ArchivingError> {
        let mut rate = unit.tax_rates().lock(self.id).await?.ok_or(ArchivingError::NotFound)?;
        check_version(self.expected, rate.version)?;
        check_archived(rate.archived_at)?;
        rate.archived_at = None;
        save(unit, rate, "tax_rate.restored", context).await
    }

    fn audit(&self, output: &TaxRate) -> AuditEntry {
        AuditEntry::new("tax_rate.restored", output.id)
    }
}

async fn save(
    unit: &mut dyn UnitOfWork,
    mut rate: TaxRate,
    kind: &str,
    context: &Context,
) -> Result<TaxRate, ArchivingError> {
    rate.updated_at = context.now();
    rate.version = rate.version.next();
    unit.tax_rates().save(&rate).await?;
    unit.outbox().add(&Event::new(kind, rate.id, context)).await?;
    Ok(rate)
}
