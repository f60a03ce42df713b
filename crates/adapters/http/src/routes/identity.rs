//! The organisation and its people.

mod change_me;
mod change_organization;
mod change_password;
mod change_user;
mod create_user;
mod disable_user;
mod invite_user;
mod me;
mod mfa_policy;
mod my_mfa;
mod organization;
mod passkeys;
mod roles;
mod sessions;
mod set_up;
mod users;
mod write_role;

use utoipa_actix_web::service_config::ServiceConfig;

pub(super) fn configure(routes: &mut ServiceConfig<'_>) {
    routes
        .service(set_up::set_up)
        .service(organization::get_organization)
        .service(change_organization::change_organization)
        .service(me::get_me)
        .service(change_me::change_me)
        .service(invite_user::invite_user)
        .service(my_mfa::get_my_mfa)
        .service(my_mfa::enrol_mfa)
        .service(my_mfa::confirm_mfa)
        .service(my_mfa::remove_mfa)
        .service(my_mfa::renew_recovery_codes)
        .service(passkeys::list_my_passkeys)
        .service(passkeys::ask_new_passkey)
        .service(passkeys::add_passkey)
        .service(passkeys::remove_passkey)
        .service(mfa_policy::get_mfa_policy)
        .service(mfa_policy::change_mfa_policy)
        .service(mfa_policy::reset_mfa)
        .service(change_password::change_password)
        .service(create_user::create_user)
        .service(users::list_users)
        .service(users::get_user)
        .service(change_user::change_user)
        .service(disable_user::disable_user)
        .service(disable_user::enable_user)
        .service(disable_user::unlock_user)
        .service(write_role::create_role)
        .service(roles::list_roles)
        .service(roles::get_role)
        .service(write_role::change_role)
        .service(roles::remove_role)
        .service(roles::list_permissions)
        .service(sessions::list_my_sessions)
        .service(sessions::end_my_session)
        .service(sessions::end_my_other_sessions)
        .service(sessions::list_user_sessions)
        .service(sessions::end_user_sessions);
}
