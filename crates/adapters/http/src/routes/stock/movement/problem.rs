//! Why movements are refused, field by field.

use gaara_application::inventory::{
    DraftLockError, DraftMovementError, MovementError, MovementLineError, PlaceError,
};
use gaara_inventory::{DatedShortage, MeasureError, MovementKind, PostError, Shortage};

use super::state::{Action, state_problem};
use crate::code::Code;
use crate::problem::{FieldProblem, Problem, quantity_fault};

/// Why a movement cannot be written or posted as it is.
pub(super) fn movement_problem(error: MovementError) -> Problem {
    match error {
        MovementError::NotSetUp => Problem::new(Code::SetupRequired),
        MovementError::Place(error) => place_problem(error),
        MovementError::UnknownOrigin => {
            Problem::at(FieldProblem::new("/origin_id", Code::ValidationReference))
        }
        MovementError::Line { line, error } => movement_line_problem(line, error),
        MovementError::Post(error) => post_problem(error),
        MovementError::Store(error) => error.into(),
    }
}

/// Why goods cannot be moved where they are to be moved.
pub(in crate::routes) fn place_problem(error: PlaceError) -> Problem {
    let (pointer, code) = match error {
        PlaceError::UnknownWarehouse => ("/warehouse_id", Code::ValidationReference),
        PlaceError::WarehouseArchived => ("/warehouse_id", Code::ResourceArchived),
        PlaceError::UnknownTarget => ("/to_warehouse_id", Code::ValidationReference),
        PlaceError::TargetArchived => ("/to_warehouse_id", Code::ResourceArchived),
    };
    Problem::at(FieldProblem::new(pointer, code))
}

/// Why a draft was not changed or posted.
pub(super) fn draft_problem(error: DraftMovementError, action: Action) -> Problem {
    match error {
        DraftMovementError::Lock(error) => lock_problem(error, action),
        DraftMovementError::Movement(error) => movement_problem(error),
    }
}

/// Why a movement could not be taken as a draft.
pub(super) fn lock_problem(error: DraftLockError, action: Action) -> Problem {
    match error {
        DraftLockError::NotFound => Problem::not_found(),
        DraftLockError::Stale { current } => Problem::stale(current),
        DraftLockError::NotDraft(status) => state_problem(action, status),
        DraftLockError::Store(error) => error.into(),
    }
}

/// Why a line cannot be moved.
pub(in crate::routes) fn movement_line_problem(line: usize, error: MovementLineError) -> Problem {
    line_problem(&format!("/lines/{line}"), error)
}

/// Why something with a product, a quantity and a unit cannot be moved; it stands at a pointer.
pub(in crate::routes) fn line_problem(pointer: &str, error: MovementLineError) -> Problem {
    let at = |field: &str, code| FieldProblem::new(format!("{pointer}/{field}"), code);
    Problem::at(match error {
        MovementLineError::UnknownProduct => at("product_id", Code::ValidationReference),
        MovementLineError::NotStocked => at("product_id", Code::ProductNotStocked),
        MovementLineError::Archived => at("product_id", Code::ResourceArchived),
        MovementLineError::Measure(MeasureError::UnitMismatch { unit }) => {
            at("unit", Code::UnitMismatch).param("unit", unit)
        }
        MovementLineError::Measure(MeasureError::TooFine(error)) => {
            quantity_fault(format!("{pointer}/quantity"), error)
        }
        MovementLineError::Measure(MeasureError::OutOfRange) => {
            at("quantity", Code::StockOutOfRange)
        }
    })
}

