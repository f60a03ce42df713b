//! Keys of programs.

use gaara_identity::{ApiKey, Permission};
use serde::Serialize;
use utoipa::ToSchema;

/// A key of a program, without its text.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ApiKeyBody {
    /// The id.
    #[schema(example = "key_01kare0z0qf8b8rmyh0z0hdrt5")]
    pub(crate) id: String,
    /// What people call it.
    #[schema(example = "Till in the shop")]
    pub(crate) name: String,
    /// How the key begins, to recognise it by.
    #[schema(example = "gak_5f0c1e2d")]
    pub(crate) prefix: String,
    /// Who made it, and answers for it.
    #[schema(example = "usr_01kare0z0qf8b8rmyh0z0hdrt5")]
    pub(crate) owner_id: String,
    /// What it was made for.
    #[schema(example = json!(["invoices.read"]))]
    pub(crate) permissions: Vec<&'static str>,
    /// When it stops working; `null` when it does not.
    #[schema(required = true)]
    pub(crate) expires_at: Option<String>,
    /// When it was last used, to five minutes; `null` when it was not.
    #[schema(required = true)]
    pub(crate) last_used_at: Option<String>,
    /// When it was made.
    pub(crate) created_at: String,
}

impl From<&ApiKey> for ApiKeyBody {
    fn from(key: &ApiKey) -> Self {
        Self {
            id: key.id.to_string(),
            name: key.name.clone(),
            prefix: key.prefix.clone(),
            owner_id: key.owner.to_string(),
            permissions: key.permissions.iter().map(Permission::code).collect(),
            expires_at: key.expires_at.map(|end| end.to_string()),
            last_used_at: key.last_used_at.map(|last| last.to_string()),
            created_at: key.created_at.to_string(),
        }
    }
}
