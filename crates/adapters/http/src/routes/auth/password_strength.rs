//! `POST /auth/password-strength`: what a password would be worth, before anybody sets it.

use actix_web::{HttpResponse, post, web};
use gaara_application::App;
use gaara_security_policy::PasswordPolicy;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use super::{advice_code, fault_field};
use crate::caller::Visitor;
use crate::json::{Body, Check, Field, SecretText};
use crate::problem::{FieldProblem, FieldProblemBody, Problem};
use crate::reply::shown;

/// A password that somebody is choosing, and the names it must not hold.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct PasswordStrengthRequest {
    /// The password.
    #[schema(value_type = String, required = true, format = "password")]
    #[serde(default)]
    password: Field<SecretText>,
    /// The user name it is for.
    #[schema(value_type = Option<String>, example = "sara")]
    #[serde(default)]
    username: Field<SecretText>,
    /// The e-mail address it is for.
    #[schema(value_type = Option<String>, example = "sara@example.com")]
    #[serde(default)]
    email: Field<SecretText>,
}

/// A password and the names that belong to its user.
struct Candidate {
    password: String,
    names: Vec<String>,
}

impl PasswordStrengthRequest {
    fn read(self, check: &mut Check) -> Option<Candidate> {
        let password = check.required("/password", self.password);
        let username = check.optional("/username", self.username);
        let email = check.optional("/email", self.email);
        let (username, email) = (username?.map(SecretText::expose), email?.map(SecretText::expose));
        let local = email.map(|email| email.split('@').next().unwrap_or_default().to_owned());
        let names = username.into_iter().chain(local);
        // Whatever is longer than a password is in none.
        let names = names.filter(|name| !PasswordPolicy::is_beyond_reading(name)).collect();
        Some(Candidate { password: password?.expose(), names })
    }
}

/// What a password would be worth.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PasswordStrengthBody {
    /// From 0, guessed at once, to 4, out of reach.
    #[schema(example = 3, minimum = 0, maximum = 4)]
    score: u8,
    /// Whether it could be set.
    acceptable: bool,
    /// Every rule it breaks.
    faults: Vec<FieldProblemBody>,
    /// What would make it stronger.
    advice: Vec<FieldProblemBody>,
}

/// Says how strong a password is. Nothing is stored; a password that is not new to its user is
/// refused only where it is set.
#[utoipa::path(
    tag = "Auth",
    operation_id = "judgePassword",
    security(()),
    request_body = PasswordStrengthRequest,
    responses((status = 200, description = "What it is worth", body = PasswordStrengthBody)),
)]
#[post("/auth/password-strength")]
pub(crate) async fn judge_password(
    app: web::Data<App>,
    _: Visitor,
    body: Body<PasswordStrengthRequest>,
) -> Result<HttpResponse, Problem> {
    let Candidate { password, names } = body.read(PasswordStrengthRequest::read)?;
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let (faults, strength) = app.judge_password(&password, &names);
    let advice = strength.advice.iter().map(|advice| advice_code(*advice));
    Ok(shown(&PasswordStrengthBody {
        score: strength.score.number(),
        acceptable: faults.is_empty(),
        faults: faults.iter().map(|fault| fault_field("/password", fault).body()).collect(),
        advice: advice.map(|code| FieldProblem::new("/password", code).body()).collect(),
    }))
}
