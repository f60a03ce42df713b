//! The audit log.

use gaara_application::AuditRow;
use serde::Serialize;
use utoipa::ToSchema;

/// One field of a change.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AuditChangeBody {
    /// The field.
    pub(crate) field: String,
    /// Its value before; null when the thing is new.
    #[schema(required = true)]
    pub(crate) before: Option<String>,
    /// Its value after; null when it was taken away.
    #[schema(required = true)]
    pub(crate) after: Option<String>,
}

/// A row of the audit log.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AuditRowBody {
    /// The id.
    #[schema(example = "aud_01kare0z0qf8b8rmyh0z0hdrt5")]
    pub(crate) id: String,
    /// When.
    pub(crate) at: String,
    /// Who: a user's id, `system` or `anonymous`.
    pub(crate) actor: String,
    /// In which session.
    #[schema(required = true)]
    pub(crate) session_id: Option<String>,
    /// In which request.
    pub(crate) trace_id: String,
    /// What was done.
    #[schema(example = "invoice.issued")]
    pub(crate) action: String,
    /// To what.
    pub(crate) subject: String,
    /// What changed.
    pub(crate) changes: Vec<AuditChangeBody>,
}

impl From<&AuditRow> for AuditRowBody {
    fn from(row: &AuditRow) -> Self {
        let changes = row.changes.iter().map(|change| AuditChangeBody {
            field: change.field.clone(),
            before: change.before.clone(),
            after: change.after.clone(),
        });
        Self {
            id: row.id.to_string(),
            at: row.at.to_string(),
            actor: row.actor.clone(),
            session_id: row.session.clone(),
            trace_id: row.trace.to_string(),
            action: row.action.clone(),
            subject: row.subject.clone(),
            changes: changes.collect(),
        }
    }
}
