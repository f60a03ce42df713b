//! The other side of a document, whether it buys from us or sells to us.

use gaara_identity::Organization;
use gaara_inventory::Supplier;
use gaara_invoicing::{Customer, PartyId, PartySnapshot, PaymentTerms};
use gaara_kernel::{
    Address, BilingualText, Country, Currency, Money, PartyDetails, StoreError, TaxId,
};

use crate::ports::UnitOfWork;

/// What documents need to know of a customer or a supplier.
pub(super) struct Party {
    pub(super) id: PartyId,
    pub(super) currency: Currency,
    /// The most that a customer may owe us.
    pub(super) credit_limit: Option<Money>,
    pub(super) terms: PaymentTerms,
    pub(super) is_archived: bool,
    pub(super) snapshot: PartySnapshot,
}

/// Finds a party, kept as it is until the unit ends.
pub(super) async fn hold_party(
    unit: &mut dyn UnitOfWork,
    id: PartyId,
) -> Result<Option<Party>, StoreError> {
    match id {
        PartyId::Customer(customer) => {
            Ok(unit.customers().hold(customer).await?.map(Party::from_customer))
        }
        PartyId::Supplier(supplier) => {
            let found = unit.suppliers().hold_many(&[supplier]).await?.pop();
            Ok(found.map(Party::from_supplier))
        }
    }
}

impl Party {
    fn from_customer(customer: Customer) -> Self {
        let Customer { id, name, email, tax_id, details, country, .. } = customer;
        Self {
            id: PartyId::Customer(id),
            currency: customer.currency,
            credit_limit: customer.credit_limit,
            terms: customer.payment_terms,
            is_archived: customer.archived_at.is_some(),
            snapshot: side(name, tax_id, details, country).reached_at(email),
        }
    }

    fn from_supplier(supplier: Supplier) -> Self {
        let Supplier { id, name, email, tax_id, details, country, .. } = supplier;
        Self {
            id: PartyId::Supplier(id),
            currency: supplier.currency,
            credit_limit: None,
            terms: supplier.payment_terms,
            is_archived: supplier.archived_at.is_some(),
            snapshot: side(name, tax_id, details, country).reached_at(email),
        }
    }
}

/// The organisation as one side of a document.
pub(super) fn our_side(organization: &Organization) -> PartySnapshot {
    let Organization { name, tax_id, details, country, .. } = organization.clone();
    side(name, tax_id, details, country)
}

/// One side of a document as it is now. It goes by its name in law where it has another one, and
/// then trades under the one it usually goes by.
fn side(
    name: BilingualText,
    tax_id: Option<TaxId>,
    details: PartyDetails,
    country: Country,
) -> PartySnapshot {
    let address = details.billing_address.unwrap_or_else(|| Address::in_country(country));
    let (name, usual) = match details.legal_name {
        Some(legal) => (legal, Some(name)),
        None => (name, None),
    };
    PartySnapshot {
        trade_name: details.trade_name.or(usual),
        tax_id,
        identifiers: details.identifiers,
        electronic_address: details.electronic_address,
        contact: details.contact,
        ..PartySnapshot::named(name, address)
    }
}
