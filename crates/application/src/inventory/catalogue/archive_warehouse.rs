//! Taking warehouses out of use, and back into it.

use gaara_identity::Permission;
use gaara_inventory::Warehouse;
use gaara_kernel::{Version, WarehouseId};

use super::archiving::{ArchivingError, check_archived, check_in_use, check_version};
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Takes a warehouse out of use: nothing new can refer to it.
#[derive(Debug, Clone)]
pub struct ArchiveWarehouse {
    /// Which warehouse.
    pub id: WarehouseId,
    /// The version the decision was made on, where that matters.
    pub expected: Option<Version>,
}

/// Takes a warehouse back into use.
#[derive(Debug, Clone)]
pub struct RestoreWarehouse {
    /// Which warehouse.
    pub id: WarehouseId,
    /// The version the decision was made on, where that matters.
    pub expected: Option<Version>,
}

impl UseCase for ArchiveWarehouse {
    type Output = Warehouse;
    type Error = ArchivingError;
    const PERMISSION: Permission = Permission::EditWarehouses;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Warehouse, ArchivingError> {
        let mut warehouse =
            unit.warehouses().lock(self.id).await?.ok_or(ArchivingError::NotFound)?;
        check_version(self.expected, warehouse.version)?;
        check_in_use(warehouse.archived_at)?;
        // Whoever posts stock holds the warehouse, so what is read here stays true until the end.
        if unit.warehouses().has_stock(self.id).await? {
            return Err(ArchivingError::InUse);
        }
        warehouse.archived_at = Some(context.now());
        save(unit, warehouse, "warehouse.archived", context).await
    }

    fn audit(&self, output: &Warehouse) -> AuditEntry {
        AuditEntry::new("warehouse.archived", output.id)
    }
}

impl UseCase for RestoreWarehouse {
    type Output = Warehouse;
    type Error = ArchivingError;
    const PERMISSION: Permission = Permission::EditWarehouses;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Warehouse, ArchivingError> {
        let mut warehouse =
            unit.warehouses().lock(self.id).await?.ok_or(ArchivingError::NotFound)?;
        check_version(self.expected, warehouse.version)?;
        check_archived(warehouse.archived_at)?;
        warehouse.archived_at = None;
        save(unit, warehouse, "warehouse.restored", context).await
    }

    fn audit(&self, output: &Warehouse) -> AuditEntry {
        AuditEntry::new("warehouse.restored", output.id)
    }
}

async fn save(
    unit: &mut dyn UnitOfWork,
    mut warehouse: Warehouse,
    kind: &str,
    context: &Context,
) -> Result<Warehouse, ArchivingError> {
    warehouse.updated_at = context.now();
    warehouse.version = warehouse.version.next();
    unit.warehouses().save(&warehouse).await?;
    unit.outbox().add(&Event::new(kind, warehouse.id, context)).await?;
    Ok(warehouse)
}
