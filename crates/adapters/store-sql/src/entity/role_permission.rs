//! A row of `role_permissions`.

use sea_orm::entity::prelude::*;

use super::no_relations;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "role_permissions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub role_code: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub permission: String,
}

no_relations!();
