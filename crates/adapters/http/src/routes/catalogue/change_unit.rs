//! `PATCH /units/{id}`: changing a unit.

use actix_web::{HttpResponse, patch, web};
use gaara_application::App;
use gaara_application::inventory::{ChangeUnit, ChangeUnitError};
use gaara_inventory::{Decimals, Unit};
use gaara_kernel::{UnitId, Version};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use super::units::UnitBaseRequest;
use crate::caller::{Caller, PathId};
use crate::code::Code;
use crate::headers::IfMatch;
use crate::json::{Body, Check, Field, Nested};
use crate::problem::{FieldProblem, Problem};
use crate::reply::{changed, respond};
use crate::routes::name::{NameRequest, name_problem, read_name};
use crate::views::{UnitBaseBody, UnitBody};

/// What changes; what is absent stays (RFC 7396).
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct ChangeUnitRequest {
    /// The name.
    #[schema(value_type = Option<NameRequest>)]
    #[serde(default)]
    name: Nested<NameRequest>,
    /// How many decimals a quantity may have; no fewer once the unit is used.
    #[schema(value_type = Option<u8>, example = 3, minimum = 0, maximum = 6)]
    #[serde(default)]
    decimals: Field<Decimals>,
    /// What one is in its base unit, while nothing uses it; `null` makes it stand for itself.
    #[schema(value_type = Option<UnitBaseBody>)]
    #[serde(default)]
    base: Nested<UnitBaseRequest>,
}

impl ChangeUnitRequest {
    fn read(self, check: &mut Check, id: UnitId, expected: Version) -> Option<ChangeUnit> {
        let name = read_name(check, self.name);
        let decimals = check.change("/decimals", self.decimals);
        let base = check.patch_nested("/base", self.base, UnitBaseRequest::read);
        Some(ChangeUnit {
            id,
            expected,
            name: name?,
            decimals: decimals?,
            base: base?.into_option(),
        })
    }
}

/// Changes a unit. `If-Match` names the version the change was made on.
#[utoipa::path(
    tag = "Units",
    operation_id = "changeUnit",
    params(("id" = String, Path, description = "The unit's id")),
    request_body(content = ChangeUnitRequest, content_type = "application/merge-patch+json"),
    responses((status = 200, description = "Changed", body = UnitBody)),
)]
#[patch("/units/{id}")]
pub(crate) async fn change_unit(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<UnitId>,
    expected: IfMatch,
    body: Body<ChangeUnitRequest>,
) -> Result<HttpResponse, Problem> {
    let use_case = body.read(|request, check| request.read(check, id.0, expected.0))?;
    let render =
        |(_, after): &(Unit, Unit)| changed(after.version, &UnitBody::new(after, caller.language));
    respond(&app, &caller.actor, None, &use_case, render, problem).await
}

fn problem(error: ChangeUnitError) -> Problem {
    Problem::at(match error {
        ChangeUnitError::NotFound => return Problem::not_found(),
        ChangeUnitError::Stale { current } => return Problem::stale(current),
        ChangeUnitError::Name(error) => return name_problem(error),
        ChangeUnitError::UnknownBase => FieldProblem::new("/base/unit", Code::ValidationReference),
        ChangeUnitError::BaseChained => FieldProblem::new("/base/unit", Code::UnitBaseChained),
        ChangeUnitError::BaseInUse => FieldProblem::new("/base", Code::ResourceInUse),
        ChangeUnitError::DecimalsInUse => FieldProblem::new("/decimals", Code::ResourceInUse),
        ChangeUnitError::Store(error) => return error.into(),
    })
}
