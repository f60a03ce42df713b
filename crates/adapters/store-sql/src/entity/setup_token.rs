//! The one row of `setup_tokens`.

use gaara_identity::SetupToken;
use gaara_kernel::{StoreError, Timestamp};
use sea_orm::entity::prelude::*;

use super::no_relations;
use crate::convert::Stored;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "setup_tokens")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub singleton: i64,
    pub digest: Vec<u8>,
    pub expires_at_ms: i64,
}

no_relations!();

impl From<&SetupToken> for Model {
    fn from(token: &SetupToken) -> Self {
        Self {
            singleton: 1,
            digest: token.digest.as_bytes().to_vec(),
            expires_at_ms: token.expires_at.as_millis(),
        }
    }
}

impl TryFrom<Model> for SetupToken {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        Ok(Self {
            digest: Stored("setup_token").digest(row.digest)?,
            expires_at: Timestamp::from_millis(row.expires_at_ms),
        })
    }
}
