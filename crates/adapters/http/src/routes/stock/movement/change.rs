//! `PATCH /stock-movements/{id}`: changing a draft.

use actix_web::{HttpResponse, patch, web};
use gaara_application::App;
use gaara_application::inventory::ChangeMovement;
use gaara_inventory::DraftMovement;
use gaara_kernel::{Date, MovementId, Version, WarehouseId};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use super::line::MovementLineRequest;
use super::problem::draft_problem;
use super::state::Action;
use crate::caller::{Caller, PathId};
use crate::code::Code;
use crate::headers::IfMatch;
use crate::json::{Body, Check, Field, List, NoteText};
use crate::problem::{FieldProblem, Problem};
use crate::reply::{changed, respond};
use crate::views::MovementBody;

/// What changes; what is absent stays (RFC 7396). The kind never changes.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct ChangeMovementRequest {
    /// Where; of a transfer, where from.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    warehouse_id: Field<WarehouseId>,
    /// Where a transfer goes to; `null` takes it away.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    to_warehouse_id: Field<WarehouseId>,
    /// The business date; `null` makes it the day of posting.
    #[schema(value_type = Option<String>, example = "2026-11-23")]
    #[serde(default)]
    effective_date: Field<Date>,
    /// The movement that a return sends back a part of; `null` takes it away.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    origin_id: Field<MovementId>,
    /// What people should know about it: 1,000 characters at most; `null` takes it away.
    #[schema(value_type = Option<String>, max_length = 1_000)]
    #[serde(default)]
    note: Field<NoteText>,
    /// The products, all of them: 1,000 at most.
    #[schema(value_type = Option<Vec<MovementLineRequest>>)]
    #[validate(length(max = 1_000), nested)]
    #[serde(default)]
    lines: List<MovementLineRequest>,
}

impl ChangeMovementRequest {
    fn read(self, check: &mut Check, id: MovementId, expected: Version) -> Option<ChangeMovement> {
        let warehouse = check.change("/warehouse_id", self.warehouse_id);
        let to_warehouse = check.patch("/to_warehouse_id", self.to_warehouse_id);
        let effective_date = check.patch("/effective_date", self.effective_date);
        let origin = check.patch("/origin_id", self.origin_id);
        let note = check.patch("/note", self.note);
        let has_lines = !matches!(self.lines, List::Missing);
        if matches!(self.lines, List::Null) {
            check.fault(FieldProblem::new("/lines", Code::ValidationRequired));
        }
        let lines = check.each("/lines", self.lines, MovementLineRequest::read);
        let note = note?.into_option();
        Some(ChangeMovement {
            id,
            expected,
            warehouse: warehouse?,
            to_warehouse: to_warehouse?.into_option(),
            effective_date: effective_date?.into_option(),
            origin: origin?.into_option(),
            note: note.map(|note| note.map(NoteText::into_text)),
            lines: lines.map(|lines| has_lines.then_some(lines))?,
        })
    }
}

/// Changes a draft. `If-Match` names the version the change was made on.
#[utoipa::path(
    tag = "Stock",
    operation_id = "changeStockMovement",
    params(("id" = String, Path, description = "The movement's id")),
    request_body(content = ChangeMovementRequest, content_type = "application/merge-patch+json"),
    responses((status = 200, description = "Changed", body = MovementBody)),
)]
#[patch("/stock-movements/{id}")]
pub(crate) async fn change_movement(
    app: web::Data<App>,
    caller: Caller,
    id: PathId<MovementId>,
    expected: IfMatch,
    body: Body<ChangeMovementRequest>,
) -> Result<HttpResponse, Problem> {
    let use_case = body.read(|request, check| request.read(check, id.0, expected.0))?;
    let render = |(_, after): &(DraftMovement, DraftMovement)| {
        changed(after.version, &MovementBody::from(after))
    };
    let problem = |error| draft_problem(error, Action::Change);
    respond(&app, &caller.actor, None, &use_case, render, problem).await
}
