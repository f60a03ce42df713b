//! When parties pay, and what they are registered as.

use gaara_kernel::{Instalment, PartyDetails, PaymentTerms};
use serde::Serialize;
use utoipa::ToSchema;

use super::IdentifierBody;

/// When invoices are to be paid.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PaymentTermsBody {
    /// Days from the issue date to the day on which everything is due.
    #[schema(example = 30)]
    pub(crate) net_days: u16,
    /// The parts, where there is more than one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) instalments: Vec<InstalmentTermBody>,
}

/// One part of what is to be paid.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InstalmentTermBody {
    /// How much of the whole, in percent.
    #[schema(example = "50")]
    pub(crate) percent: String,
    /// Days from the issue date to its due date.
    #[schema(example = 30)]
    pub(crate) net_days: u16,
}

impl From<&PaymentTerms> for PaymentTermsBody {
    fn from(terms: &PaymentTerms) -> Self {
        let part = |part: &Instalment| InstalmentTermBody {
            percent: part.percent.to_string(),
            net_days: part.net_days,
        };
        let instalments = terms.instalments().iter().map(part).collect();
        Self { net_days: terms.net_days(), instalments }
    }
}

/// The registrations of a party.
pub(super) fn identifiers(details: &PartyDetails) -> Vec<IdentifierBody> {
    details.identifiers.as_slice().iter().map(IdentifierBody::from).collect()
}
