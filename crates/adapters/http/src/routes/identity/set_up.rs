//! `POST /setup`: setting the system up, once.

use actix_web::{HttpResponse, post, web};
use gaara_application::App;
use gaara_application::identity::{
    NewOrganization, SetUpError, SetUpFailure, SetUpOutcome, SetUpRequest,
};
use gaara_identity::Username;
use gaara_kernel::{BilingualText, Country, Currency, EmailAddress, Language, TimeZone};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use crate::caller::Visitor;
use crate::code::Code;
use crate::json::{Body, Check, Field, Nested, SecretText};
use crate::problem::Problem;
use crate::reply::{created, send};
use crate::routes::auth::{hash_problem, password_problem};
use crate::views::{BilingualBody, OrganizationBody, UserBody};

/// The organisation as it is set up.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct OrganizationRequest {
    /// The name.
    #[schema(value_type = BilingualBody, required = true)]
    #[serde(default)]
    name: Field<BilingualText>,
    /// Where it is registered: ISO 3166-1.
    #[schema(value_type = String, required = true, example = "SA")]
    #[serde(default)]
    country: Field<Country>,
    /// The currency of its books: ISO 4217.
    #[schema(value_type = String, required = true, example = "SAR")]
    #[serde(default)]
    currency: Field<Currency>,
    /// The zone that decides which day it is: an IANA name.
    #[schema(value_type = String, required = true, example = "Asia/Riyadh")]
    #[serde(default)]
    time_zone: Field<TimeZone>,
}

impl OrganizationRequest {
    fn read(self, check: &mut Check) -> Option<NewOrganization> {
        let name = check.required("/name", self.name);
        let country = check.required("/country", self.country);
        let currency = check.required("/currency", self.currency);
        let time_zone = check.required("/time_zone", self.time_zone);
        Some(NewOrganization {
            name: name?,
            country: country?,
            currency: currency?,
            time_zone: time_zone?,
        })
    }
}

/// What somebody with the setup link sends.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct SetUpBody {
    /// The part of the setup link after the hash sign.
    #[schema(value_type = String, required = true)]
    #[serde(default)]
    token: Field<SecretText>,
    /// The administrator's e-mail address.
    #[schema(value_type = String, required = true, example = "admin@example.com")]
    #[serde(default)]
    email: Field<EmailAddress>,
    /// The administrator's user name.
    #[schema(value_type = String, required = true, example = "admin")]
    #[serde(default)]
    username: Field<Username>,
    /// The administrator's password.
    #[schema(value_type = String, required = true, format = "password")]
    #[serde(default)]
    password: Field<SecretText>,
    /// The organisation.
    #[schema(value_type = OrganizationRequest, required = true)]
    #[serde(default)]
    organization: Nested<OrganizationRequest>,
}

impl SetUpBody {
    fn read(self, check: &mut Check) -> Option<SetUpRequest> {
        let token = check.required("/token", self.token);
        let email = check.required("/email", self.email);
        let username = check.required("/username", self.username);
        let password = check.required("/password", self.password);
        let organization =
            check.nested("/organization", self.organization, OrganizationRequest::read);
        Some(SetUpRequest {
            token: Some(token?.expose()),
            email: email?,
            username: username?,
            password: password?.expose(),
            organization: organization?,
        })
    }
}

/// What was set up.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SetUpDone {
    /// The organisation.
    pub(crate) organization: OrganizationBody,
    /// Its first administrator.
    pub(crate) user: UserBody,
}

impl SetUpDone {
    fn new(outcome: &SetUpOutcome, language: Language) -> Self {
        Self {
            organization: OrganizationBody::new(&outcome.organization, language),
            user: (&outcome.admin).into(),
        }
    }
}

/// Sets the system up: the organisation and its first administrator.
#[utoipa::path(
    tag = "Setup",
    operation_id = "setUp",
    security(()),
    request_body = SetUpBody,
    responses((status = 201, description = "Set up", body = SetUpDone)),
)]
#[post("/setup")]
pub(crate) async fn set_up(
    app: web::Data<App>,
    visitor: Visitor,
    body: Body<SetUpBody>,
) -> Result<HttpResponse, Problem> {
    let request = body.read(SetUpBody::read)?;
    let outcome = app.set_up(&visitor.actor, request).await.map_err(problem)?;
    let version = outcome.organization.version;
    let body = SetUpDone::new(&outcome, visitor.language);
    Ok(send(created("/api/v1/organization", version, &body)))
}

fn problem(failure: SetUpFailure) -> Problem {
    match failure {
        SetUpFailure::Password(faults) => password_problem("/password", &faults),
        SetUpFailure::Hash(error) => hash_problem(error),
        SetUpFailure::Refused(refusal) => Problem::refused(refusal, |error| match error {
            SetUpError::Done => Problem::new(Code::SetupDone),
            SetUpError::Token(_) => Problem::new(Code::SetupTokenInvalid),
            SetUpError::Store(error) => error.into(),
        }),
    }
}
