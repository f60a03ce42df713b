//! Stock movements in all their states.

use std::collections::BTreeMap;

use gaara_inventory::{
    CancelledMovement, DraftMovement, LedgerEntry, Movement, MovementContent, MovementLine,
    MovementOwner, MovementStatus, PostedMovement,
};
use gaara_kernel::{Date, Money, Timestamp, Version};
use serde::Serialize;
use utoipa::ToSchema;

/// One product of a movement.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MovementLineBody {
    /// The product.
    pub(crate) product_id: String,
    /// How much, in the unit of the line; less than zero where an adjustment takes goods away.
    #[schema(example = "10")]
    pub(crate) quantity: String,
    /// The unit of the line.
    #[schema(example = "EA")]
    pub(crate) unit: String,
    /// How much that is in the product's own unit.
    #[schema(example = "10")]
    pub(crate) base_quantity: String,
    /// What one unit cost, where the line says so.
    #[schema(example = "1.75", required = true)]
    pub(crate) unit_cost: Option<String>,
    /// The reservation that the line consumes.
    #[schema(required = true)]
    pub(crate) reservation_id: Option<String>,
    /// What the line added to the value of the stock in `warehouse_id`, or took from it; null
    /// until the movement is posted.
    #[schema(example = "17.50", required = true)]
    pub(crate) value: Option<String>,
    /// What the document says beyond the value; null until the movement is posted.
    #[schema(example = "0.00", required = true)]
    pub(crate) variance: Option<String>,
}

impl MovementLineBody {
    fn new(line: &MovementLine, entry: Option<&LedgerEntry>) -> Self {
        Self {
            product_id: line.product.to_string(),
            quantity: line.quantity.to_string(),
            unit: line.unit.to_string(),
            base_quantity: line.base_quantity.to_string(),
            unit_cost: line.unit_cost.map(|cost| cost.to_string()),
            reservation_id: line.reservation.map(|id| id.to_string()),
            value: entry.map(|entry| entry.value.amount()),
            variance: entry.map(|entry| entry.variance.amount()),
        }
    }
}

/// A stock movement.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MovementBody {
    /// The id.
    #[schema(example = "mov_01kare0z0qf8b8rmyh0z0hdrt5")]
    pub(crate) id: String,
    /// What it does.
    #[schema(example = "receipt")]
    pub(crate) kind: &'static str,
    /// `draft`, `posted`, `reversed` or `cancelled`.
    #[schema(example = "posted")]
    pub(crate) status: &'static str,
    /// Where; of a transfer, where from.
    pub(crate) warehouse_id: String,
    /// Where a transfer goes to.
    #[schema(required = true)]
    pub(crate) to_warehouse_id: Option<String>,
    /// The business date it counts for; null on a draft that takes the day of posting.
    #[schema(example = "2026-11-23", required = true)]
    pub(crate) effective_date: Option<String>,
    /// The movement that a return sends back a part of.
    #[schema(required = true)]
    pub(crate) origin_id: Option<String>,
    /// The invoice that caused it.
    #[schema(required = true)]
    pub(crate) invoice_id: Option<String>,
    /// The stocktake that caused it.
    #[schema(required = true)]
    pub(crate) stocktake_id: Option<String>,
    /// What people say about it.
    #[schema(required = true)]
    pub(crate) note: Option<String>,
    /// The movement that this one undoes.
    #[schema(required = true)]
    pub(crate) reverses_id: Option<String>,
    /// The movement that undid this one.
    #[schema(required = true)]
    pub(crate) reversed_by_id: Option<String>,
    /// The products.
    pub(crate) lines: Vec<MovementLineBody>,
    /// The currency of values and variances; null until it is posted.
    #[schema(example = "SAR", required = true)]
    pub(crate) currency: Option<&'static str>,
    /// When it was written first.
    pub(crate) created_at: String,
    /// When it was last saved.
    pub(crate) updated_at: String,
    /// When it was posted.
    #[schema(required = true)]
    pub(crate) posted_at: Option<String>,
    /// When it was given up.
    #[schema(required = true)]
    pub(crate) cancelled_at: Option<String>,
    /// How often it was saved.
    pub(crate) version: u32,
}

