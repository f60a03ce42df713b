//! `GET /exchange-rates` and `GET /exchange-rates/{currency}/{date}`.

use actix_web::{HttpResponse, get, web};
use gaara_application::App;
use gaara_application::invoicing::{FindExchangeRate, ListExchangeRates};
use gaara_invoicing::{ExchangeRateFilter, ExchangeRateSort};
use gaara_kernel::{Direction, Sort};

use super::day::CurrencyDay;
use crate::caller::Caller;
use crate::headers::IfNoneMatch;
use crate::problem::Problem;
use crate::query::{ListParams, ListQuery, PageBody};
use crate::reply::{ask, found};
use crate::views::ExchangeRateBody;

/// Lists exchange rates, the latest first.
///
/// The rate that holds on a day is the first one with that `rate_date_to`.
#[utoipa::path(
    tag = "Exchange rates",
    operation_id = "listExchangeRates",
    params(
        ListQuery,
        ("currency" = Option<String>, Query, description = "Only rates of this currency"),
        ("rate_date_from" = Option<String>, Query, description = "Only those of this day or later"),
        ("rate_date_to" = Option<String>, Query, description = "Only those of this day or earlier"),
    ),
    responses((status = 200, description = "Rates", body = PageBody<ExchangeRateBody>)),
)]
#[get("/exchange-rates")]
pub(crate) async fn list_exchange_rates(
    app: web::Data<App>,
    caller: Caller,
    mut params: ListParams,
) -> Result<HttpResponse, Problem> {
    let filter = ExchangeRateFilter {
        currency: params.take_one("currency"),
        from: params.take_one("rate_date_from"),
        to: params.take_one("rate_date_to"),
    };
    let list = params.finish(Sort::by(ExchangeRateSort::RateDate, Direction::Descending))?;
    let rows = ask(&app, &caller.actor, &ListExchangeRates { filter, page: list.page() }).await?;
    Ok(list.reply(rows.map(|rate| ExchangeRateBody::from(&rate))))
}

/// Shows the rate that a currency got on exactly this day.
#[utoipa::path(
    tag = "Exchange rates",
    operation_id = "getExchangeRate",
    params(
        ("currency" = String, Path, description = "The foreign currency: ISO 4217"),
        ("date" = String, Path, description = "The first day the rate holds on"),
    ),
    responses((status = 200, description = "The rate", body = ExchangeRateBody)),
)]
#[get("/exchange-rates/{currency}/{date}")]
pub(crate) async fn get_exchange_rate(
    app: web::Data<App>,
    caller: Caller,
    CurrencyDay(currency, rate_date): CurrencyDay,
    known: IfNoneMatch,
) -> Result<HttpResponse, Problem> {
    let query = FindExchangeRate { currency, rate_date };
    let rate = ask(&app, &caller.actor, &query).await?.ok_or_else(Problem::not_found)?;
    Ok(found(&known, rate.version, &ExchangeRateBody::from(&rate)))
}
