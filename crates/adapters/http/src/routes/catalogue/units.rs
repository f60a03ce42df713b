//! `/units`.

use actix_web::{HttpResponse, get, post, web};
use gaara_application::App;
use gaara_application::inventory::{CreateUnit, CreateUnitError, FindUnit, ListUnits};
use gaara_inventory::{Decimals, Unit, UnitBase, UnitSort};
use gaara_kernel::{BilingualText, Code as Name, Direction, Sort, UnitId};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use super::factor::{FactorPart, read_factor};
use crate::caller::{Caller, PathId};
use crate::code::Code;
use crate::headers::{Idempotency, IfNoneMatch};
use crate::json::{Body, Check, Field, Nested};
use crate::problem::{FieldProblem, Problem};
use crate::query::{ListParams, ListQuery, PageBody};
use crate::reply::{ask, created, found, respond};
use crate::views::{BilingualBody, UnitBaseBody, UnitBody};

/// What one of a unit is in its base unit.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct UnitBaseRequest {
    /// The code of the base unit, which has no base itself.
    #[schema(value_type = String, required = true, example = "EA")]
    #[serde(default)]
    unit: Field<Name>,
    /// How many base units `denominator` of this unit are: 1 to 10^12.
    #[schema(value_type = u64, required = true, example = 12, minimum = 1)]
    #[serde(default)]
    numerator: Field<FactorPart>,
    /// How many of this unit `numerator` base units are; 1 when absent.
    #[schema(value_type = Option<u64>, example = 1, minimum = 1)]
    #[serde(default)]
    denominator: Field<FactorPart>,
}

impl UnitBaseRequest {
    pub(super) fn read(self, check: &mut Check) -> Option<UnitBase> {
        let code = check.required("/unit", self.unit);
        let factor = read_factor(check, self.numerator, self.denominator);
        Some(UnitBase { code: code?, factor: factor? })
    }
}

/// A unit as it is added.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct CreateUnitRequest {
    /// An id of your own; a new one when absent.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    id: Field<UnitId>,
    /// The code products and documents name it by; unique, and never changed.
    #[schema(value_type = String, required = true, example = "DZN")]
    #[serde(default)]
    code: Field<Name>,
    /// The name.
    #[schema(value_type = BilingualBody, required = true)]
    #[serde(default)]
    name: Field<BilingualText>,
    /// How many decimals a quantity may have: 0 to 6; 0 when absent.
    #[schema(value_type = Option<u8>, example = 0, minimum = 0, maximum = 6)]
    #[serde(default)]
    decimals: Field<Decimals>,
    /// What one is in its base unit; a unit that stands for itself when absent.
    #[schema(value_type = Option<UnitBaseBody>)]
    #[serde(default)]
    base: Nested<UnitBaseRequest>,
}

impl CreateUnitRequest {
    fn read(self, check: &mut Check) -> Option<CreateUnit> {
        let id = check.optional("/id", self.id);
        let code = check.required("/code", self.code);
        let name = check.required("/name", self.name);
        let decimals = check.or_default("/decimals", self.decimals, Decimals::WHOLE);
        let base = check.optional_nested("/base", self.base, UnitBaseRequest::read);
        Some(CreateUnit { id: id?, code: code?, name: name?, decimals: decimals?, base: base? })
    }
}

/// Adds a unit.
#[utoipa::path(
    tag = "Units",
    operation_id = "createUnit",
    request_body = CreateUnitRequest,
    responses((status = 201, description = "Added", body = UnitBody)),
)]
#[post("/units")]
pub(crate) async fn create_unit(
    app: web::Data<App>,
    caller: Caller,
    idempotency: Idempotency,
    body: Body<CreateUnitRequest>,
) -> Result<HttpResponse, Problem> {
    let once = idempotency.once(&caller.actor, body.raw());
    let use_case = body.read(CreateUnitRequest::read)?;
    let render = |unit: &Unit| {
        let body = UnitBody::new(unit, caller.language);
        created(format!("/api/v1/units/{}", unit.id), unit.version, &body)
    };
    respond(&app, &caller.actor, once, &use_case, render, problem).await
}

fn problem(error: CreateUnitError) -> Problem {
    Problem::at(match error {
        CreateUnitError::UnknownBase => FieldProblem::new("/base/unit", Code::ValidationReference),
        CreateUnitError::BaseChained => FieldProblem::new("/base/unit", Code::UnitBaseChained),
        CreateUnitError::Store(error) => return error.into(),
    })
}

/// Lists units.
#[utoipa::path(
    tag = "Units",
    operation_id = "listUnits",
    params(ListQuery),
    responses((status = 200, description = "Units", body = PageBody<UnitBody>)),
)]
#[get("/units")]
pub(crate) async fn list_units(
    app: web::Data<App>,
    caller: Caller,
    params: ListParams,
) -> Result<HttpResponse, Problem> {
    let list = params.finish(Sort::by(UnitSort::Code, Direction::Ascending))?;
    let units = ask(&app, &caller.actor, &ListUnits { page: list.page() }).await?;
    Ok(list.reply(units.map(|unit| UnitBody::new(&unit, caller.language))))
}

/// Shows a unit.
#[utoipa::path(
    tag = "Units",
    operation_id = "getUnit",
    params(("id" = String, Path, description = "The unit's id")),
    responses((status = 200, description = "The unit", body = UnitBody)),
)]
#[get("/units/{id}")]
pub(crate) async fn get_unit(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<UnitId>,
    known: IfNoneMatch,
) -> Result<HttpResponse, Problem> {
    let unit = ask(&app, &caller.actor, &FindUnit { id: id.0 }).await?;
    let unit = unit.ok_or_else(Problem::not_found)?;
    Ok(found(&known, unit.version, &UnitBody::new(&unit, caller.language)))
}
