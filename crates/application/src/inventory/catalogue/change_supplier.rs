//! Changing suppliers.

use gaara_identity::Permission;
use gaara_inventory::Supplier;
use gaara_kernel::{StoreError, SupplierId, Version};
use thiserror::Error;

use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::failure;
use crate::outbox::Event;
use crate::party::{PartyChange, PartyError, PartyFields, audit_party};
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Changes what is given and keeps the rest.
#[derive(Debug, Clone)]
pub struct ChangeSupplier {
    /// Which supplier.
    pub id: SupplierId,
    /// The version the change was made on.
    pub expected: Version,
    /// What changes.
    pub change: PartyChange,
}

/// Why a supplier was not changed.
#[derive(Debug, Error)]
pub enum ChangeSupplierError {
    /// There is no such supplier.
    #[error("there is no such supplier")]
    NotFound,
    /// Somebody changed it meanwhile.
    #[error("the supplier is at version {current}")]
    Stale {
        /// The version it is at.
        current: Version,
    },
    /// It would break a rule.
    #[error(transparent)]
    Party(#[from] PartyError),
    /// The store failed; [`StoreError::Duplicate`] names a taken address.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(ChangeSupplierError);

impl UseCase for ChangeSupplier {
    /// The supplier before and after.
    type Output = (Supplier, Supplier);
    type Error = ChangeSupplierError;
    const PERMISSION: Permission = Permission::EditSuppliers;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Self::Output, ChangeSupplierError> {
        let before = unit.suppliers().lock(self.id).await?.ok_or(ChangeSupplierError::NotFound)?;
        if before.version != self.expected {
            return Err(ChangeSupplierError::Stale { current: before.version });
        }
        let fields = self.change.apply(&fields(&before))?;
        let after = Supplier {
            name: fields.name,
            email: fields.email,
            tax_id: fields.tax_id,
            details: fields.details,
            country: fields.country,
            currency: fields.currency,
            credit_limit: fields.credit_limit,
            payment_terms: fields.payment_terms,
            updated_at: context.now(),
            version: before.version.next(),
            ..before.clone()
        };
        unit.suppliers().save(&after).await?;
        unit.outbox().add(&Event::new("supplier.changed", after.id, context)).await?;
        Ok((before, after))
    }

    fn audit(&self, (before, after): &Self::Output) -> AuditEntry {
        let entry = AuditEntry::new("supplier.changed", after.id);
        audit_party(entry, &fields(before), &fields(after))
    }
}

fn fields(supplier: &Supplier) -> PartyFields {
    let supplier = supplier.clone();
    PartyFields {
        name: supplier.name,
        email: supplier.email,
        tax_id: supplier.tax_id,
        details: supplier.details,
        country: supplier.country,
        currency: supplier.currency,
        credit_limit: supplier.credit_limit,
        payment_terms: supplier.payment_terms,
    }
}
