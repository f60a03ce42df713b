//! Documents in any state.

use gaara_kernel::{Timestamp, Version};

use crate::details::Annotations;
use crate::draft::{DraftInvoice, InvoiceContent};
use crate::issued::IssuedInvoice;
use crate::voided::VoidedInvoice;

/// A document in any state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Invoice {
    /// It may still change.
    Draft(Box<DraftInvoice>),
    /// It has a number and never changes.
    Issued(Box<IssuedInvoice>),
    /// It was issued by mistake, and nobody owes it.
    Void(Box<VoidedInvoice>),
}

/// The state of a document, as lists and filters name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum InvoiceStatus {
    /// It may still change.
    Draft,
    /// It has a number and never changes.
    Issued,
    /// It was issued by mistake, and nobody owes it.
    Void,
}

impl InvoiceStatus {
    /// Every status.
    pub const ALL: [Self; 3] = [Self::Draft, Self::Issued, Self::Void];

    /// The name in the API and in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Issued => "issued",
            Self::Void => "void",
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
            Self::Void(voided) => &voided.issued.content,
        }
    }

    /// How often it was saved.
    #[must_use]
    pub fn version(&self) -> Version {
        match self {
            Self::Draft(draft) => draft.version,
            Self::Issued(issued) => issued.version,
            Self::Void(voided) => voided.issued.version,
        }
    }

    /// When its draft was added.
    #[must_use]
    pub fn created_at(&self) -> Timestamp {
        match self {
            Self::Draft(draft) => draft.created_at,
            Self::Issued(issued) => issued.created_at,
            Self::Void(voided) => voided.issued.created_at,
        }
    }

    /// When it was last saved.
    #[must_use]
    pub fn updated_at(&self) -> Timestamp {
        match self {
            Self::Draft(draft) => draft.updated_at,
            Self::Issued(issued) => issued.updated_at,
            Self::Void(voided) => voided.issued.updated_at,
        }
    }

    /// Its state.
    #[must_use]
    pub const fn status(&self) -> InvoiceStatus {
        match self {
            Self::Draft(_) => InvoiceStatus::Draft,
            Self::Issued(_) => InvoiceStatus::Issued,
            Self::Void(_) => InvoiceStatus::Void,
        }
    }

    /// The document as it was issued; `None` for a draft.
    #[must_use]
    pub fn as_issued(&self) -> Option<&IssuedInvoice> {
        match self {
            Self::Draft(_) => None,
            Self::Issued(issued) => Some(issued),
            Self::Void(voided) => Some(&voided.issued),
        }
    }

    /// The same document with other notes; `None` where it is void, which is final.
    #[must_use]
    pub fn annotated(mut self, annotations: Annotations, now: Timestamp) -> Option<Self> {
        let (content, updated_at, version) = match &mut self {
            Self::Draft(draft) => (&mut draft.content, &mut draft.updated_at, &mut draft.version),
            Self::Issued(issued) => {
                (&mut issued.content, &mut issued.updated_at, &mut issued.version)
            }
            Self::Void(_) => return None,
        };
        content.written.annotations = annotations.sorted();
        *updated_at = now;
        *version = version.next();
        Some(self)
    }
}
