//! `POST /auth/mfa`: the second half of signing in.

use actix_web::{HttpRequest, HttpResponse, post, web};
use gaara_application::App;
use gaara_application::identity::{ChallengeAnswer, ChallengeFailure};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use super::passkey::second_factor;
use super::signed_in::{Keeping, signed_in};
use super::throttled;
use crate::caller::Visitor;
use crate::code::Code;
use crate::json::{Body, Check, Field, JsonObject, SecretText};
use crate::problem::Problem;
use crate::views::TokensBody;

/// The answer to a challenge.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct MfaRequest {
    /// The challenge, as the parameters of `mfa.required` name it.
    #[schema(value_type = String, required = true)]
    #[serde(default)]
    challenge_id: Field<SecretText>,
    /// Six digits of the authenticator app, or a recovery code; needed without a passkey.
    #[schema(value_type = Option<String>, example = "492039")]
    #[serde(default)]
    code: Field<SecretText>,
    /// The question that a passkey answers, of `POST /auth/mfa/passkey`.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    ceremony_id: Field<SecretText>,
    /// What the browser answered: `credential.toJSON()`.
    #[schema(value_type = Option<Object>)]
    #[serde(default)]
    credential: Field<JsonObject>,
    /// Whether the tokens are kept in cookies that no page can read, in place of the answer.
    #[schema(value_type = Option<bool>, example = false)]
    #[serde(default)]
    cookie: Field<bool>,
}

impl MfaRequest {
    fn read(self, check: &mut Check, visitor: &Visitor) -> Option<(ChallengeAnswer, Keeping)> {
        let challenge = check.required("/challenge_id", self.challenge_id);
        let shown = second_factor(check, self.code, self.ceremony_id, self.credential);
        let shown = shown.and_then(|shown| shown.or_else(|| check.missing("/code")));
        let cookie = check.or_default("/cookie", self.cookie, false);
        let (challenge, shown) = (challenge?.expose(), shown?);
        let keeping = if cookie? { Keeping::Cookies } else { Keeping::Body };
        Some((ChallengeAnswer { challenge, shown, address: visitor.address.clone() }, keeping))
    }
}

/// Signs in with the second factor, after the password was right. Five wrong codes end the
/// challenge; a code works once.
#[utoipa::path(
    tag = "Auth",
    operation_id = "answerChallenge",
    security(()),
    request_body = MfaRequest,
    responses((status = 200, description = "Signed in", body = TokensBody)),
)]
#[post("/auth/mfa")]
pub(crate) async fn answer_challenge(
    app: web::Data<App>,
    visitor: Visitor,
    body: Body<MfaRequest>,
    http: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (answer, keeping) = body.read(|request, check| request.read(check, &visitor))?;
    keeping.check_site(&http)?;
    let tokens = app.answer_challenge(&visitor.actor, &answer).await.map_err(problem)?;
    Ok(signed_in(&app, tokens, keeping))
}

fn problem(failure: ChallengeFailure) -> Problem {
    match failure {
        ChallengeFailure::Expired => Problem::new(Code::MfaChallengeExpired),
        ChallengeFailure::WrongCode => Problem::new(Code::MfaInvalidCode),
        ChallengeFailure::Throttled { retry_after } => throttled(retry_after),
        ChallengeFailure::Seal(error) => Problem::internal(error),
        ChallengeFailure::Token(error) => Problem::internal(error),
        ChallengeFailure::Refused(refusal) => Problem::refused(refusal, Problem::failed),
        ChallengeFailure::Store(error) => error.into(),
    }
}
