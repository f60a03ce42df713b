//! A row of `idempotency_records`.

use gaara_application::{Fingerprint, IdempotencyKey, IdempotencyRecord, StoredReply};
use gaara_kernel::{StoreError, Timestamp};
use sea_orm::entity::prelude::*;

use super::no_relations;
use crate::convert::{Stored, json_from_pairs, pairs_from_json};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency_records")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub principal: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub route: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    pub fingerprint: Vec<u8>,
    pub status: i64,
    #[sea_orm(column_type = "JsonBinary")]
    pub headers: Json,
    pub body: Vec<u8>,
    pub created_at_ms: i64,
    pub expires_at_ms: i64,
}

no_relations!();

impl From<&IdempotencyRecord> for Model {
    fn from(record: &IdempotencyRecord) -> Self {
        Self {
            principal: record.key.principal.clone(),
            route: record.key.route.clone(),
            key: record.key.key.clone(),
            fingerprint: record.fingerprint.0.to_vec(),
            status: record.reply.status.into(),
            headers: json_from_pairs(&record.reply.headers),
            body: record.reply.body.clone(),
            created_at_ms: record.created_at.as_millis(),
            expires_at_ms: record.expires_at.as_millis(),
        }
    }
}

impl TryFrom<Model> for IdempotencyRecord {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let stored = Stored("idempotency_record");
        Ok(Self {
            key: IdempotencyKey { principal: row.principal, route: row.route, key: row.key },
            fingerprint: Fingerprint(stored.good(row.fingerprint.try_into())?),
            reply: StoredReply {
                status: stored.number(row.status)?,
                headers: stored.some(pairs_from_json(&row.headers))?,
                body: row.body,
            },
            created_at: Timestamp::from_millis(row.created_at_ms),
            expires_at: Timestamp::from_millis(row.expires_at_ms),
        })
    }
}
