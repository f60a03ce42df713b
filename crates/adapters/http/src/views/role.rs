//! Roles as the API shows them.

use gaara_identity::{AssignableRole, Permission};
use gaara_kernel::Language;
use serde::Serialize;
use utoipa::ToSchema;

use super::BilingualBody;

/// What somebody may do.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RoleBody {
    /// The id.
    #[schema(example = "rol_01kare0z0qf8b8rmyh0z0hdrt5")]
    id: String,
    /// The code that users name it by; it never changes.
    #[schema(example = "cashier")]
    code: String,
    /// The name.
    name: BilingualBody,
    /// The name in the language asked for.
    display_name: String,
    /// Whether every installation has this role; it stays as it is then.
    built_in: bool,
    /// What it allows.
    #[schema(example = json!(["account.own", "invoices.issue"]))]
    permissions: Vec<&'static str>,
    /// When it was made.
    created_at: String,
    /// How often it was saved.
    version: u32,
}

impl RoleBody {
    pub(crate) fn new(role: &AssignableRole, language: Language) -> Self {
        Self {
            id: role.id.to_string(),
            code: role.code.as_str().to_owned(),
            name: (&role.name).into(),
            display_name: role.name.pick(language).to_owned(),
            built_in: role.is_built_in(),
            permissions: role.permissions.iter().map(Permission::code).collect(),
            created_at: role.created_at.to_string(),
            version: role.version.number(),
        }
    }
}
