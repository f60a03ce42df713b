//! A row of `second_factor_roles`.

use sea_orm::entity::prelude::*;

use super::no_relations;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "second_factor_roles")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub role_code: String,
}

no_relations!();
