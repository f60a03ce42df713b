//! Stock levels, the ledger and movements.

mod ledger;
mod levels;
mod movement;

use utoipa_actix_web::service_config::ServiceConfig;

pub(super) use movement::{
    dated_shortages, line_problem, movement_line_problem, place_problem, post_problem,
    reversal_problem, shortages_at,
};

pub(super) fn configure(routes: &mut ServiceConfig<'_>) {
    routes.service(levels::list_levels).service(levels::list_reorder).service(ledger::list_ledger);
    movement::configure(routes);
}
