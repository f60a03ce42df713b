//! `PATCH /organization`: what it says about itself, and how far its books are closed.

use actix_web::{HttpResponse, patch, web};
use gaara_application::App;
use gaara_application::identity::{ChangeOrganization, ChangeOrganizationError};
use gaara_identity::Organization;
use gaara_kernel::{Currency, Date, TextChange, Version};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use crate::caller::Caller;
use crate::code::Code;
use crate::headers::IfMatch;
use crate::json::{Body, Check, DecimalText, Field, List, Nested, money_fault};
use crate::problem::{FieldProblem, Problem};
use crate::reply::{changed, respond};
use crate::routes::name::{NameRequest, name_problem, read_name};
use crate::routes::parties::details::{
    AddressRequest, ContactRequest, DetailsRequest, IdentifierRequest, tax_id_problem,
};
use crate::views::{BilingualBody, OrganizationBody};

/// What changes; what is absent stays (RFC 7396).
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct ChangeOrganizationRequest {
    /// The name.
    #[schema(value_type = Option<NameRequest>)]
    #[serde(default)]
    name: Nested<NameRequest>,
    /// The tax registration number, by the rule of the country; `null` takes it away.
    #[schema(value_type = Option<String>, example = "310122393500003")]
    #[serde(default)]
    tax_id: Field<String>,
    /// The name it is registered under.
    #[schema(value_type = Option<BilingualBody>)]
    #[serde(default)]
    legal_name: Field<TextChange>,
    /// The name it trades under.
    #[schema(value_type = Option<BilingualBody>)]
    #[serde(default)]
    trade_name: Field<TextChange>,
    /// Its legal registrations, one of a scheme; the list replaces the one before.
    #[validate(length(max = 20), nested)]
    #[schema(value_type = Option<Vec<IdentifierRequest>>)]
    #[serde(default)]
    identifiers: List<IdentifierRequest>,
    /// Where electronic documents reach it.
    #[schema(value_type = Option<IdentifierRequest>)]
    #[serde(default)]
    electronic_address: Nested<IdentifierRequest>,
    /// Where it is.
    #[schema(value_type = Option<AddressRequest>)]
    #[serde(default)]
    address: Nested<AddressRequest>,
    /// Whom to ask for.
    #[schema(value_type = Option<ContactRequest>)]
    #[serde(default)]
    contact: Nested<ContactRequest>,
    /// The smallest coin, at most one whole unit of the currency: what is to be paid in it is
    /// rounded to this; `null` rounds no more.
    #[schema(value_type = Option<String>, example = "0.05")]
    #[serde(default)]
    cash_rounding: Field<DecimalText>,
    /// The currency that tax is also told in: ISO 4217; `null` takes it away.
    #[schema(value_type = Option<String>, example = "SAR")]
    #[serde(default)]
    tax_currency: Field<Currency>,
    /// The last day of the closed period, before today; `null` opens every period. Only who may
    /// reopen periods may set an earlier day than before.
    #[schema(value_type = Option<String>, example = "2026-10-31")]
    #[serde(default)]
    locked_through: Field<Date>,
}

impl ChangeOrganizationRequest {
    fn read(self, check: &mut Check, expected: Version) -> Option<ChangeOrganization> {
        let name = read_name(check, self.name);
        let tax_id = check.patch("/tax_id", self.tax_id);
        let details = DetailsRequest {
            legal_name: self.legal_name,
            trade_name: self.trade_name,
            identifiers: self.identifiers,
            electronic_address: self.electronic_address,
            billing_address: self.address,
            delivery_address: Nested::Missing,
            contact: self.contact,
            billing_pointer: "/address",
        };
        let details = details.read(check);
        let coin = check.patch("/cash_rounding", self.cash_rounding);
        let coin = coin.map(|coin| coin.into_option().map(|coin| coin.map(DecimalText::into_text)));
        let tax_currency = check.patch("/tax_currency", self.tax_currency);
        let locked_through = check.patch("/locked_through", self.locked_through);
        Some(ChangeOrganization {
            expected,
            name: name?,
            tax_id: tax_id?.into_option(),
            details: details?,
            cash_rounding: coin?,
            tax_currency: tax_currency?.into_option(),
            locked_through: locked_through?.into_option(),
        })
    }
}

/// Changes the organisation. `If-Match` names the version the change was made on.
#[utoipa::path(
    tag = "Organization",
    operation_id = "changeOrganization",
    request_body(
        content = ChangeOrganizationRequest,
        content_type = "application/merge-patch+json",
    ),
    responses((status = 200, description = "Changed", body = OrganizationBody)),
)]
#[patch("/organization")]
pub(crate) async fn change_organization(
    app: web::Data<App>,
    caller: Caller,
    expected: IfMatch,
    body: Body<ChangeOrganizationRequest>,
) -> Result<HttpResponse, Problem> {
    let use_case = body.read(|request, check| request.read(check, expected.0))?;
    let render = |(_, after): &(Organization, Organization)| {
        changed(after.version, &OrganizationBody::new(after, caller.language))
    };
    respond(&app, &caller.actor, None, &use_case, render, problem).await
}

fn problem(error: ChangeOrganizationError) -> Problem {
    let lock = |code| FieldProblem::new("/locked_through", code);
    match error {
        ChangeOrganizationError::NotSetUp => Problem::new(Code::SetupRequired),
        ChangeOrganizationError::Stale { current } => Problem::stale(current),
        ChangeOrganizationError::Name(error) => name_problem(error),
        ChangeOrganizationError::TaxId(error) => tax_id_problem(error),
        ChangeOrganizationError::CashRounding { currency, error } => {
            Problem::of_fields(money_fault(error, currency).within("/cash_rounding").0)
        }
        ChangeOrganizationError::CashRoundingRange => {
            let fault = FieldProblem::new("/cash_rounding", Code::ValidationRange);
            Problem::at(fault.param("min", 0).param("max", 1))
        }
        ChangeOrganizationError::LockTooLate { today } => {
            Problem::at(lock(Code::PeriodLockTooLate).param("today", today))
        }
        ChangeOrganizationError::LockBackward { locked_through } => {
            let fault = lock(Code::PeriodLockBackward);
            Problem::at(fault.param("locked_through", locked_through))
        }
        ChangeOrganizationError::Store(error) => error.into(),
    }
}
