//! Stock levels and movements.

mod levels;
mod movement;
mod post_movement;

use gaara_inventory::{PostError, Shortage};

use crate::code::Code;
use crate::problem::{FieldProblem, Problem};

use utoipa_actix_web::service_config::ServiceConfig;

pub(super) fn configure(routes: &mut ServiceConfig<'_>) {
    routes
        .service(levels::list_levels)
        .service(post_movement::post_movement)
        .service(movement::get_movement);
}

/// Why goods could not move.
pub(super) fn post_problem(error: PostError) -> Problem {
    let line = |line: usize, field: &str, code| {
        Problem::at(FieldProblem::new(format!("/lines/{line}/{field}"), code))
    };
    match error {
        PostError::Empty => Problem::at(FieldProblem::new("/lines", Code::MovementEmpty)),
        PostError::QuantityNotPositive { line: at } => {
            line(at, "quantity", Code::ValidationPositive)
        }
        PostError::CostRequired { line: at } => line(at, "unit_cost", Code::StockCostRequired),
        PostError::Insufficient(shortages) => {
            Problem::of_fields(shortages.iter().map(shortage).collect())
        }
        PostError::OutOfRange => Problem::new(Code::StockOutOfRange),
        PostError::LevelMissing => Problem::internal(error),
    }
}

fn shortage(shortage: &Shortage) -> FieldProblem {
    FieldProblem::new("/lines", Code::StockInsufficient)
        .param("product_id", shortage.key.product)
        .param("warehouse_id", shortage.key.warehouse)
        .param("requested", shortage.requested)
        .param("available", shortage.available)
}