/// Why goods could not move.
pub(in crate::routes) fn post_problem(error: PostError) -> Problem {
    let date = |code| FieldProblem::new("/effective_date", code);
    let target = |code| FieldProblem::new("/to_warehouse_id", code);
    Problem::at(match error {
        PostError::Empty => FieldProblem::new("/lines", Code::MovementEmpty),
        PostError::KindReserved => kind_choices("/kind"),
        PostError::QuantityNotPositive { line } => {
            line_fault(line, "quantity", Code::ValidationPositive)
        }
        PostError::QuantityZero { line } => line_fault(line, "quantity", Code::ValidationNotZero),
        PostError::TargetMissing => target(Code::MovementTargetRequired),
        PostError::TargetUnexpected => target(Code::MovementTargetUnexpected),
        PostError::SameWarehouse => target(Code::MovementSameWarehouse),
        PostError::CostRequired { line } => line_fault(line, "unit_cost", Code::StockCostRequired),
        PostError::CostUnexpected { line } => {
            line_fault(line, "unit_cost", Code::StockCostUnexpected)
        }
        PostError::OriginUnfit => FieldProblem::new("/origin_id", Code::MovementOriginUnfit),
        PostError::ReturnExceeds { line, left } => {
            line_fault(line, "quantity", Code::MovementReturnExceeds).param("left", left)
        }
        PostError::ReservationUnexpected { line } => {
            line_fault(line, "reservation_id", Code::ReservationUnexpected)
        }
        PostError::ReservationUnknown { line } => {
            line_fault(line, "reservation_id", Code::ValidationReference)
        }
        PostError::ReservationMismatch { line } => {
            line_fault(line, "reservation_id", Code::ReservationMismatch)
        }
        PostError::ReservationNotActive { line, status } => {
            line_fault(line, "reservation_id", Code::ReservationNotActive)
                .param("status", status.code())
        }
        PostError::DateInFuture { today } => date(Code::MovementDateInFuture).param("today", today),
        PostError::PeriodLocked { locked_through } => {
            date(Code::MovementPeriodLocked).param("locked_through", locked_through)
        }
        PostError::Insufficient(shortages) => {
            return shortages_at("/lines", &shortages);
        }
        PostError::InsufficientAtDate(shortages) => {
            return dated_shortages("/effective_date", &shortages);
        }
        PostError::OutOfRange => return Problem::new(Code::StockOutOfRange),
        PostError::LevelMissing => return Problem::internal(error),
    })
}

/// What is missing as of an earlier day, said where that day is given.
pub(in crate::routes) fn dated_shortages(pointer: &str, shortages: &[DatedShortage]) -> Problem {
    let fault = |shortage: &DatedShortage| {
        FieldProblem::new(pointer, Code::StockInsufficientAtDate)
            .param("product_id", shortage.key.product)
            .param("warehouse_id", shortage.key.warehouse)
            .param("date", shortage.date)
            .param("requested", shortage.requested)
            .param("available", shortage.available)
    };
    Problem::of_fields(shortages.iter().map(fault).collect())
}

/// The kinds of movement that are written by hand.
pub(super) fn kind_choices(pointer: &str) -> FieldProblem {
    let is_written = |kind: &MovementKind| *kind != MovementKind::Revaluation;
    let kinds: Vec<&str> =
        MovementKind::ALL.into_iter().filter(is_written).map(MovementKind::code).collect();
    FieldProblem::new(pointer, Code::ValidationChoice).param("choices", kinds.join(", "))
}

/// What is missing. All lines of a product together ask for too much, so the fault is at none of
/// them alone.
pub(in crate::routes) fn shortages_at(pointer: &str, shortages: &[Shortage]) -> Problem {
    let fault = |shortage: &Shortage| {
        FieldProblem::new(pointer, Code::StockInsufficient)
            .param("product_id", shortage.key.product)
            .param("warehouse_id", shortage.key.warehouse)
            .param("requested", shortage.requested)
            .param("available", shortage.available)
    };
    Problem::of_fields(shortages.iter().map(fault).collect())
}

fn line_fault(line: usize, field: &str, code: Code) -> FieldProblem {
    FieldProblem::new(format!("/lines/{line}/{field}"), code)
}
