//! Writing movements, and posting them at once where that is wished.

use gaara_identity::Permission;
use gaara_inventory::{DraftMovement, PostedMovement};

use super::move_stock::move_stock;
use super::write_movement::{MovementError, WrittenMovement, organization};
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Writes a draft; nothing moves.
#[derive(Debug, Clone)]
pub struct CreateMovement(pub WrittenMovement);

/// Writes a movement and posts it in the same transaction.
#[derive(Debug, Clone)]
pub struct CreateAndPostMovement(pub WrittenMovement);

impl UseCase for CreateMovement {
    type Output = DraftMovement;
    type Error = MovementError;
    const PERMISSION: Permission = Permission::DraftStock;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<DraftMovement, MovementError> {
        self.0.check_origin(unit).await?;
        let draft = self.0.prepare(unit, context).await?.draft;
        unit.movements().add(&draft).await?;
        Ok(draft)
    }

    fn audit(&self, output: &DraftMovement) -> AuditEntry {
        let content = &output.content;
        AuditEntry::new("stock.drafted", content.id)
            .with("kind", &content.kind.code())
            .with("warehouse", &content.warehouse)
            .with("lines", &content.lines.len())
    }
}

impl UseCase for CreateAndPostMovement {
    type Output = PostedMovement;
    type Error = MovementError;
    const PERMISSION: Permission = Permission::PostStock;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<PostedMovement, MovementError> {
        let organization = organization(unit).await?;
        let prepared = self.0.prepare(unit, context).await?;
        let posted =
            move_stock(unit, prepared.draft, &prepared.goods, &organization, context).await?;
        unit.movements().add_posted(&posted).await?;
        Ok(posted)
    }

    fn audit(&self, output: &PostedMovement) -> AuditEntry {
        moved(output)
    }
}

/// What the audit log says of goods that moved.
pub(super) fn moved(posted: &PostedMovement) -> AuditEntry {
    let content = &posted.content;
    AuditEntry::new("stock.moved", content.id)
        .with("kind", &content.kind.code())
        .with("warehouse", &content.warehouse)
        .with("effective_date", &posted.effective_date)
        .with("lines", &content.lines.len())
}
