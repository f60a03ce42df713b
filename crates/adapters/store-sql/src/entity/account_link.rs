//! A row of `account_links`.

use gaara_identity::{AccountLink, LinkPurpose, LinkSeed};
use gaara_kernel::{Id, StoreError, Timestamp, UserId};
use sea_orm::entity::prelude::*;

use super::no_relations;
use crate::convert::Stored;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account_links")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: Uuid,
    pub purpose: String,
    pub seed: Vec<u8>,
    pub digest: Vec<u8>,
    pub created_at_ms: i64,
    pub expires_at_ms: i64,
    pub attempts: i64,
    pub mail_at_ms: Option<i64>,
}

no_relations!();

impl From<&AccountLink> for Model {
    fn from(link: &AccountLink) -> Self {
        Self {
            user_id: link.user_id.as_uuid(),
            purpose: link.purpose.code().to_owned(),
            seed: link.seed.as_bytes().to_vec(),
            digest: link.digest.as_bytes().to_vec(),
            created_at_ms: link.created_at.as_millis(),
            expires_at_ms: link.expires_at.as_millis(),
            attempts: link.attempts.into(),
            mail_at_ms: link.mail_at.map(Timestamp::as_millis),
        }
    }
}

impl TryFrom<Model> for AccountLink {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let stored = Stored("account_link");
        Ok(Self {
            user_id: UserId::from_uuid(row.user_id),
            purpose: stored.some(LinkPurpose::from_code(&row.purpose))?,
            seed: LinkSeed::new(stored.good(row.seed.try_into())?),
            digest: stored.digest(row.digest)?,
            created_at: Timestamp::from_millis(row.created_at_ms),
            expires_at: Timestamp::from_millis(row.expires_at_ms),
            attempts: stored.number(row.attempts)?,
            mail_at: row.mail_at_ms.map(Timestamp::from_millis),
        })
    }
}
