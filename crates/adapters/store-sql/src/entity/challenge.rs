//! A row of `challenges`.

use gaara_identity::{Challenge, Origin};
use gaara_kernel::{Id, StoreError, Timestamp, UserId};
use sea_orm::entity::prelude::*;

use super::no_relations;
use crate::convert::Stored;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "challenges")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub digest: Vec<u8>,
    pub user_id: Uuid,
    pub user_version: i64,
    pub login: Option<String>,
    pub network: String,
    pub device: String,
    pub expires_at_ms: i64,
    pub tries_left: i64,
}

no_relations!();

impl From<&Challenge> for Model {
    fn from(challenge: &Challenge) -> Self {
        Self {
            digest: challenge.digest.as_bytes().to_vec(),
            user_id: challenge.user_id.as_uuid(),
            user_version: challenge.user_version.number().into(),
            login: challenge.login.clone(),
            network: challenge.origin.network.clone(),
            device: challenge.origin.device.clone(),
            expires_at_ms: challenge.expires_at.as_millis(),
            tries_left: challenge.tries_left.into(),
        }
    }
}

impl TryFrom<Model> for Challenge {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let stored = Stored("challenge");
        Ok(Self {
            digest: stored.digest(row.digest)?,
            user_id: UserId::from_uuid(row.user_id),
            user_version: stored.version(row.user_version)?,
            login: row.login,
            origin: Origin { network: row.network, device: row.device },
            expires_at: Timestamp::from_millis(row.expires_at_ms),
            tries_left: stored.number(row.tries_left)?,
        })
    }
}
