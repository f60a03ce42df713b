//! `POST /warehouses/{id}/archive` and `POST /warehouses/{id}/restore`.

use actix_web::{HttpResponse, post, web};
use gaara_application::App;
use gaara_application::inventory::{ArchiveWarehouse, RestoreWarehouse};
use gaara_inventory::Warehouse;
use gaara_kernel::WarehouseId;

use crate::caller::{Caller, PathId};
use crate::headers::{Idempotency, OptionalIfMatch};
use crate::json::OptionalBody;
use crate::problem::Problem;
use crate::reply::{changed, respond};
use crate::routes::archiving::{StepRequest, archiving_problem, archiving_routes};
use crate::views::WarehouseBody;

archiving_routes! {
    archive_warehouse => ArchiveWarehouse, "/warehouses/{id}/archive", "archiveWarehouse";
    restore_warehouse => RestoreWarehouse, "/warehouses/{id}/restore", "restoreWarehouse";
    Warehouse, WarehouseId, WarehouseBody, "Warehouses"
}
