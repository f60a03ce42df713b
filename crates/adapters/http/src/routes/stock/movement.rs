//! Stock movements: written, changed, posted, reversed, cancelled, and never deleted.

mod cancel;
mod change;
mod create;
mod delete;
mod line;
mod post;
mod problem;
mod read;
mod reverse;
mod state;

use utoipa_actix_web::service_config::ServiceConfig;

pub(in crate::routes) use problem::{
    dated_shortages, line_problem, movement_line_problem, place_problem, post_problem, shortages_at,
};
pub(in crate::routes) use reverse::reversal_problem;

pub(super) fn configure(routes: &mut ServiceConfig<'_>) {
    routes
        .service(create::create_movement)
        .service(read::list_movements)
        .service(read::get_movement)
        .service(change::change_movement)
        .service(delete::delete_movement)
        .service(post::post_movement)
        .service(reverse::reverse_movement)
        .service(cancel::cancel_movement);
}
