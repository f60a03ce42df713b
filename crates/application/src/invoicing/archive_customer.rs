//! Taking customers out of use, and back into it.

use gaara_identity::Permission;
use gaara_invoicing::{Customer, PartyId};
use gaara_kernel::{CustomerId, Version};

use crate::audit::AuditEntry;
use crate::context::Context;
use crate::inventory::{ArchivingError, check_archived, check_in_use, check_version};
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Takes a customer out of use: nothing new can be sold to it. Not while it has drafts or owes
/// money.
#[derive(Debug, Clone)]
pub struct ArchiveCustomer {
    /// Which customer.
    pub id: CustomerId,
    /// The version the decision was made on, where that matters.
    pub expected: Option<Version>,
}

/// Takes a customer back into use.
#[derive(Debug, Clone)]
pub struct RestoreCustomer {
    /// Which customer.
    pub id: CustomerId,
    /// The version the decision was made on, where that matters.
    pub expected: Option<Version>,
}

impl UseCase for ArchiveCustomer {
    type Output = Customer;
    type Error = ArchivingError;
    const PERMISSION: Permission = Permission::EditCustomers;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Customer, ArchivingError> {
        let customer = unit.customers().lock_whole(self.id).await?;
        let mut customer = customer.ok_or(ArchivingError::NotFound)?;
        check_version(self.expected, customer.version)?;
        check_in_use(customer.archived_at)?;
        if unit.invoices().is_busy(PartyId::Customer(customer.id)).await? {
            return Err(ArchivingError::InUse);
        }
        customer.archived_at = Some(context.now());
        save(unit, customer, "customer.archived", context).await
    }

    fn audit(&self, output: &Customer) -> AuditEntry {
        AuditEntry::new("customer.archived", output.id)
    }
}

impl UseCase for RestoreCustomer {
    type Output = Customer;
    type Error = ArchivingError;
    const PERMISSION: Permission = Permission::EditCustomers;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Customer, ArchivingError> {
        let customer = unit.customers().lock_whole(self.id).await?;
        let mut customer = customer.ok_or(ArchivingError::NotFound)?;
        check_version(self.expected, customer.version)?;
        check_archived(customer.archived_at)?;
        customer.archived_at = None;
        save(unit, customer, "customer.restored", context).await
    }

    fn audit(&self, output: &Customer) -> AuditEntry {
        AuditEntry::new("customer.restored", output.id)
    }
}

async fn save(
    unit: &mut dyn UnitOfWork,
    mut customer: Customer,
    kind: &str,
    context: &Context,
) -> Result<Customer, ArchivingError> {
    customer.updated_at = context.now();
    customer.version = customer.version.next();
    unit.customers().save(&customer).await?;
    unit.outbox().add(&Event::new(kind, customer.id, context)).await?;
    Ok(customer)
}
