//! Signing in, staying signed in, signing out.

mod login;
mod logout;
mod refresh;

use std::time::Duration;

use gaara_identity::HashError;

use crate::code::Code;
use crate::problem::{FieldProblem, Problem};
use gaara_security_policy::PasswordFault;

use utoipa_actix_web::service_config::ServiceConfig;

pub(super) fn configure(routes: &mut ServiceConfig<'_>) {
    routes.service(login::sign_in).service(refresh::refresh).service(logout::sign_out);
}

/// Too many tries before this one.
fn throttled(retry_after: Duration) -> Problem {
    Problem::new(Code::AuthThrottled)
        .param("seconds", retry_after.as_millis().div_ceil(1000))
        .retry_after(retry_after)
}

/// A password that cannot be hashed or checked now.
pub(super) fn hash_problem(error: HashError) -> Problem {
    match error {
        HashError::Busy => Problem::new(Code::AuthBusy),
        HashError::Unusable => Problem::internal(error),
    }
}

/// A password that breaks the policy, with every fault.
pub(super) fn password_problem(faults: &[PasswordFault]) -> Problem {
    let field = |fault: &PasswordFault| {
        let at = |code| FieldProblem::new("/password", code);
        match fault {
            PasswordFault::TooShort { characters_min } => {
                at(Code::PasswordTooShort).param("min", characters_min)
            }
            PasswordFault::TooLong { characters_max } => {
                at(Code::PasswordTooLong).param("max", characters_max)
            }
            PasswordFault::Composition { classes_min } => {
                at(Code::PasswordComposition).param("classes", classes_min)
            }
            PasswordFault::ContainsIdentity => at(Code::PasswordContainsIdentity),
        }
    };
    Problem::of_fields(faults.iter().map(field).collect())
}
