//! A row of `signing_keys`.

use gaara_identity::{KeyNumber, SigningKey};
use gaara_kernel::{StoreError, Timestamp};
use sea_orm::entity::prelude::*;

use super::no_relations;
use crate::convert::Stored;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "signing_keys")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    pub published_at_ms: i64,
    pub active_from_ms: i64,
}

no_relations!();

impl From<&SigningKey> for Model {
    fn from(key: &SigningKey) -> Self {
        Self {
            number: key.number.number().into(),
            published_at_ms: key.published_at.as_millis(),
            active_from_ms: key.active_from.as_millis(),
        }
    }
}

impl TryFrom<Model> for SigningKey {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        Ok(Self {
            number: KeyNumber::new(Stored("signing_key").number(row.number)?),
            published_at: Timestamp::from_millis(row.published_at_ms),
            active_from: Timestamp::from_millis(row.active_from_ms),
        })
    }
}
