//! `/tax-rates`.

use actix_web::{HttpResponse, get, post, web};
use gaara_application::App;
use gaara_application::invoicing::{CreateTaxRate, CreateTaxRateError, FindTaxRate, ListTaxRates};
use gaara_invoicing::totals::TaxCategory;
use gaara_invoicing::{TaxRate, TaxRateFilter, TaxRateSort, Validity};
use gaara_kernel::{BilingualText, Code as Name, Date, Direction, Percent, Sort, TaxRateId};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use super::exemption::{ExemptionRequest, exemption_problem, read_exemption};
use crate::caller::{Caller, PathId};
use crate::code::Code;
use crate::headers::{Idempotency, IfNoneMatch};
use crate::json::{Body, Check, Field, Nested};
use crate::problem::{FieldProblem, Problem};
use crate::query::{ListParams, ListQuery, PageBody};
use crate::reply::{ask, created, found, respond};
use crate::routes::archiving::take_archived;
use crate::routes::tax::read_tax;
use crate::views::{BilingualBody, TaxRateBody};

/// A tax rate as it is added.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct CreateTaxRateRequest {
    /// An id of your own; a new one when absent.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    id: Field<TaxRateId>,
    /// The code products and invoices name it by; unique.
    #[schema(value_type = String, required = true, example = "VAT15")]
    #[serde(default)]
    code: Field<Name>,
    /// The category of UNCL 5305.
    #[schema(value_type = String, required = true, example = "S")]
    #[serde(default)]
    category: Field<TaxCategory>,
    /// The rate in percent; 0 when absent.
    #[schema(value_type = Option<String>, example = "15")]
    #[serde(default)]
    rate: Field<Percent>,
    /// The name.
    #[schema(value_type = BilingualBody, required = true)]
    #[serde(default)]
    name: Field<BilingualText>,
    /// The first day it is in force; without beginning when absent.
    #[schema(value_type = Option<String>, example = "2026-01-01")]
    #[serde(default)]
    valid_from: Field<Date>,
    /// The last day it is in force; without end when absent.
    #[schema(value_type = Option<String>, example = "2026-12-31")]
    #[serde(default)]
    valid_to: Field<Date>,
    /// Why no tax is charged: required in the categories AE, E, G, K and O, forbidden where tax is
    /// charged.
    #[schema(value_type = Option<ExemptionRequest>)]
    #[serde(default)]
    exemption: Nested<ExemptionRequest>,
}

impl CreateTaxRateRequest {
    fn read(self, check: &mut Check) -> Option<CreateTaxRate> {
        let id = check.optional("/id", self.id);
        let code = check.required("/code", self.code);
        let category = check.required("/category", self.category);
        let rate = check.or_default("/rate", self.rate, Percent::ZERO);
        let name = check.required("/name", self.name);
        let tax = read_tax(category, rate, check);
        let valid_from = check.optional("/valid_from", self.valid_from);
        let valid_to = check.optional("/valid_to", self.valid_to);
        let exemption = check.optional_nested("/exemption", self.exemption, read_exemption);
        let validity = Validity::try_new(valid_from?, valid_to?);
        let order = |_| check.fault(FieldProblem::new("/valid_to", Code::TaxValidityOrder));
        Some(CreateTaxRate {
            id: id?,
            code: code?,
            tax: tax?,
            name: name?,
            validity: validity.map_err(order).ok()?,
            exemption: exemption?.flatten(),
        })
    }
}

/// Adds a tax rate.
#[utoipa::path(
    tag = "Tax rates",
    operation_id = "createTaxRate",
    request_body = CreateTaxRateRequest,
    responses((status = 201, description = "Added", body = TaxRateBody)),
)]
#[post("/tax-rates")]
pub(crate) async fn create_tax_rate(
    app: web::Data<App>,
    caller: Caller,
    idempotency: Idempotency,
    body: Body<CreateTaxRateRequest>,
) -> Result<HttpResponse, Problem> {
    let once = idempotency.once(&caller.actor, body.raw());
    let use_case = body.read(CreateTaxRateRequest::read)?;
    let render = |rate: &TaxRate| {
        let body = TaxRateBody::new(rate, caller.language);
        created(format!("/api/v1/tax-rates/{}", rate.id), rate.version, &body)
    };
    let problem = |error| match error {
        CreateTaxRateError::Exemption(error) => exemption_problem(error),
        CreateTaxRateError::Store(error) => error.into(),
    };
    respond(&app, &caller.actor, once, &use_case, render, problem).await
}

/// Lists tax rates.
#[utoipa::path(
    tag = "Tax rates",
    operation_id = "listTaxRates",
    params(
        ListQuery,
        ("category" = Option<Vec<String>>, Query, description = "Only rates of these categories"),
        ("effective_on" = Option<String>, Query, description = "Only rates in force on this day"),
        (
            "archived" = Option<String>,
            Query,
            description = "`false` leaves archived ones out, `true` lists them alone, `any` both"
        ),
    ),
    responses((status = 200, description = "Tax rates", body = PageBody<TaxRateBody>)),
)]
#[get("/tax-rates")]
pub(crate) async fn list_tax_rates(
    app: web::Data<App>,
    caller: Caller,
    mut params: ListParams,
) -> Result<HttpResponse, Problem> {
    let filter = TaxRateFilter {
        categories: params.take_many("category"),
        archived: take_archived(&mut params),
        effective_on: params.take_one("effective_on"),
    };
    let list = params.finish(Sort::by(TaxRateSort::Code, Direction::Ascending))?;
    let rows = ask(&app, &caller.actor, &ListTaxRates { filter, page: list.page() }).await?;
    Ok(list.reply(rows.map(|rate| TaxRateBody::new(&rate, caller.language))))
}

/// Shows a tax rate.
#[utoipa::path(
    tag = "Tax rates",
    operation_id = "getTaxRate",
    params(("id" = String, Path, description = "The tax rate's id")),
    responses((status = 200, description = "The tax rate", body = TaxRateBody)),
)]
#[get("/tax-rates/{id}")]
pub(crate) async fn get_tax_rate(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<TaxRateId>,
    known: IfNoneMatch,
) -> Result<HttpResponse, Problem> {
    let rate = ask(&app, &caller.actor, &FindTaxRate { id: id.0 }).await?;
    let rate = rate.ok_or_else(Problem::not_found)?;
    Ok(found(&known, rate.version, &TaxRateBody::new(&rate, caller.language)))
}
