//! Payments.

mod read;
mod record;

use utoipa_actix_web::service_config::ServiceConfig;

pub(super) fn configure(routes: &mut ServiceConfig<'_>) {
    routes.service(record::record_payment).service(read::list_payments).service(read::get_payment);
}
