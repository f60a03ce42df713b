//! A row of `past_passwords`.

use gaara_identity::PastPassword;
use gaara_kernel::Id;
use sea_orm::entity::prelude::*;

use super::no_relations;

#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "past_passwords")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: i64,
    pub password_hash: String,
    pub replaced_at_ms: i64,
}

no_relations!();

/// The password hash never prints.
impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Model").field("user_id", &self.user_id).finish_non_exhaustive()
    }
}

impl From<&PastPassword> for Model {
    fn from(past: &PastPassword) -> Self {
        Self {
            user_id: past.user_id.as_uuid(),
            version: past.version.number().into(),
            password_hash: past.hash.expose().to_owned(),
            replaced_at_ms: past.replaced_at.as_millis(),
        }
    }
}
