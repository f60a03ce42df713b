//! A row of `sessions`.

use gaara_identity::{LiveSession, Origin, Session};
use gaara_kernel::{Id, SessionId, Timestamp, UserId};
use sea_orm::entity::prelude::*;

use super::no_relations;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sessions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub user_id: Uuid,
    pub created_at_ms: i64,
    pub expires_at_ms: i64,
    pub ended_at_ms: Option<i64>,
    pub last_used_at_ms: Option<i64>,
    pub proven_at_ms: Option<i64>,
    pub network: String,
    pub device: String,
}

no_relations!();

impl Model {
    pub(crate) fn new(session: &Session, origin: &Origin) -> Self {
        Self {
            id: session.id.as_uuid(),
            user_id: session.user_id.as_uuid(),
            created_at_ms: session.created_at.as_millis(),
            expires_at_ms: session.expires_at.as_millis(),
            ended_at_ms: session.ended_at.map(Timestamp::as_millis),
            last_used_at_ms: Some(session.last_used_at.as_millis()),
            proven_at_ms: Some(session.proven_at.as_millis()),
            network: origin.network.clone(),
            device: origin.device.clone(),
        }
    }
}

impl From<Model> for LiveSession {
    fn from(row: Model) -> Self {
        let origin = Origin { network: row.network.clone(), device: row.device.clone() };
        Self { session: row.into(), origin }
    }
}

impl From<Model> for Session {
    fn from(row: Model) -> Self {
        Self {
            id: SessionId::from_uuid(row.id),
            user_id: UserId::from_uuid(row.user_id),
            created_at: Timestamp::from_millis(row.created_at_ms),
            // A program before this one adds rows that do not tell.
            last_used_at: Timestamp::from_millis(row.last_used_at_ms.unwrap_or(row.created_at_ms)),
            proven_at: Timestamp::from_millis(row.proven_at_ms.unwrap_or(row.created_at_ms)),
            expires_at: Timestamp::from_millis(row.expires_at_ms),
            ended_at: row.ended_at_ms.map(Timestamp::from_millis),
        }
    }
}
