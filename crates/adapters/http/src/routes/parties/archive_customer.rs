//! `POST /customers/{id}/archive` and `POST /customers/{id}/restore`.

use actix_web::{HttpResponse, post, web};
use gaara_application::App;
use gaara_application::invoicing::{ArchiveCustomer, RestoreCustomer};
use gaara_invoicing::Customer;
use gaara_kernel::CustomerId;

use crate::caller::{Caller, PathId};
use crate::headers::{Idempotency, OptionalIfMatch};
use crate::json::OptionalBody;
use crate::problem::Problem;
use crate::reply::{changed, respond};
use crate::routes::archiving::{StepRequest, archiving_problem, archiving_routes};
use crate::views::CustomerBody;

archiving_routes! {
    archive_customer => ArchiveCustomer, "/customers/{id}/archive", "archiveCustomer";
    restore_customer => RestoreCustomer, "/customers/{id}/restore", "restoreCustomer";
    Customer, CustomerId, CustomerBody, "Customers"
}
