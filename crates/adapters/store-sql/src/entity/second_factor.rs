//! A row of `second_factors`.

use gaara_identity::{SealedSecret, SecondFactor, TotpStep};
use gaara_kernel::{Id, StoreError, Timestamp, UserId};
use sea_orm::entity::prelude::*;

use super::no_relations;
use crate::convert::Stored;

#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "second_factors")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: Uuid,
    pub secret: Vec<u8>,
    pub started_at_ms: i64,
    pub confirmed_at_ms: Option<i64>,
    pub last_step: Option<i64>,
}

no_relations!();

/// The secret never prints, sealed as it is.
impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Model").field("user_id", &self.user_id).finish_non_exhaustive()
    }
}

impl From<&SecondFactor> for Model {
    fn from(factor: &SecondFactor) -> Self {
        Self {
            user_id: factor.user_id.as_uuid(),
            secret: factor.secret.as_bytes().to_vec(),
            started_at_ms: factor.started_at.as_millis(),
            confirmed_at_ms: factor.confirmed_at.map(Timestamp::as_millis),
            last_step: factor.last_step.map(|step| step.number().into()),
        }
    }
}

impl TryFrom<Model> for SecondFactor {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let stored = Stored("second_factor");
        let last_step = row.last_step.map(|step| stored.number(step)).transpose()?;
        Ok(Self {
            user_id: UserId::from_uuid(row.user_id),
            secret: SealedSecret::new(row.secret),
            started_at: Timestamp::from_millis(row.started_at_ms),
            confirmed_at: row.confirmed_at_ms.map(Timestamp::from_millis),
            last_step: last_step.map(TotpStep::new),
        })
    }
}
