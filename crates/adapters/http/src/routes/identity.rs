//! The organisation and its people.

mod change_organization;
mod create_user;
mod me;
mod organization;
mod set_up;
mod users;

use utoipa_actix_web::service_config::ServiceConfig;

pub(super) fn configure(routes: &mut ServiceConfig<'_>) {
    routes
        .service(set_up::set_up)
        .service(organization::get_organization)
        .service(change_organization::change_organization)
        .service(me::get_me)
        .service(create_user::create_user)
        .service(users::list_users)
        .service(users::get_user);
}
