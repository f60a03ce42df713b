//! Adding warehouses.

use gaara_identity::Permission;
use gaara_inventory::Warehouse;
use gaara_kernel::{BilingualText, Code, StoreError, Version, WarehouseId};
use thiserror::Error;

use crate::audit::AuditEntry;
use crate::context::Context;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Adds a warehouse.
#[derive(Debug, Clone)]
pub struct CreateWarehouse {
    /// The id a client chose.
    pub id: Option<WarehouseId>,
    /// The code people know it by.
    pub code: Code,
    /// The name.
    pub name: BilingualText,
}

/// Why a warehouse was not added.
#[derive(Debug, Error)]
pub enum CreateWarehouseError {
    /// The store failed; [`StoreError::Duplicate`] names a taken code.
    #[error(transparent)]
    Store(#[from] StoreError),
}

crate::failure::store_only_failure!(CreateWarehouseError);

impl UseCase for CreateWarehouse {
    type Output = Warehouse;
    type Error = CreateWarehouseError;
    const PERMISSION: Permission = Permission::EditWarehouses;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Warehouse, CreateWarehouseError> {
        let warehouse = Warehouse {
            id: context.id_or_new(self.id),
            code: self.code.clone(),
            name: self.name.clone(),
            archived_at: None,
            created_at: context.now(),
            updated_at: context.now(),
            version: Version::FIRST,
        };
        unit.warehouses().add(&warehouse).await?;
        Ok(warehouse)
    }

    fn audit(&self, output: &Warehouse) -> AuditEntry {
        AuditEntry::new("warehouse.created", output.id).with("code", &output.code)
    }
}