/// What every state of a movement has.
struct State<'a> {
    status: MovementStatus,
    effective_date: Option<Date>,
    entries: &'a [LedgerEntry],
    updated_at: Timestamp,
    version: Version,
}

impl MovementBody {
    fn new(content: &MovementContent, state: &State<'_>) -> Self {
        let (invoice_id, stocktake_id) = match content.owner {
            Some(MovementOwner::Invoice(id)) => (Some(id.to_string()), None),
            Some(MovementOwner::Stocktake(id)) => (None, Some(id.to_string())),
            None => (None, None),
        };
        let currency = |entry: &LedgerEntry| Money::currency(entry.value).code();
        Self {
            id: content.id.to_string(),
            kind: content.kind.code(),
            status: state.status.code(),
            warehouse_id: content.warehouse.to_string(),
            to_warehouse_id: content.to_warehouse.map(|id| id.to_string()),
            effective_date: state.effective_date.map(|date| date.to_string()),
            origin_id: content.origin.map(|id| id.to_string()),
            invoice_id,
            stocktake_id,
            note: content.note.clone(),
            reverses_id: None,
            reversed_by_id: None,
            lines: lines(content, state.entries),
            currency: state.entries.first().map(currency),
            created_at: content.created_at.to_string(),
            updated_at: state.updated_at.to_string(),
            posted_at: None,
            cancelled_at: None,
            version: state.version.number(),
        }
    }
}

/// Each line with what it did where the movement begins; the other end of a transfer is in the
/// ledger.
fn lines(content: &MovementContent, entries: &[LedgerEntry]) -> Vec<MovementLineBody> {
    let own = entries.iter().filter(|entry| entry.key.warehouse == content.warehouse);
    let own: BTreeMap<usize, &LedgerEntry> = own.map(|entry| (entry.line, entry)).collect();
    let line = |(index, line)| MovementLineBody::new(line, own.get(&index).copied());
    content.lines.iter().enumerate().map(line).collect()
}

impl From<&DraftMovement> for MovementBody {
    fn from(draft: &DraftMovement) -> Self {
        let state = State {
            status: MovementStatus::Draft,
            effective_date: draft.content.effective_date,
            entries: &[],
            updated_at: draft.updated_at,
            version: draft.version,
        };
        Self::new(&draft.content, &state)
    }
}

impl From<&PostedMovement> for MovementBody {
    fn from(posted: &PostedMovement) -> Self {
        let state = State {
            status: posted.status(),
            effective_date: Some(posted.effective_date),
            entries: &posted.entries,
            updated_at: posted.updated_at,
            version: posted.version,
        };
        Self {
            reverses_id: posted.reverses.map(|id| id.to_string()),
            reversed_by_id: posted.reversed_by.map(|id| id.to_string()),
            posted_at: Some(posted.posted_at.to_string()),
            ..Self::new(&posted.content, &state)
        }
    }
}

impl From<&CancelledMovement> for MovementBody {
    fn from(cancelled: &CancelledMovement) -> Self {
        let state = State {
            status: MovementStatus::Cancelled,
            effective_date: cancelled.content.effective_date,
            entries: &[],
            updated_at: cancelled.cancelled_at,
            version: cancelled.version,
        };
        let cancelled_at = Some(cancelled.cancelled_at.to_string());
        Self { cancelled_at, ..Self::new(&cancelled.content, &state) }
    }
}

impl From<&Movement> for MovementBody {
    fn from(movement: &Movement) -> Self {
        match movement {
            Movement::Draft(draft) => draft.into(),
            Movement::Posted(posted) => posted.into(),
            Movement::Cancelled(cancelled) => cancelled.into(),
        }
    }
}
