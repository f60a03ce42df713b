//! Adding suppliers.

use gaara_identity::Permission;
use gaara_inventory::Supplier;
use gaara_kernel::{
    BilingualText, Country, Currency, DetailsChange, EmailAddress, Money, PartyDetails,
    PaymentTerms, StoreError, SupplierId, TaxId, TaxIdError, Version,
};
use thiserror::Error;

use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::failure;
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Adds a supplier.
#[derive(Debug, Clone)]
pub struct CreateSupplier {
    /// The id a client chose.
    pub id: Option<SupplierId>,
    /// The name.
    pub name: BilingualText,
    /// Where mail goes.
    pub email: Option<EmailAddress>,
    /// The tax registration number.
    pub tax_id: Option<String>,
    /// Addresses, registrations, contact and further names.
    pub details: DetailsChange,
    /// Where the supplier is registered.
    pub country: Country,
    /// The currency of its invoices.
    pub currency: Currency,
    /// The most that may be owed to it.
    pub credit_limit: Option<Money>,
    /// When its invoices are to be paid.
    pub payment_terms: PaymentTerms,
}

/// Why a supplier was not added.
#[derive(Debug, Error)]
pub enum CreateSupplierError {
    /// The tax number is not one of its country.
    #[error(transparent)]
    TaxId(#[from] TaxIdError),
    /// The store failed; [`StoreError::Duplicate`] names a taken address.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(CreateSupplierError);

impl UseCase for CreateSupplier {
    type Output = Supplier;
    type Error = CreateSupplierError;
    const PERMISSION: Permission = Permission::EditSuppliers;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Supplier, CreateSupplierError> {
        let tax_id = self.tax_id.as_deref().map(|text| TaxId::parse(self.country, text));
        let supplier = Supplier {
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
        unit.suppliers().add(&supplier).await?;
        unit.outbox().add(&Event::new("supplier.created", supplier.id, context)).await?;
        Ok(supplier)
    }

    fn audit(&self, output: &Supplier) -> AuditEntry {
        AuditEntry::new("supplier.created", output.id)
            .with("country", &output.country)
            .with("currency", &output.currency)
    }
}
