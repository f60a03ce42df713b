//! The warehouses of a movement.

use gaara_inventory::Warehouse;
use gaara_kernel::{StoreError, WarehouseId};
use thiserror::Error;

use crate::ports::UnitOfWork;

/// Why goods cannot be moved where they are to be moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PlaceError {
    /// There is no such warehouse.
    #[error("there is no such warehouse")]
    UnknownWarehouse,
    /// The warehouse is archived.
    #[error("the warehouse is archived")]
    WarehouseArchived,
    /// There is no such warehouse to go to.
    #[error("there is no such warehouse to go to")]
    UnknownTarget,
    /// The warehouse to go to is archived.
    #[error("the warehouse to go to is archived")]
    TargetArchived,
}

/// Holds the warehouses of a movement, so that neither is archived while goods come in.
pub(crate) async fn hold_places(
    unit: &mut dyn UnitOfWork,
    warehouse: WarehouseId,
    target: Option<WarehouseId>,
) -> Result<Result<(), PlaceError>, StoreError> {
    let mut ids: Vec<WarehouseId> = std::iter::once(warehouse).chain(target).collect();
    ids.sort_unstable();
    ids.dedup();
    let found = unit.warehouses().hold_many(&ids).await?;
    let source =
        check(&found, warehouse, PlaceError::UnknownWarehouse, PlaceError::WarehouseArchived);
    let target = target.map_or(Ok(()), |target| {
        check(&found, target, PlaceError::UnknownTarget, PlaceError::TargetArchived)
    });
    Ok(source.and(target))
}

fn check(
    found: &[Warehouse],
    id: WarehouseId,
    unknown: PlaceError,
    archived: PlaceError,
) -> Result<(), PlaceError> {
    let warehouse = found.iter().find(|warehouse| warehouse.id == id).ok_or(unknown)?;
    if warehouse.archived_at.is_some() { Err(archived) } else { Ok(()) }
}
