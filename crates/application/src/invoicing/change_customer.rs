//! Changing customers.

use gaara_identity::Permission;
use gaara_invoicing::{Customer, PartyId};
use gaara_kernel::{CustomerId, StoreError, Version};
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
pub struct ChangeCustomer {
    /// Which customer.
    pub id: CustomerId,
    /// The version the change was made on.
    pub expected: Version,
    /// What changes.
    pub change: PartyChange,
}

/// Why a customer was not changed.
#[derive(Debug, Error)]
pub enum ChangeCustomerError {
    /// There is no such customer.
    #[error("there is no such customer")]
    NotFound,
    /// Somebody changed it meanwhile.
    #[error("the customer is at version {current}")]
    Stale {
        /// The version it is at.
        current: Version,
    },
    /// It would break a rule.
    #[error(transparent)]
    Party(#[from] PartyError),
    /// It has invoices in its currency, drafts or open ones.
    #[error("the customer has invoices in {0}")]
    CurrencyInUse(gaara_kernel::Currency),
    /// The store failed; [`StoreError::Duplicate`] names a taken address.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(ChangeCustomerError);

impl UseCase for ChangeCustomer {
    /// The customer before and after.
    type Output = (Customer, Customer);
    type Error = ChangeCustomerError;
    const PERMISSION: Permission = Permission::EditCustomers;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Self::Output, ChangeCustomerError> {
        let before = unit.customers().lock_whole(self.id).await?;
        let before = before.ok_or(ChangeCustomerError::NotFound)?;
        if before.version != self.expected {
            return Err(ChangeCustomerError::Stale { current: before.version });
        }
        let fields = self.change.apply(&fields(&before))?;
        if fields.currency != before.currency
            && unit.invoices().is_busy(PartyId::Customer(before.id)).await?
        {
            return Err(ChangeCustomerError::CurrencyInUse(before.currency));
        }
        let after = Customer {
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
        unit.customers().save(&after).await?;
        unit.outbox().add(&Event::new("customer.changed", after.id, context)).await?;
        Ok((before, after))
    }

    fn audit(&self, (before, after): &Self::Output) -> AuditEntry {
        let entry = AuditEntry::new("customer.changed", after.id);
        audit_party(entry, &fields(before), &fields(after))
    }
}

fn fields(customer: &Customer) -> PartyFields {
    let customer = customer.clone();
    PartyFields {
        name: customer.name,
        email: customer.email,
        tax_id: customer.tax_id,
        details: customer.details,
        country: customer.country,
        currency: customer.currency,
        credit_limit: customer.credit_limit,
        payment_terms: customer.payment_terms,
    }
}
