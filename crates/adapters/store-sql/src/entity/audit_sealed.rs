//! A row of `audit_sealed`, which only grows: what a seal keeps of a row of the log.

use sea_orm::entity::prelude::*;

use super::no_relations;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_sealed")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub seal: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i64,
    pub audit_id: Uuid,
    pub digest: Vec<u8>,
}

no_relations!();
