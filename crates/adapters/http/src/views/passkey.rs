//! Passkeys.

use gaara_identity::Passkey;
use serde::Serialize;
use utoipa::ToSchema;

/// A passkey of yours.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PasskeyBody {
    /// The id.
    #[schema(example = "psk_01kare0z0qf8b8rmyh0z0hdrt5")]
    pub(crate) id: String,
    /// What you call it.
    #[schema(example = "Phone")]
    pub(crate) name: String,
    /// When it was added.
    pub(crate) created_at: String,
    /// When it was last used; `null` when it was not.
    #[schema(required = true)]
    pub(crate) last_used_at: Option<String>,
}

impl From<&Passkey> for PasskeyBody {
    fn from(passkey: &Passkey) -> Self {
        Self {
            id: passkey.id.to_string(),
            name: passkey.name.clone(),
            created_at: passkey.created_at.to_string(),
            last_used_at: passkey.last_used_at.map(|last| last.to_string()),
        }
    }
}
