//! The audit log.

use gaara_application::{AuditFinding, AuditRow, AuditVerification};
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
    /// From which address.
    #[schema(required = true, example = "203.0.113.9")]
    pub(crate) address: Option<String>,
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
            address: row.address.map(|address| address.to_string()),
            trace_id: row.trace.to_string(),
            action: row.action.clone(),
            subject: row.subject.clone(),
            changes: changes.collect(),
        }
    }
}

/// Something about the audit log that does not fit.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(crate) struct AuditFindingBody {
    /// What it is: `row_changed`, `row_forged`, `row_missing`, `row_outside`, `rows_unaccounted`,
    /// `seal_broken`, `seal_forged`, `seal_missing`, `truncated` or `head_differs`.
    #[schema(example = "row_changed")]
    pub(crate) kind: &'static str,
    /// Which row.
    #[schema(required = true, example = "aud_01kare0z0qf8b8rmyh0z0hdrt5")]
    pub(crate) row_id: Option<String>,
    /// Which seal, or the last one.
    #[schema(required = true, example = 12)]
    pub(crate) seal: Option<u64>,
    /// How many more rows stand outside of all seals; below zero when rows are missing.
    #[schema(required = true)]
    pub(crate) rows: Option<i64>,
}

impl From<&AuditFinding> for AuditFindingBody {
    fn from(finding: &AuditFinding) -> Self {
        let of = |kind| Self { kind, ..Self::default() };
        let of_seal = |kind, seal: u64| Self { seal: Some(seal), ..of(kind) };
        match finding {
            AuditFinding::RowChanged { row } => {
                Self { row_id: Some(row.to_string()), ..of("row_changed") }
            }
            AuditFinding::RowForged { row } => {
                Self { row_id: Some(row.to_string()), ..of("row_forged") }
            }
            AuditFinding::RowMissing { row, seal } => {
                Self { row_id: Some(row.to_string()), ..of_seal("row_missing", *seal) }
            }
            AuditFinding::RowOutside { row } => {
                Self { row_id: Some(row.to_string()), ..of("row_outside") }
            }
            AuditFinding::SealBroken { seal } => of_seal("seal_broken", *seal),
            AuditFinding::SealForged { seal } => of_seal("seal_forged", *seal),
            AuditFinding::SealMissing { seal } => of_seal("seal_missing", *seal),
            AuditFinding::RowsUnaccounted { rows } => {
                Self { rows: Some(*rows), ..of("rows_unaccounted") }
            }
            AuditFinding::Truncated { last, .. } => of_seal("truncated", *last),
            AuditFinding::HeadDiffers { seal } => of_seal("head_differs", *seal),
        }
    }
}

/// What checking the audit log found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AuditVerificationBody {
    /// Whether everything fits.
    pub(crate) intact: bool,
    /// How many seals were checked.
    #[schema(example = 12)]
    pub(crate) seals: u64,
    /// How many rows were checked.
    #[schema(example = 431)]
    pub(crate) rows: u64,
    /// How many of them wait for a seal, which takes about a second.
    #[schema(example = 0)]
    pub(crate) unsealed: u64,
    /// How many rows carry no code of their own: those of a program before there were codes.
    #[schema(example = 0)]
    pub(crate) without_code: u64,
    /// What stands for everything up to the last seal. Keep it somewhere else, and send it as
    /// `head` later on.
    #[schema(required = true, example = "12:9f86d081884c7d659a2feaa0c55ad015…")]
    pub(crate) head: Option<String>,
    /// The first hundred findings.
    pub(crate) findings: Vec<AuditFindingBody>,
    /// How many findings there are.
    #[schema(example = 0)]
    pub(crate) findings_total: u64,
}

impl From<AuditVerification> for AuditVerificationBody {
    fn from(verified: AuditVerification) -> Self {
        Self {
            intact: verified.findings_total == 0,
            seals: verified.seals,
            rows: verified.rows,
            unsealed: verified.unsealed,
            without_code: verified.without_code,
            head: verified.head.map(|head| head.to_string()),
            findings: verified.findings.iter().map(AuditFindingBody::from).collect(),
            findings_total: verified.findings_total,
        }
    }
}
