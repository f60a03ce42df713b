//! `POST /tax-rates/{id}/archive` and `POST /tax-rates/{id}/restore`.

use actix_web::{HttpResponse, post, web};
use gaara_application::App;
use gaara_application::invoicing::{ArchiveTaxRate, RestoreTaxRate};
use gaara_invoicing::TaxRate;
use gaara_kernel::TaxRateId;

use crate::caller::{Caller, PathId};
use crate::headers::{Idempotency, OptionalIfMatch};
use crate::json::OptionalBody;
use crate::problem::Problem;
use crate::reply::{changed, respond};
use crate::routes::archiving::{StepRequest, archiving_problem, archiving_routes};
use crate::views::TaxRateBody;

archiving_routes! {
    archive_tax_rate => ArchiveTaxRate, "/tax-rates/{id}/archive", "archiveTaxRate";
    restore_tax_rate => RestoreTaxRate, "/tax-rates/{id}/restore", "restoreTaxRate";
    TaxRate, TaxRateId, TaxRateBody, "Tax rates"
}
