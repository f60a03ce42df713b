//! A row of `audit_seals`, which only grows.

use gaara_application::AuditSeal;
use gaara_kernel::{StoreError, Timestamp};
use sea_orm::entity::prelude::*;

use super::no_relations;
use crate::convert::Stored;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_seals")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    pub row_count: i64,
    pub root: Vec<u8>,
    pub previous: Vec<u8>,
    pub sealed_at_ms: i64,
    pub signature: Vec<u8>,
}

no_relations!();

impl TryFrom<&AuditSeal> for Model {
    type Error = StoreError;

    fn try_from(seal: &AuditSeal) -> Result<Self, StoreError> {
        Ok(Self {
            number: Stored("audit_seal").good(seal.number.try_into())?,
            row_count: seal.rows.into(),
            root: seal.root.to_vec(),
            previous: seal.previous.to_vec(),
            sealed_at_ms: seal.sealed_at.as_millis(),
            signature: seal.signature.clone(),
        })
    }
}

impl TryFrom<Model> for AuditSeal {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let stored = Stored("audit_seal");
        Ok(Self {
            number: stored.number(row.number)?,
            rows: stored.number(row.row_count)?,
            root: *stored.digest(row.root)?.as_bytes(),
            previous: *stored.digest(row.previous)?.as_bytes(),
            sealed_at: Timestamp::from_millis(row.sealed_at_ms),
            signature: row.signature,
        })
    }
}
