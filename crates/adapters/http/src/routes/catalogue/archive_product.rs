//! `POST /products/{id}/archive` and `POST /products/{id}/restore`.

use actix_web::{HttpResponse, post, web};
use gaara_application::App;
use gaara_application::inventory::{ArchiveProduct, RestoreProduct};
use gaara_inventory::Product;
use gaara_kernel::ProductId;

use crate::caller::{Caller, PathId};
use crate::headers::{Idempotency, OptionalIfMatch};
use crate::json::OptionalBody;
use crate::problem::Problem;
use crate::reply::{changed, respond};
use crate::routes::archiving::{StepRequest, archiving_problem, archiving_routes};
use crate::views::ProductBody;

archiving_routes! {
    archive_product => ArchiveProduct, "/products/{id}/archive", "archiveProduct";
    restore_product => RestoreProduct, "/products/{id}/restore", "restoreProduct";
    Product, ProductId, ProductBody, "Products"
}
