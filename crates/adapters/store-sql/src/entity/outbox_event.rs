//! A row of `outbox`, numbered in the order of writing.

use gaara_application::Event;
use gaara_kernel::{EventId, Id, StoreError, Timestamp};
use sea_orm::Set;
use sea_orm::entity::prelude::*;

use super::no_relations;
use crate::convert::{Stored, json_from_pairs, pairs_from_json};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub sequence: i64,
    pub id: Uuid,
    pub kind: String,
    pub subject: String,
    pub at_ms: i64,
    #[sea_orm(column_type = "JsonBinary")]
    pub data: Json,
    pub delivered_at_ms: Option<i64>,
}

no_relations!();

impl From<&Event> for ActiveModel {
    fn from(event: &Event) -> Self {
        Self {
            id: Set(event.id.as_uuid()),
            kind: Set(event.kind.clone()),
            subject: Set(event.subject.clone()),
            at_ms: Set(event.at.as_millis()),
            data: Set(json_from_pairs(&event.data)),
            delivered_at_ms: Set(None),
            ..Default::default()
        }
    }
}

impl TryFrom<Model> for Event {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: EventId::from_uuid(row.id),
            kind: row.kind,
            subject: row.subject,
            at: Timestamp::from_millis(row.at_ms),
            data: Stored("event").some(pairs_from_json(&row.data))?,
        })
    }
}
