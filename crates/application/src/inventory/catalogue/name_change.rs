//! Changing one language of a name without the other.

use gaara_kernel::{BilingualText, TextError};

use crate::audit::AuditEntry;

/// What changes of a name: `None` keeps a language, `Some(None)` takes it away.
#[derive(Debug, Clone, Default)]
pub struct NameChange {
    /// The Arabic name.
    pub ar: Option<Option<String>>,
    /// The English name.
    pub en: Option<Option<String>>,
}

impl NameChange {
    /// The name after the change.
    pub(crate) fn apply(&self, before: &BilingualText) -> Result<BilingualText, TextError> {
        let Self { ar, en } = self;
        before.merged(ar.as_ref().map(Option::as_deref), en.as_ref().map(Option::as_deref))
    }
}

/// Tells the audit log what changed of a name.
pub(crate) fn audit_name(
    entry: AuditEntry,
    before: &BilingualText,
    after: &BilingualText,
) -> AuditEntry {
    entry.with_change("name.ar", &or_empty(before.ar()), &or_empty(after.ar())).with_change(
        "name.en",
        &or_empty(before.en()),
        &or_empty(after.en()),
    )
}

fn or_empty(text: Option<&str>) -> &str {
    text.unwrap_or_default()
}

/// What a field says, and nothing where it is empty.
pub(crate) fn shown<T: ToString>(value: Option<&T>) -> String {
    value.map_or_else(String::new, ToString::to_string)
}
