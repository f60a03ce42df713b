//! Adding customers.

use gaara_identity::Permission;
use gaara_invoicing::{Customer, PaymentTerms};
use gaara_kernel::{
    BilingualText, Country, Currency, CustomerId, DetailsChange, EmailAddress, Money, PartyDetails,
    StoreError, TaxId, TaxIdError, Version,
};
use thiserror::Error;

use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::failure;
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Adds a customer.
#[derive(Debug, Clone)]
pub struct CreateCustomer {
    /// The id a client chose.
    pub id: Option<CustomerId>,
    /// The name.
    pub name: BilingualText,
    /// Where mail goes.
    pub email: Option<EmailAddress>,
    /// The tax registration number.
    pub tax_id: Option<String>,
    /// Addresses, registrations, contact and further names.
    pub details: DetailsChange,
    /// Where the customer is registered.
    pub country: Country,
    /// The currency of its invoices.
    pub currency: Currency,
    /// The most it may owe.
    pub credit_limit: Option<Money>,
    /// When its invoices are to be paid.
    pub payment_terms: PaymentTerms,
}

/// Why a customer was not added.
#[derive(Debug, Error)]
pub enum CreateCustomerError {
    /// The tax number is not one of its country.
    #[error(transparent)]
    TaxId(#[from] TaxIdError),
    /// The store failed; [`StoreError::Duplicate`] names a taken address.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(CreateCustomerError);

impl UseCase for CreateCustomer {
    type Output = Customer;
    type Error = CreateCustomerError;
    const PERMISSION: Permission = Permission::EditCustomers;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Customer, CreateCustomerError> {
        let tax_id = self.tax_id.as_deref().map(|text| TaxId::parse(self.country, text));
        let customer = Customer {
            id: context.id_or_new(self.id),
            name: self.name.clone(),
            email: self.email.clone(),
            tax_id: tax_id.transpose()?,
            details: self.details.apply(&PartyDetails::default(), self.country),
            country: self.country,
            currency: self.currency,
            credit_limit: self.credit_limit,
            payment_terms: self.payment_terms.clone(),
            archived_at: None,
            created_at: context.now(),
            updated_at: context.now(),
            version: Version::FIRST,
        };
        unit.customers().add(&customer).await?;
        unit.outbox().add(&Event::new("customer.created", customer.id, context)).await?;
        Ok(customer)
    }

    fn audit(&self, output: &Customer) -> AuditEntry {
        AuditEntry::new("customer.created", output.id)
            .with("country", &output.country)
            .with("currency", &output.currency)
    }
}
