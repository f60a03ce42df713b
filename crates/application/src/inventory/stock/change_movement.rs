//! Changing drafts.

use gaara_identity::Permission;
use gaara_inventory::DraftMovement;
use gaara_kernel::{Date, MovementId, Version, WarehouseId};

use super::lines::WrittenMovementLine;
use super::post_movement::DraftMovementError;
use super::state::lock_draft;
use super::write_movement::{Stamp, WrittenMovement};
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Changes what is given of a draft and keeps the rest; `Some(None)` takes a value away.
#[derive(Debug, Clone)]
pub struct ChangeMovement {
    /// Which draft.
    pub id: MovementId,
    /// The version the change was made on.
    pub expected: Version,
    /// Where; of a transfer, where from.
    pub warehouse: Option<WarehouseId>,
    /// Where a transfer goes to.
    pub to_warehouse: Option<Option<WarehouseId>>,
    /// The business date.
    pub effective_date: Option<Option<Date>>,
    /// The movement that a return sends back a part of.
    pub origin: Option<Option<MovementId>>,
    /// What people say about it.
    pub note: Option<Option<String>>,
    /// The products, all of them.
    pub lines: Option<Vec<WrittenMovementLine>>,
}

impl UseCase for ChangeMovement {
    /// The draft before and after.
    type Output = (DraftMovement, DraftMovement);
    type Error = DraftMovementError;
    const PERMISSION: Permission = Permission::DraftStock;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Self::Output, DraftMovementError> {
        let before = lock_draft(unit, self.id, Some(self.expected)).await?;
        let stamp = Stamp {
            id: self.id,
            created_at: before.content.created_at,
            version: before.version.next(),
        };
        let written = self.merged(WrittenMovement::of(&before.content));
        written.check_origin(unit).await?;
        let after = written.prepare_as(unit, stamp, context).await?.draft;
        unit.movements().save(&after).await?;
        Ok((before, after))
    }

    fn audit(&self, (before, after): &Self::Output) -> AuditEntry {
        let (old, new) = (&before.content, &after.content);
        let date = |date: Option<Date>| date.map_or_else(String::new, |date| date.to_string());
        AuditEntry::new("stock.draft_changed", self.id)
            .with_change("warehouse", &old.warehouse, &new.warehouse)
            .with_change("effective_date", &date(old.effective_date), &date(new.effective_date))
            .with_change("lines", &old.lines.len(), &new.lines.len())
    }
}

impl ChangeMovement {
    fn merged(&self, mut written: WrittenMovement) -> WrittenMovement {
        if let Some(date) = self.effective_date {
            written.effective_date = date;
        }
        if let Some(warehouse) = self.warehouse {
            written.warehouse = warehouse;
        }
        if let Some(target) = self.to_warehouse {
            written.to_warehouse = target;
        }
        if let Some(origin) = self.origin {
            written.origin = origin;
        }
        if let Some(note) = &self.note {
            written.note.clone_from(note);
        }
        if let Some(lines) = &self.lines {
            written.lines.clone_from(lines);
        }
        written
    }
}
