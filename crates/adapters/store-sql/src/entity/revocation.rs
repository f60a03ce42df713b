//! A row of `revocations`.

use gaara_identity::{Revocation, Revoked};
use gaara_kernel::{StoreError, Timestamp};
use sea_orm::entity::prelude::*;

use super::no_relations;
use crate::convert::Stored;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "revocations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub subject: String,
    pub revoked_at_ms: i64,
    pub expires_at_ms: i64,
    pub times: i64,
}

no_relations!();

impl From<&Revocation> for Model {
    fn from(revocation: &Revocation) -> Self {
        let (kind, subject) = revocation.what.to_stored();
        Self {
            kind: kind.to_owned(),
            subject,
            revoked_at_ms: revocation.at.as_millis(),
            expires_at_ms: revocation.expires_at.as_millis(),
            times: revocation.count.into(),
        }
    }
}

impl TryFrom<Model> for Revocation {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let stored = Stored("revocation");
        Ok(Self {
            what: stored.some(Revoked::from_stored(&row.kind, &row.subject))?,
            at: Timestamp::from_millis(row.revoked_at_ms),
            expires_at: Timestamp::from_millis(row.expires_at_ms),
            count: stored.number(row.times)?,
        })
    }
}
