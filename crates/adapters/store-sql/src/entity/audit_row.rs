//! A row of `audit_log`, which only grows.

use gaara_application::{AuditChange, AuditRow, AuditSort, TraceId};
use gaara_kernel::{AuditId, Id, SortValue, StoreError, Timestamp};
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
        let changes = row.changes.iter().map(
            |change| json!({"field": change.field, "before": change.before, "after": change.after}),
        );
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

fn change(value: &Value) -> Option<AuditChange> {
    let text = |name| value.get(name).and_then(Value::as_str).map(str::to_owned);
    Some(AuditChange { field: text("field")?, before: text("before"), after: text("after") })
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
