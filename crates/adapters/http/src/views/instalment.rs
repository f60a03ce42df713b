//! What of an invoice is due when.

use gaara_invoicing::OpenPart;
use serde::Serialize;
use utoipa::ToSchema;

/// A part of what is to be paid.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InstalmentBody {
    /// When it is to be paid.
    #[schema(example = "2026-12-23")]
    pub(crate) due_date: String,
    /// How much.
    #[schema(example = "434.18")]
    pub(crate) amount: String,
    /// What of it is still open; what was paid goes to the first due first.
    #[schema(example = "0.00")]
    pub(crate) open: String,
}

impl From<&OpenPart> for InstalmentBody {
    fn from(open: &OpenPart) -> Self {
        Self {
            due_date: open.part.due_date.to_string(),
            amount: open.part.amount.amount(),
            open: open.open.amount(),
        }
    }
}
