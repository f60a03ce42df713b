//! `POST /suppliers/{id}/archive` and `POST /suppliers/{id}/restore`.

use actix_web::{HttpResponse, post, web};
use gaara_application::App;
use gaara_application::inventory::{ArchiveSupplier, RestoreSupplier};
use gaara_inventory::Supplier;
use gaara_kernel::SupplierId;

use crate::caller::{Caller, PathId};
use crate::headers::{Idempotency, OptionalIfMatch};
use crate::json::OptionalBody;
use crate::problem::Problem;
use crate::reply::{changed, respond};
use crate::routes::archiving::{StepRequest, archiving_problem, archiving_routes};
use crate::views::SupplierBody;

archiving_routes! {
    archive_supplier => ArchiveSupplier, "/suppliers/{id}/archive", "archiveSupplier";
    restore_supplier => RestoreSupplier, "/suppliers/{id}/restore", "restoreSupplier";
    Supplier, SupplierId, SupplierBody, "Suppliers"
}
