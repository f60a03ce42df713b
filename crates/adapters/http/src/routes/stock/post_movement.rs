//! `POST /stock-movements`: posting a movement.

use actix_web::{HttpResponse, post, web};
use gaara_application::App;
use gaara_application::inventory::{PostMovement, PostMovementError, WrittenMovementLine};
use gaara_inventory::{MovementKind, PostedMovement};
use gaara_kernel::{
    Code as Name, Date, MovementId, ProductId, Quantity, UnitPrice, Version, WarehouseId,
};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

use super::post_problem;
use crate::caller::Caller;
use crate::code::Code;
use crate::headers::Idempotency;
use crate::json::{Body, Check, Field, List};
use crate::problem::{FieldProblem, Problem};
use crate::reply::{created, respond};
use crate::views::MovementBody;

/// One product of a movement.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct MovementLineRequest {
    /// The product.
    #[schema(value_type = String, required = true)]
    #[serde(default)]
    product_id: Field<ProductId>,
    /// How much; greater than zero.
    #[schema(value_type = String, required = true, example = "10")]
    #[serde(default)]
    quantity: Field<Quantity>,
    /// The unit of the quantity; the product's when absent.
    #[schema(value_type = Option<String>, example = "EA")]
    #[serde(default)]
    unit: Field<Name>,
    /// What one unit cost, where goods come in.
    #[schema(value_type = Option<String>, example = "1.75")]
    #[serde(default)]
    unit_cost: Field<UnitPrice>,
}

impl MovementLineRequest {
    fn read(self, check: &mut Check) -> Option<WrittenMovementLine> {
        let product = check.required("/product_id", self.product_id);
        let quantity = check.required("/quantity", self.quantity);
        let unit = check.optional("/unit", self.unit);
        let unit_cost = check.optional("/unit_cost", self.unit_cost);
        Some(WrittenMovementLine {
            product: product?,
            quantity: quantity?,
            unit: unit?,
            unit_cost: unit_cost?,
        })
    }
}

/// A movement as it is posted.
#[derive(Debug, Deserialize, Validate, ToSchema)]
pub(crate) struct PostMovementRequest {
    /// An id of your own; a new one when absent.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    id: Field<MovementId>,
    /// `receipt` or `issue`.
    #[schema(value_type = String, required = true, example = "receipt")]
    #[serde(default)]
    kind: Field<MovementKind>,
    /// Where.
    #[schema(value_type = String, required = true)]
    #[serde(default)]
    warehouse_id: Field<WarehouseId>,
    /// Transfers cannot be posted yet: `null`.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    to_warehouse_id: Field<WarehouseId>,
    /// The business date it counts for; today when absent.
    #[schema(value_type = Option<String>, example = "2026-11-23")]
    #[serde(default)]
    effective_date: Field<Date>,
    /// Whether to post it at once; only `true` works yet.
    #[schema(value_type = bool, required = true, example = true)]
    #[serde(default)]
    post: Field<bool>,
    /// The products: 1,000 at most.
    #[schema(value_type = Vec<MovementLineRequest>, required = true)]
    #[validate(length(max = 1_000), nested)]
    #[serde(default)]
    lines: List<MovementLineRequest>,
}

impl PostMovementRequest {
    fn read(self, check: &mut Check) -> Option<PostMovement> {
        let id = check.optional("/id", self.id);
        let kind = check.required("/kind", self.kind);
        let warehouse = check.required("/warehouse_id", self.warehouse_id);
        if let Some(Some(_)) = check.optional("/to_warehouse_id", self.to_warehouse_id) {
            let fault = FieldProblem::new("/to_warehouse_id", Code::ValidationChoice);
            check.fault(fault.param("choices", "null"));
        }
        let effective_date = check.optional("/effective_date", self.effective_date);
        if check.required("/post", self.post) == Some(false) {
            let fault = FieldProblem::new("/post", Code::ValidationChoice);
            check.fault(fault.param("choices", "true"));
        }
        let lines = check.each("/lines", self.lines, MovementLineRequest::read);
        Some(PostMovement {
            id: id?,
            kind: kind?,
            warehouse: warehouse?,
            effective_date: effective_date?,
            lines: lines?,
        })
    }
}

/// Posts a stock movement.
#[utoipa::path(
    tag = "Stock",
    operation_id = "createStockMovement",
    request_body = PostMovementRequest,
    responses((status = 201, description = "Posted", body = MovementBody)),
)]
#[post("/stock-movements")]
pub(crate) async fn post_movement(
    app: web::Data<App>,
    caller: Caller,
    idempotency: Idempotency,
    body: Body<PostMovementRequest>,
) -> Result<HttpResponse, Problem> {
    let once = idempotency.once(&caller.actor, body.raw());
    let use_case = body.read(PostMovementRequest::read)?;
    let render = |posted: &PostedMovement| {
        let location = format!("/api/v1/stock-movements/{}", posted.movement.id);
        created(location, Version::FIRST, &MovementBody::from(posted))
    };
    respond(&app, &caller.actor, once, &use_case, render, problem).await
}

fn problem(error: PostMovementError) -> Problem {
    let line =
        |line: usize, field: &str, code| FieldProblem::new(format!("/lines/{line}/{field}"), code);
    Problem::at(match error {
        PostMovementError::NotSetUp => return Problem::new(Code::SetupRequired),
        PostMovementError::Post(error) => return post_problem(error),
        PostMovementError::Store(error) => return error.into(),
        PostMovementError::UnknownWarehouse => {
            FieldProblem::new("/warehouse_id", Code::ValidationReference)
        }
        PostMovementError::WarehouseArchived => {
            FieldProblem::new("/warehouse_id", Code::ResourceArchived)
        }
        PostMovementError::ProductArchived { line: at } => {
            line(at, "product_id", Code::ResourceArchived)
        }
        PostMovementError::UnknownProduct { line: at } => {
            line(at, "product_id", Code::ValidationReference)
        }
        PostMovementError::NotStocked { line: at } => {
            line(at, "product_id", Code::ProductNotStocked)
        }
        PostMovementError::UnitMismatch { line: at, unit } => {
            line(at, "unit", Code::UnitMismatch).param("unit", unit)
        }
        PostMovementError::DateInFuture { today } => {
            FieldProblem::new("/effective_date", Code::MovementDateInFuture).param("today", today)
        }
    })
}
