//! `PUT /exchange-rates/{currency}/{date}`: setting a rate.

use actix_web::{HttpResponse, put, web};
use gaara_application::App;
use gaara_application::invoicing::{SetExchangeRate, SetExchangeRateError};
use gaara_invoicing::{DatedRate, ExchangeRate};
use gaara_kernel::Version;
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use super::day::CurrencyDay;
use crate::caller::Caller;
use crate::code::Code;
use crate::headers::OptionalIfMatch;
use crate::json::{Body, Check, Field};
use crate::problem::Problem;
use crate::reply::{changed, created, respond};
use crate::views::ExchangeRateBody;

/// A rate as it is set.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct SetExchangeRateRequest {
    /// How much of the books' currency one unit is: more than zero, up to ten decimals.
    #[schema(value_type = String, required = true, example = "3.75")]
    #[serde(default)]
    rate: Field<ExchangeRate>,
}

impl SetExchangeRateRequest {
    fn read(
        self,
        check: &mut Check,
        CurrencyDay(currency, rate_date): CurrencyDay,
        expected: Option<Version>,
    ) -> Option<SetExchangeRate> {
        let rate = check.required("/rate", self.rate)?;
        Some(SetExchangeRate { currency, rate_date, rate, expected })
    }
}

/// Sets what one unit of a currency is worth from a day on, until a later rate is known.
///
/// A first rate of a day needs no `If-Match`; one that replaces another names its version.
#[utoipa::path(
    tag = "Exchange rates",
    operation_id = "setExchangeRate",
    params(
        ("currency" = String, Path, description = "The foreign currency: ISO 4217"),
        ("date" = String, Path, description = "The first day the rate holds on"),
        ("If-Match" = Option<String>, Header, description = "The version that is replaced"),
    ),
    request_body = SetExchangeRateRequest,
    responses(
        (status = 200, description = "Replaced", body = ExchangeRateBody),
        (status = 201, description = "Added", body = ExchangeRateBody),
    ),
)]
#[put("/exchange-rates/{currency}/{date}")]
pub(crate) async fn set_exchange_rate(
    app: web::Data<App>,
    caller: Caller,
    place: CurrencyDay,
    expected: OptionalIfMatch,
    body: Body<SetExchangeRateRequest>,
) -> Result<HttpResponse, Problem> {
    let use_case = body.read(|request, check| request.read(check, place, expected.0))?;
    let render = |(before, after): &(Option<DatedRate>, DatedRate)| {
        let body = ExchangeRateBody::from(after);
        if before.is_some() {
            return changed(after.version, &body);
        }
        let location = format!("/api/v1/exchange-rates/{}/{}", after.currency, after.rate_date);
        created(location, after.version, &body)
    };
    respond(&app, &caller.actor, None, &use_case, render, problem).await
}

fn problem(error: SetExchangeRateError) -> Problem {
    match error {
        SetExchangeRateError::NotSetUp => Problem::new(Code::SetupRequired),
        SetExchangeRateError::BaseCurrency { currency } => {
            Problem::new(Code::ExchangeBaseCurrency).param("currency", currency)
        }
        SetExchangeRateError::VersionMissing => Problem::new(Code::PreconditionRequired),
        SetExchangeRateError::NotFound => Problem::not_found(),
        SetExchangeRateError::Stale { current } => Problem::stale(current),
        SetExchangeRateError::Store(error) => error.into(),
    }
}
