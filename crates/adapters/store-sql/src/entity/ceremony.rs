//! A row of `ceremonies`.

use gaara_identity::{Ceremony, CeremonyPurpose};
use gaara_kernel::{Id, StoreError, Timestamp, UserId};
use sea_orm::entity::prelude::*;

use super::no_relations;
use crate::convert::Stored;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ceremonies")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub purpose: i64,
    pub digest: Vec<u8>,
    pub state: Vec<u8>,
    pub expires_at_ms: i64,
}

no_relations!();

/// Every purpose, from the first number on.
const PURPOSES: [(i64, CeremonyPurpose); 3] =
    [(1, CeremonyPurpose::Registration), (2, CeremonyPurpose::SignIn), (3, CeremonyPurpose::Proof)];

const fn number(purpose: CeremonyPurpose) -> i64 {
    match purpose {
        CeremonyPurpose::Registration => 1,
        CeremonyPurpose::SignIn => 2,
        CeremonyPurpose::Proof => 3,
    }
}

impl From<&Ceremony> for Model {
    fn from(ceremony: &Ceremony) -> Self {
        Self {
            user_id: ceremony.user_id.as_uuid(),
            purpose: number(ceremony.purpose),
            digest: ceremony.digest.as_bytes().to_vec(),
            state: ceremony.state.clone(),
            expires_at_ms: ceremony.expires_at.as_millis(),
        }
    }
}

impl TryFrom<Model> for Ceremony {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let purpose = PURPOSES.into_iter().find(|(number, _)| *number == row.purpose);
        let (_, purpose) = purpose.ok_or(StoreError::Corrupt { entity: "ceremony" })?;
        Ok(Self {
            digest: Stored("ceremony").digest(row.digest)?,
            user_id: UserId::from_uuid(row.user_id),
            purpose,
            state: row.state,
            expires_at: Timestamp::from_millis(row.expires_at_ms),
        })
    }
}
