//! `POST /stock-movements`: writing a movement, and posting it at once where that is wished.

use actix_web::{HttpResponse, post, web};
use gaara_application::inventory::{CreateAndPostMovement, CreateMovement, WrittenMovement};
use gaara_application::{App, StoredReply};
use gaara_inventory::{DraftMovement, MovementKind, PostedMovement};
use gaara_kernel::{Date, MovementId, Version, WarehouseId};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use super::line::MovementLineRequest;
use super::problem::{kind_choices, movement_problem};
use crate::caller::Caller;
use crate::headers::Idempotency;
use crate::json::{Body, Check, Field, FieldFault, FromText, List, NoteText};
use crate::problem::Problem;
use crate::reply::{created, respond};
use crate::views::MovementBody;

/// A kind of movement that is written by hand.
#[derive(Debug)]
struct WrittenKind(MovementKind);

impl FromText for WrittenKind {
    fn from_text(text: &str) -> Result<Self, FieldFault> {
        let kind = MovementKind::from_code(text).filter(|kind| *kind != MovementKind::Revaluation);
        kind.map(Self).ok_or_else(|| kind_choices("").into())
    }
}

/// A movement as it is written.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct CreateMovementRequest {
    /// An id of your own; a new one when absent.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    id: Field<MovementId>,
    /// `receipt`, `issue`, `transfer`, `adjustment`, `customer_return` or `supplier_return`.
    #[schema(value_type = String, required = true, example = "receipt")]
    #[serde(default)]
    kind: Field<WrittenKind>,
    /// Where; of a transfer, where from.
    #[schema(value_type = String, required = true)]
    #[serde(default)]
    warehouse_id: Field<WarehouseId>,
    /// Where a transfer goes to; no other kind has it.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    to_warehouse_id: Field<WarehouseId>,
    /// The business date it counts for; the day of posting when absent.
    #[schema(value_type = Option<String>, example = "2026-11-23")]
    #[serde(default)]
    effective_date: Field<Date>,
    /// The movement that a return sends back a part of: goods then move at what they went for.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    origin_id: Field<MovementId>,
    /// What people should know about it: 1,000 characters at most.
    #[schema(value_type = Option<String>, max_length = 1_000)]
    #[serde(default)]
    note: Field<NoteText>,
    /// Whether to post it at once; a draft moves nothing.
    #[schema(value_type = bool, required = true, example = true)]
    #[serde(default)]
    post: Field<bool>,
    /// The products: 1,000 at most.
    #[schema(value_type = Vec<MovementLineRequest>, required = true)]
    #[validate(length(max = 1_000), nested)]
    #[serde(default)]
    lines: List<MovementLineRequest>,
}

impl CreateMovementRequest {
    /// The movement, and whether to post it.
    fn read(self, check: &mut Check) -> Option<(WrittenMovement, bool)> {
        let id = check.optional("/id", self.id);
        let kind = check.required("/kind", self.kind);
        let warehouse = check.required("/warehouse_id", self.warehouse_id);
        let to_warehouse = check.optional("/to_warehouse_id", self.to_warehouse_id);
        let effective_date = check.optional("/effective_date", self.effective_date);
        let origin = check.optional("/origin_id", self.origin_id);
        let note = check.optional("/note", self.note);
        let post = check.required("/post", self.post);
        let lines = check.each("/lines", self.lines, MovementLineRequest::read);
        let written = WrittenMovement {
            id: id?,
            kind: kind?.0,
            warehouse: warehouse?,
            to_warehouse: to_warehouse?,
            effective_date: effective_date?,
            origin: origin?,
            note: note?.map(NoteText::into_text),
            lines: lines?,
        };
        Some((written, post?))
    }
}

/// Writes a stock movement: as a draft, or posted at once.
#[utoipa::path(
    tag = "Stock",
    operation_id = "createStockMovement",
    request_body = CreateMovementRequest,
    responses((status = 201, description = "Written, or posted", body = MovementBody)),
)]
#[post("/stock-movements")]
pub(crate) async fn create_movement(
    app: web::Data<App>,
    caller: Caller,
    idempotency: Idempotency,
    body: Body<CreateMovementRequest>,
) -> Result<HttpResponse, Problem> {
    let once = idempotency.once(&caller.actor, body.raw());
    let (written, post) = body.read(CreateMovementRequest::read)?;
    if post {
        let render = |posted: &PostedMovement| reply(posted.version, &MovementBody::from(posted));
        let use_case = CreateAndPostMovement(written);
        return respond(&app, &caller.actor, once, &use_case, render, movement_problem).await;
    }
    let render = |draft: &DraftMovement| reply(draft.version, &MovementBody::from(draft));
    respond(&app, &caller.actor, once, &CreateMovement(written), render, movement_problem).await
}

fn reply(version: Version, body: &MovementBody) -> StoredReply {
    created(format!("/api/v1/stock-movements/{}", body.id), version, body)
}
