//! A row of `audit_log`, which only grows.

use gaara_application::{AuditChange, AuditRow, AuditSort, TraceId};
use gaara_kernel::{AuditId, Id, SortValue, StoreError, Timestamp};
use sea_orm::FromQueryResult;
use sea_orm::entity::prelude::*;
use serde_json::{Value, json};

use super::no_relations;
use crate::convert::Stored;
use crate::keyset::{Listed, Place, place};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_log")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub at_ms: i64,
    pub actor: String,
    pub session: Option<String>,
    pub trace: String,
    pub action: String,
    pub subject: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub changes: Json,
    pub code: Option<Vec<u8>>,
    pub address: Option<String>,
}

no_relations!();

impl From<&AuditRow> for Model {
    fn from(row: &AuditRow) -> Self {
        let changes = row.changes.iter().map(written);
        Self {
            id: row.id.as_uuid(),
            at_ms: row.at.as_millis(),
            actor: row.actor.clone(),
            session: row.session.clone(),
            trace: row.trace.to_string(),
            action: row.action.clone(),
            subject: row.subject.clone(),
            changes: changes.collect(),
            code: row.code.map(|code| code.to_vec()),
            address: row.address.map(|address| address.to_string()),
        }
    }
}

impl TryFrom<Model> for AuditRow {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let stored = Stored("audit_row");
        let changes = stored.some(row.changes.as_array())?;
        Ok(Self {
            id: AuditId::from_uuid(row.id),
            at: Timestamp::from_millis(row.at_ms),
            actor: row.actor,
            session: row.session,
            address: row.address.map(|text| stored.good(text.parse())).transpose()?,
            trace: stored.good(TraceId::parse(&row.trace))?,
            action: row.action,
            subject: row.subject,
            changes: stored.some(changes.iter().map(change).collect())?,
            code: row.code.map(|code| stored.good(code.try_into())).transpose()?,
        })
    }
}

/// A field of a change as the program writes it, and not a word more.
fn change(value: &Value) -> Option<AuditChange> {
    let text = |name| value.get(name).and_then(Value::as_str).map(str::to_owned);
    let change =
        AuditChange { field: text("field")?, before: text("before"), after: text("after") };
    (written(&change) == *value).then_some(change)
}

fn written(change: &AuditChange) -> Json {
    json!({"field": change.field, "before": change.before, "after": change.after})
}

/// The columns of a row that somebody may have damaged.
pub(crate) const LOGGED: &str = "audit_log.id, audit_log.at_ms, audit_log.actor, \
     audit_log.session, audit_log.trace, audit_log.action, audit_log.subject, \
     CAST(audit_log.changes AS text) AS changes, audit_log.code, audit_log.address";

/// A row, or what is left of it.
#[derive(FromQueryResult)]
pub(crate) struct Logged {
    pub(crate) id: Option<Uuid>,
    at_ms: Option<i64>,
    actor: Option<String>,
    session: Option<String>,
    trace: Option<String>,
    action: Option<String>,
    subject: Option<String>,
    /// As text: what was damaged need not be JSON any more.
    changes: Option<String>,
    code: Option<Vec<u8>>,
    address: Option<String>,
}

impl Logged {
    /// The row, where it can be read.
    pub(crate) fn row(self) -> Option<AuditRow> {
        let model = Model {
            id: self.id?,
            at_ms: self.at_ms?,
            actor: self.actor?,
            session: self.session,
            trace: self.trace?,
            action: self.action?,
            subject: self.subject?,
            changes: serde_json::from_str(&self.changes?).ok()?,
            code: self.code,
            address: self.address,
        };
        AuditRow::try_from(model).ok()
    }
}

impl Listed for Model {
    type Field = AuditSort;
    const KEY: &'static [Place] = &[place("audit_log", "id")];

    fn place(field: AuditSort) -> Place {
        match field {
            AuditSort::At => place("audit_log", "at_ms"),
        }
    }

    fn value(&self, field: AuditSort) -> SortValue {
        match field {
            AuditSort::At => SortValue::Integer(self.at_ms),
        }
    }

    fn key(&self) -> Vec<Uuid> {
        vec![self.id]
    }
}
