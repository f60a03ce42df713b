//! A row of `passkeys`.

use gaara_identity::Passkey;
use gaara_kernel::{Id, PasskeyId, Timestamp, UserId};
use sea_orm::entity::prelude::*;

use super::no_relations;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "passkeys")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub user_id: Uuid,
    pub name: String,
    pub credential: Vec<u8>,
    pub record: Vec<u8>,
    pub created_at_ms: i64,
    pub last_used_at_ms: Option<i64>,
}

no_relations!();

impl From<&Passkey> for Model {
    fn from(passkey: &Passkey) -> Self {
        Self {
            id: passkey.id.as_uuid(),
            user_id: passkey.user_id.as_uuid(),
            name: passkey.name.clone(),
            credential: passkey.credential.clone(),
            record: passkey.record.clone(),
            created_at_ms: passkey.created_at.as_millis(),
            last_used_at_ms: passkey.last_used_at.map(Timestamp::as_millis),
        }
    }
}

impl From<Model> for Passkey {
    fn from(row: Model) -> Self {
        Self {
            id: PasskeyId::from_uuid(row.id),
            user_id: UserId::from_uuid(row.user_id),
            name: row.name,
            credential: row.credential,
            record: row.record,
            created_at: Timestamp::from_millis(row.created_at_ms),
            last_used_at: row.last_used_at_ms.map(Timestamp::from_millis),
        }
    }
}
