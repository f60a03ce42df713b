//! The other side of a document, whether it buys from us or sells to us.

use gaara_identity::Organization;
use gaara_inventory::Supplier;
use gaara_invoicing::{Customer, PartyId, PartySnapshot, PaymentTerms};
use gaara_kernel::{Address, Contact, Currency, Money, StoreError, TaxId};

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
            Ok(unit.customers().find(customer).await?.map(Party::from_customer))
        }
        PartyId::Supplier(supplier) => {
            let found = unit.suppliers().hold_many(&[supplier]).await?.pop();
            Ok(found.map(Party::from_supplier))
        }
    }
}

impl Party {
    fn from_customer(customer: Customer) -> Self {
        Self {
            id: PartyId::Customer(customer.id),
            currency: customer.currency,
            credit_limit: customer.credit_limit,
            terms: customer.payment_terms,
            is_archived: false,
            snapshot: PartySnapshot {
                tax_id: customer.tax_id.map(TaxId::from_stored),
                contact: Contact { email: customer.email, ..Contact::default() },
                ..PartySnapshot::named(customer.name, Address::in_country(customer.country))
            },
        }
    }

    fn from_supplier(supplier: Supplier) -> Self {
        Self {
            id: PartyId::Supplier(supplier.id),
            currency: supplier.currency,
            credit_limit: None,
            terms: supplier.payment_terms,
            is_archived: supplier.archived_at.is_some(),
            snapshot: PartySnapshot {
                tax_id: supplier.tax_id.map(TaxId::from_stored),
                contact: Contact { email: supplier.email, ..Contact::default() },
                ..PartySnapshot::named(supplier.name, Address::in_country(supplier.country))
            },
        }
    }
}

/// The organisation as one side of a document.
pub(super) fn our_side(organization: &Organization) -> PartySnapshot {
    let address = Address::in_country(organization.country);
    PartySnapshot::named(organization.name.clone(), address)
}
