//! Taking suppliers out of use, and back into it.

use gaara_identity::Permission;
use gaara_inventory::Supplier;
use gaara_invoicing::PartyId;
use gaara_kernel::{SupplierId, Version};

use super::archiving::{ArchivingError, check_archived, check_in_use, check_version};
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Takes a supplier out of use: nothing new can refer to it. Not while it has drafts or is owed
/// money.
#[derive(Debug, Clone)]
pub struct ArchiveSupplier {
    /// Which supplier.
    pub id: SupplierId,
    /// The version the decision was made on, where that matters.
    pub expected: Option<Version>,
}

/// Takes a supplier back into use.
#[derive(Debug, Clone)]
pub struct RestoreSupplier {
    /// Which supplier.
    pub id: SupplierId,
    /// The version the decision was made on, where that matters.
    pub expected: Option<Version>,
}

impl UseCase for ArchiveSupplier {
    type Output = Supplier;
    type Error = ArchivingError;
    const PERMISSION: Permission = Permission::EditSuppliers;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Supplier, ArchivingError> {
        let mut supplier = unit.suppliers().lock(self.id).await?.ok_or(ArchivingError::NotFound)?;
        check_version(self.expected, supplier.version)?;
        check_in_use(supplier.archived_at)?;
        if unit.invoices().is_busy(PartyId::Supplier(supplier.id)).await? {
            return Err(ArchivingError::InUse);
        }
        supplier.archived_at = Some(context.now());
        save(unit, supplier, "supplier.archived", context).await
    }

    fn audit(&self, output: &Supplier) -> AuditEntry {
        AuditEntry::new("supplier.archived", output.id)
    }
}

impl UseCase for RestoreSupplier {
    type Output = Supplier;
    type Error = ArchivingError;
    const PERMISSION: Permission = Permission::EditSuppliers;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Supplier, ArchivingError> {
        let mut supplier = unit.suppliers().lock(self.id).await?.ok_or(ArchivingError::NotFound)?;
        check_version(self.expected, supplier.version)?;
        check_archived(supplier.archived_at)?;
        supplier.archived_at = None;
        save(unit, supplier, "supplier.restored", context).await
    }

    fn audit(&self, output: &Supplier) -> AuditEntry {
        AuditEntry::new("supplier.restored", output.id)
    }
}

async fn save(
    unit: &mut dyn UnitOfWork,
    mut supplier: Supplier,
    kind: &str,
    context: &Context,
) -> Result<Supplier, ArchivingError> {
    supplier.updated_at = context.now();
    supplier.version = supplier.version.next();
    unit.suppliers().save(&supplier).await?;
    unit.outbox().add(&Event::new(kind, supplier.id, context)).await?;
    Ok(supplier)
}
