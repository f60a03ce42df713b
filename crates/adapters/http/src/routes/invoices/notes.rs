//! What people note on a document, as requests write it.

use gaara_invoicing::Annotations;
use gaara_invoicing::details::Reference;
use gaara_kernel::BilingualText;
use serde::Deserialize;
use validator::Validate;

use crate::json::{Check, Field, TextList};

/// The members of a request that may change after a document was issued.
pub(super) const NOTES: [&str; 3] = ["note", "tags", "due_note"];

/// Those members.
#[derive(Debug, Deserialize, Validate)]
pub(super) struct NoteMembers {
    #[serde(default)]
    pub(super) note: Field<BilingualText>,
    #[serde(default)]
    pub(super) tags: Field<TextList<Reference>>,
    #[serde(default)]
    pub(super) due_note: Field<BilingualText>,
}

impl NoteMembers {
    /// Reads the notes onto those that were there before.
    pub(super) fn read(self, check: &mut Check, before: Annotations) -> Option<Annotations> {
        let note = check.keep("/note", self.note, before.note);
        let tags = check.keep("/tags", self.tags, Some(TextList(before.tags)));
        let due_note = check.keep("/due_note", self.due_note, before.due_note);
        let tags = tags?.map(|TextList(tags)| tags).unwrap_or_default();
        Some(Annotations { note: note?, tags, due_note: due_note? })
    }
}
