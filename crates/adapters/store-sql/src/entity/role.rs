//! A row of `roles`; what a role allows stands in rows of their own.

use gaara_identity::{AssignableRole, Permissions, Role, RoleCode, RoleSort};
use gaara_kernel::{Id, RoleId, SortValue, StoreError, Timestamp};
use sea_orm::entity::prelude::*;

use super::no_relations;
use crate::convert::{Stored, text};
use crate::keyset::{Listed, Place, place};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "roles")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub code: String,
    pub name_ar: Option<String>,
    pub name_en: Option<String>,
    pub created_at_ms: i64,
    pub version: i64,
}

no_relations!();

impl From<&AssignableRole> for Model {
    fn from(role: &AssignableRole) -> Self {
        Self {
            id: role.id.as_uuid(),
            code: role.code.as_str().to_owned(),
            name_ar: text(role.name.ar()),
            name_en: text(role.name.en()),
            created_at_ms: role.created_at.as_millis(),
            version: role.version.number().into(),
        }
    }
}

impl Model {
    /// The role with what it allows; what a built-in role allows stands in the program.
    pub(crate) fn with(self, permissions: Permissions) -> Result<AssignableRole, StoreError> {
        let stored = Stored("role");
        let code = stored.good(RoleCode::parse(&self.code))?;
        Ok(AssignableRole {
            id: RoleId::from_uuid(self.id),
            permissions: code.built_in().map_or(permissions, Role::permissions),
            code,
            name: stored.name(self.name_ar.as_ref(), self.name_en.as_ref())?,
            created_at: Timestamp::from_millis(self.created_at_ms),
            version: stored.version(self.version)?,
        })
    }
}

impl Listed for Model {
    type Field = RoleSort;
    const KEY: &'static [Place] = &[place("roles", "id")];

    fn place(field: RoleSort) -> Place {
        match field {
            RoleSort::Code => place("roles", "code"),
            RoleSort::CreatedAt => place("roles", "created_at_ms"),
        }
    }

    fn value(&self, field: RoleSort) -> SortValue {
        match field {
            RoleSort::Code => SortValue::Text(self.code.clone()),
            RoleSort::CreatedAt => SortValue::Integer(self.created_at_ms),
        }
    }

    fn key(&self) -> Vec<Uuid> {
        vec![self.id]
    }
}
