//! Stocktakes: planned, started, counted, posted or cancelled.

mod cancel;
mod change;
mod count;
mod create;
mod id_list;
mod post;
mod problem;
mod read;
mod start;

use utoipa_actix_web::service_config::ServiceConfig;

pub(super) fn configure(routes: &mut ServiceConfig<'_>) {
    routes
        .service(create::create_stocktake)
        .service(read::list_stocktakes)
        .service(read::get_stocktake)
        .service(read::list_stocktake_lines)
        .service(change::change_stocktake)
        .service(start::start_stocktake)
        .service(count::count_stock)
        .service(post::post_stocktake)
        .service(cancel::cancel_stocktake);
}
