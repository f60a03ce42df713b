//! A row of `stock_movements`; its lines and its history are rows of their own.

use gaara_inventory::{
    CancelledMovement, DraftMovement, LedgerEntry, Movement, MovementContent, MovementKind,
    MovementLine, MovementOwner, MovementSort, MovementStatus, PostedMovement,
};
use gaara_kernel::{Id, SortValue, StoreError, Timestamp, Version};
use sea_orm::entity::prelude::*;

use super::no_relations;
use crate::convert::{Stored, date};
use crate::keyset::{Listed, Place, place};

const STORED: Stored = Stored("movement");

/// The columns `created_key` and `updated_key` are left out: the database derives them.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "stock_movements")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub kind: String,
    pub status: String,
    pub warehouse_id: Uuid,
    pub to_warehouse_id: Option<Uuid>,
    pub effective_date: Option<TimeDate>,
    pub origin_id: Option<Uuid>,
    pub reverses_id: Option<Uuid>,
    pub reversed_by_id: Option<Uuid>,
    pub invoice_id: Option<Uuid>,
    pub stocktake_id: Option<Uuid>,
    pub note: Option<String>,
    pub created_at_ms: Option<i64>,
    pub updated_at_ms: Option<i64>,
    pub posted_at_ms: Option<i64>,
    pub cancelled_at_ms: Option<i64>,
    pub version: i64,
}

no_relations!();

impl From<&DraftMovement> for Model {
    fn from(draft: &DraftMovement) -> Self {
        Self::new(&draft.content, MovementStatus::Draft, draft.updated_at, draft.version)
    }
}

impl From<&PostedMovement> for Model {
    fn from(posted: &PostedMovement) -> Self {
        Self {
            effective_date: Some(date(posted.effective_date)),
            reverses_id: posted.reverses.map(Id::as_uuid),
            reversed_by_id: posted.reversed_by.map(Id::as_uuid),
            posted_at_ms: Some(posted.posted_at.as_millis()),
            ..Self::new(&posted.content, posted.status(), posted.updated_at, posted.version)
        }
    }
}

impl From<&CancelledMovement> for Model {
    fn from(cancelled: &CancelledMovement) -> Self {
        let at = cancelled.cancelled_at;
        Self {
            cancelled_at_ms: Some(at.as_millis()),
            ..Self::new(&cancelled.content, MovementStatus::Cancelled, at, cancelled.version)
        }
    }
}

impl Model {
    fn new(
        content: &MovementContent,
        status: MovementStatus,
        updated_at: Timestamp,
        version: Version,
    ) -> Self {
        let (invoice_id, stocktake_id) = match content.owner {
            Some(MovementOwner::Invoice(invoice)) => (Some(invoice.as_uuid()), None),
            Some(MovementOwner::Stocktake(stocktake)) => (None, Some(stocktake.as_uuid())),
            None => (None, None),
        };
        Self {
            id: content.id.as_uuid(),
            kind: content.kind.code().to_owned(),
            status: status.code().to_owned(),
            warehouse_id: content.warehouse.as_uuid(),
            to_warehouse_id: content.to_warehouse.map(Id::as_uuid),
            effective_date: content.effective_date.map(date),
            origin_id: content.origin.map(Id::as_uuid),
            reverses_id: None,
            reversed_by_id: None,
            invoice_id,
            stocktake_id,
            note: content.note.clone(),
            created_at_ms: Some(content.created_at.as_millis()),
            updated_at_ms: Some(updated_at.as_millis()),
            posted_at_ms: None,
            cancelled_at_ms: None,
            version: version.number().into(),
        }
    }

    /// Puts the movement together again.
    pub(crate) fn with_parts(
        self,
        lines: Vec<MovementLine>,
        entries: Vec<LedgerEntry>,
    ) -> Result<Movement, StoreError> {
        let content = self.content(lines)?;
        let version = STORED.version(self.version)?;
        let updated_at = Self::instant(self.updated_at_ms.or(self.posted_at_ms))?;
        match STORED.some(MovementStatus::from_code(&self.status))? {
            MovementStatus::Draft => {
                Ok(Movement::Draft(DraftMovement { content, updated_at, version }))
            }
            MovementStatus::Cancelled => {
                let cancelled_at = Self::instant(self.cancelled_at_ms)?;
                Ok(Movement::Cancelled(CancelledMovement { content, cancelled_at, version }))
            }
            MovementStatus::Posted | MovementStatus::Reversed => {
                Ok(Movement::Posted(PostedMovement {
                    effective_date: STORED.some(content.effective_date)?,
                    content,
                    entries,
                    posted_at: Self::instant(self.posted_at_ms)?,
                    reverses: self.reverses_id.map(Id::from_uuid),
                    reversed_by: self.reversed_by_id.map(Id::from_uuid),
                    updated_at,
                    version,
                }))
            }
        }
    }

    fn content(&self, lines: Vec<MovementLine>) -> Result<MovementContent, StoreError> {
        let invoice = self.invoice_id.map(|id| MovementOwner::Invoice(Id::from_uuid(id)));
        let stocktake = self.stocktake_id.map(|id| MovementOwner::Stocktake(Id::from_uuid(id)));
        Ok(MovementContent {
            id: Id::from_uuid(self.id),
            kind: STORED.some(MovementKind::from_code(&self.kind))?,
            warehouse: Id::from_uuid(self.warehouse_id),
            to_warehouse: self.to_warehouse_id.map(Id::from_uuid),
            effective_date: STORED.date_if_any(self.effective_date)?,
            origin: self.origin_id.map(Id::from_uuid),
            owner: invoice.or(stocktake),
            note: self.note.clone(),
            lines,
            created_at: Self::instant(self.created_at_ms.or(self.posted_at_ms))?,
        })
    }

    /// The program before wrote no instant but that of posting.
    fn instant(millis: Option<i64>) -> Result<Timestamp, StoreError> {
        STORED.some(millis).map(Timestamp::from_millis)
    }
}

impl Listed for Model {
    type Field = MovementSort;
    const KEY: &'static [Place] = &[place("stock_movements", "id")];

    fn place(field: MovementSort) -> Place {
        match field {
            MovementSort::CreatedAt => place("stock_movements", "created_key"),
            MovementSort::UpdatedAt => place("stock_movements", "updated_key"),
        }
    }

    fn value(&self, field: MovementSort) -> SortValue {
        let written = match field {
            MovementSort::CreatedAt => self.created_at_ms,
            MovementSort::UpdatedAt => self.updated_at_ms,
        };
        SortValue::Integer(written.or(self.posted_at_ms).unwrap_or_default())
    }

    fn key(&self) -> Vec<Uuid> {
        vec![self.id]
    }
}
