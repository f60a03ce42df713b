//! A row of `sessions`.

use gaara_identity::Session;
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
}

no_relations!();

impl From<&Session> for Model {
    fn from(session: &Session) -> Self {
        Self {
            id: session.id.as_uuid(),
            user_id: session.user_id.as_uuid(),
            created_at_ms: session.created_at.as_millis(),
            expires_at_ms: session.expires_at.as_millis(),
            ended_at_ms: session.ended_at.map(Timestamp::as_millis),
        }
    }
}

impl From<Model> for Session {
    fn from(row: Model) -> Self {
        Self {
            id: SessionId::from_uuid(row.id),
            user_id: UserId::from_uuid(row.user_id),
            created_at: Timestamp::from_millis(row.created_at_ms),
            expires_at: Timestamp::from_millis(row.expires_at_ms),
            ended_at: row.ended_at_ms.map(Timestamp::from_millis),
        }
    }
}
