//! A row of `stocktakes`; what it counts and its lines are rows of their own.

use gaara_inventory::{
    Progress, Stocktake, StocktakeScope, StocktakeSort, StocktakeState, StocktakeStatus,
};
use gaara_kernel::{Id, SortValue, StoreError, Timestamp};
use sea_orm::entity::prelude::*;

use super::no_relations;
use crate::convert::Stored;
use crate::keyset::{Listed, Place, place};

const STORED: Stored = Stored("stocktake");

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "stocktakes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub warehouse_id: Uuid,
    pub scope: String,
    pub note: Option<String>,
    pub status: String,
    pub line_count: i64,
    pub counted_count: i64,
    pub started_at_ms: Option<i64>,
    pub posted_at_ms: Option<i64>,
    pub cancelled_at_ms: Option<i64>,
    pub movement_id: Option<Uuid>,
    pub created_at_ms: i64,
    pub updated_at_ms: i64,
    pub version: i64,
}

no_relations!();

/// What a stocktake counts, by name: the lists of it stand in tables of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ScopeKind {
    /// All that are kept in stock.
    Everything,
    /// Rows of `stocktake_categories`.
    Categories,
    /// Rows of `stocktake_products`.
    Products,
}

impl ScopeKind {
    const ALL: [Self; 3] = [Self::Everything, Self::Categories, Self::Products];

    pub(crate) const fn of(scope: &StocktakeScope) -> Self {
        match scope {
            StocktakeScope::Everything => Self::Everything,
            StocktakeScope::Categories(_) => Self::Categories,
            StocktakeScope::Products(_) => Self::Products,
        }
    }

    const fn code(self) -> &'static str {
        match self {
            Self::Everything => "everything",
            Self::Categories => "categories",
            Self::Products => "products",
        }
    }
}

impl From<&Stocktake> for Model {
    fn from(stocktake: &Stocktake) -> Self {
        let (started_at, posted_at, cancelled_at, movement) = match stocktake.state {
            StocktakeState::Draft => (None, None, None, None),
            StocktakeState::Counting { started_at } => (Some(started_at), None, None, None),
            StocktakeState::Posted { started_at, posted_at, movement } => {
                (Some(started_at), Some(posted_at), None, movement)
            }
            StocktakeState::Cancelled { started_at, cancelled_at } => {
                (started_at, None, Some(cancelled_at), None)
            }
        };
        Self {
            id: stocktake.id.as_uuid(),
            warehouse_id: stocktake.warehouse.as_uuid(),
            scope: ScopeKind::of(&stocktake.scope).code().to_owned(),
            note: stocktake.note.clone(),
            status: stocktake.status().code().to_owned(),
            line_count: stocktake.progress.lines.into(),
            counted_count: stocktake.progress.counted.into(),
            started_at_ms: started_at.map(Timestamp::as_millis),
            posted_at_ms: posted_at.map(Timestamp::as_millis),
            cancelled_at_ms: cancelled_at.map(Timestamp::as_millis),
            movement_id: movement.map(Id::as_uuid),
            created_at_ms: stocktake.created_at.as_millis(),
            updated_at_ms: stocktake.updated_at.as_millis(),
            version: stocktake.version.number().into(),
        }
    }
}

impl Model {
    /// Which of the lists of its scope it has.
    pub(crate) fn scope_kind(&self) -> Result<ScopeKind, StoreError> {
        STORED.some(ScopeKind::ALL.into_iter().find(|kind| kind.code() == self.scope))
    }

    /// Puts the stocktake together again.
    pub(crate) fn with_scope(self, scope: StocktakeScope) -> Result<Stocktake, StoreError> {
        Ok(Stocktake {
            id: Id::from_uuid(self.id),
            warehouse: Id::from_uuid(self.warehouse_id),
            scope,
            state: self.state()?,
            progress: Progress {
                lines: STORED.number(self.line_count)?,
                counted: STORED.number(self.counted_count)?,
            },
            created_at: Timestamp::from_millis(self.created_at_ms),
            updated_at: Timestamp::from_millis(self.updated_at_ms),
            version: STORED.version(self.version)?,
            note: self.note,
        })
    }

    fn state(&self) -> Result<StocktakeState, StoreError> {
        let instant = |millis: Option<i64>| STORED.some(millis).map(Timestamp::from_millis);
        Ok(match STORED.some(StocktakeStatus::from_code(&self.status))? {
            StocktakeStatus::Draft => StocktakeState::Draft,
            StocktakeStatus::Counting => {
                StocktakeState::Counting { started_at: instant(self.started_at_ms)? }
            }
            StocktakeStatus::Posted => StocktakeState::Posted {
                started_at: instant(self.started_at_ms)?,
                posted_at: instant(self.posted_at_ms)?,
                movement: self.movement_id.map(Id::from_uuid),
            },
            StocktakeStatus::Cancelled => StocktakeState::Cancelled {
                started_at: self.started_at_ms.map(Timestamp::from_millis),
                cancelled_at: instant(self.cancelled_at_ms)?,
            },
        })
    }
}

impl Listed for Model {
    type Field = StocktakeSort;
    const KEY: &'static [Place] = &[place("stocktakes", "id")];

    fn place(field: StocktakeSort) -> Place {
        match field {
            StocktakeSort::CreatedAt => place("stocktakes", "created_at_ms"),
        }
    }

    fn value(&self, field: StocktakeSort) -> SortValue {
        match field {
            StocktakeSort::CreatedAt => SortValue::Integer(self.created_at_ms),
        }
    }

    fn key(&self) -> Vec<Uuid> {
        vec![self.id]
    }
}
