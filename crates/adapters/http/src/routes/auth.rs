//! Signing in, staying signed in, signing out.

mod csrf;
mod login;
mod logout;
mod mfa;
pub(super) mod passkey;
mod password_reset;
mod password_strength;
mod reauth;
mod refresh;
mod revoke;
mod rotate_key;
mod signed_in;

use std::time::Duration;

use gaara_identity::HashError;

use crate::code::Code;
use crate::problem::{FieldProblem, Problem};
use gaara_security_policy::{Advice, PasswordFault};

use utoipa_actix_web::service_config::ServiceConfig;

pub(super) fn configure(routes: &mut ServiceConfig<'_>) {
    routes
        .service(login::sign_in)
        .service(password_reset::ask_password_reset)
        .service(password_reset::confirm_password_reset)
        .service(mfa::answer_challenge)
        .service(passkey::ask_challenge_passkey)
        .service(passkey::ask_reauth_passkey)
        .service(reauth::reauthenticate)
        .service(refresh::refresh)
        .service(logout::sign_out)
        .service(csrf::csrf_token)
        .service(revoke::revoke_token)
        .service(rotate_key::rotate_key)
        .service(password_strength::judge_password);
}

/// Too many tries before this one.
pub(super) fn throttled(retry_after: Duration) -> Problem {
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

/// A password that breaks the policy, with every fault, and with advice where it is weak.
pub(super) fn password_problem(pointer: &str, faults: &[PasswordFault]) -> Problem {
    let fields = faults.iter().map(|fault| fault_field(pointer, fault)).collect();
    let advice = faults.iter().flat_map(|fault| match fault {
        PasswordFault::TooWeak(strength) => strength.advice.as_slice(),
        _ => &[],
    });
    let advice = advice.map(|advice| FieldProblem::new(pointer, advice_code(*advice)));
    // The faults alone say what the whole is called.
    Problem::of_fields(fields).fields(advice)
}

/// A fault of a password.
fn fault_field(pointer: &str, fault: &PasswordFault) -> FieldProblem {
    let at = |code| FieldProblem::new(pointer, code);
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
        PasswordFault::TooCommon => at(Code::PasswordTooCommon),
        PasswordFault::TooWeak(strength) => {
            at(Code::PasswordTooWeak).param("score", strength.score.number())
        }
        PasswordFault::Reused { kept } => at(Code::PasswordReused).param("kept", kept),
    }
}

/// What a piece of advice is called.
const fn advice_code(advice: Advice) -> Code {
    match advice {
        Advice::AddWords => Code::PasswordAddWords,
        Advice::AvoidCommonWords => Code::PasswordAvoidCommonWords,
        Advice::AvoidOwnNames => Code::PasswordAvoidOwnNames,
        Advice::AvoidRepeats => Code::PasswordAvoidRepeats,
        Advice::AvoidSequences => Code::PasswordAvoidSequences,
        Advice::AvoidDates => Code::PasswordAvoidDates,
    }
}
