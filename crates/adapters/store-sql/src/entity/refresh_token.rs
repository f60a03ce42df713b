//! A row of `refresh_tokens`.

use gaara_identity::RefreshToken;
use gaara_kernel::{Id, SessionId, StoreError, Timestamp};
use sea_orm::entity::prelude::*;

use super::no_relations;
use crate::convert::Stored;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "refresh_tokens")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub digest: Vec<u8>,
    pub session_id: Uuid,
    pub generation: i64,
    pub expires_at_ms: i64,
    pub consumed_at_ms: Option<i64>,
}

no_relations!();

impl From<&RefreshToken> for Model {
    fn from(token: &RefreshToken) -> Self {
        Self {
            digest: token.digest.as_bytes().to_vec(),
            session_id: token.session_id.as_uuid(),
            generation: token.generation.into(),
            expires_at_ms: token.expires_at.as_millis(),
            consumed_at_ms: token.consumed_at.map(Timestamp::as_millis),
        }
    }
}

impl TryFrom<Model> for RefreshToken {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let stored = Stored("refresh_token");
        Ok(Self {
            digest: stored.digest(row.digest)?,
            session_id: SessionId::from_uuid(row.session_id),
            generation: stored.number(row.generation)?,
            expires_at: Timestamp::from_millis(row.expires_at_ms),
            consumed_at: row.consumed_at_ms.map(Timestamp::from_millis),
        })
    }
}
