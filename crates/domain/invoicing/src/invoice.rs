//! Documents in any state.

use gaara_kernel::{Timestamp, Version};

use crate::draft::{DraftInvoice, InvoiceContent};
use crate::issued::IssuedInvoice;

/// A document in any state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Invoice {
    /// It may still change.
    Draft(Box<DraftInvoice>),
    /// It has a number and never changes.
    Issued(Box<IssuedInvoice>),
}

/// The state of a document, as lists and filters name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum InvoiceStatus {
    /// It may still change.
    Draft,
    /// It has a number and never changes.
    Issued,
}

impl InvoiceStatus {
    /// Every status.
    pub const ALL: [Self; 2] = [Self::Draft, Self::Issued];

    /// The name in the API and in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Issued => "issued",
        }
    }

    /// Finds a status by its name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }
}

impl Invoice {
    /// What it says.
    #[must_use]
    pub fn content(&self) -> &InvoiceContent {
        match self {
            Self::Draft(draft) => &draft.content,
            Self::Issued(issued) => &issued.content,
        }
    }

    /// How often it was saved.
    #[must_use]
    pub fn version(&self) -> Version {
        match self {
            Self::Draft(draft) => draft.version,
            Self::Issued(issued) => issued.version,
        }
    }

    /// When its draft was added.
    #[must_use]
    pub fn created_at(&self) -> Timestamp {
        match self {
            Self::Draft(draft) => draft.created_at,
            Self::Issued(issued) => issued.created_at,
        }
    }

    /// When it was last saved.
    #[must_use]
    pub fn updated_at(&self) -> Timestamp {
        match self {
            Self::Draft(draft) => draft.updated_at,
            Self::Issued(issued) => issued.updated_at,
        }
    }
}
