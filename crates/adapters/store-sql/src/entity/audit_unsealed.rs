//! A row of `audit_unsealed`: a row of the log that waits for a seal.

use sea_orm::entity::prelude::*;

use super::no_relations;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_unsealed")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub audit_id: Uuid,
}

no_relations!();
