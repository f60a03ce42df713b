//! Changing warehouses.

use gaara_identity::Permission;
use gaara_inventory::Warehouse;
use gaara_kernel::{Code, StoreError, TextError, Version, WarehouseId};
use thiserror::Error;

use super::name_change::{NameChange, audit_name};
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::failure;
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Changes what is given and keeps the rest.
#[derive(Debug, Clone)]
pub struct ChangeWarehouse {
    /// Which warehouse.
    pub id: WarehouseId,
    /// The version the change was made on.
    pub expected: Version,
    /// The new code.
    pub code: Option<Code>,
    /// What changes of the name.
    pub name: NameChange,
}

/// Why a warehouse was not changed.
#[derive(Debug, Error)]
pub enum ChangeWarehouseError {
    /// There is no such warehouse.
    #[error("there is no such warehouse")]
    NotFound,
    /// Somebody changed it meanwhile.
    #[error("the warehouse is at version {current}")]
    Stale {
        /// The version it is at.
        current: Version,
    },
    /// The name would be no name.
    #[error("the name: {0}")]
    Name(#[from] TextError),
    /// The store failed; [`StoreError::Duplicate`] names a taken code.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(ChangeWarehouseError);

impl UseCase for ChangeWarehouse {
    /// The warehouse before and after.
    type Output = (Warehouse, Warehouse);
    type Error = ChangeWarehouseError;
    const PERMISSION: Permission = Permission::EditWarehouses;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Self::Output, ChangeWarehouseError> {
        let before =
            unit.warehouses().lock(self.id).await?.ok_or(ChangeWarehouseError::NotFound)?;
        if before.version != self.expected {
            return Err(ChangeWarehouseError::Stale { current: before.version });
        }
        let after = Warehouse {
            code: self.code.clone().unwrap_or_else(|| before.code.clone()),
            name: self.name.apply(&before.name)?,
            updated_at: context.now(),
            version: before.version.next(),
            ..before.clone()
        };
        unit.warehouses().save(&after).await?;
        let event = Event::new("warehouse.changed", after.id, context).with("code", &after.code);
        unit.outbox().add(&event).await?;
        Ok((before, after))
    }

    fn audit(&self, (before, after): &Self::Output) -> AuditEntry {
        let entry = AuditEntry::new("warehouse.changed", after.id);
        audit_name(entry, &before.name, &after.name).with_change("code", &before.code, &after.code)
    }
}
