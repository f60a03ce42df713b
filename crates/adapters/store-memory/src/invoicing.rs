//! Invoicing in memory, written.

use std::sync::Arc;

use async_trait::async_trait;
use gaara_invoicing::{Customer, CustomerRepository, TaxRate, TaxRateRepository};
use gaara_kernel::{Code, CustomerId, StoreError};

use crate::records::{Records, add, copied, unique};
use crate::store::MemoryTransaction;

#[async_trait]
impl CustomerRepository for MemoryTransaction {
    async fn add(&mut self, customer: &Customer) -> Result<(), StoreError> {
        self.with(|records| {
            let shares_email =
                |other: &Arc<Customer>| customer.email.is_some() && other.email == customer.email;
            unique(!records.customers.values().any(shares_email), "customer.email")?;
            let row = Arc::new(customer.clone());
            add(&mut records.customers, customer.id, row, "customer.id")
        })
    }

    async fn find(&mut self, id: CustomerId) -> Result<Option<Customer>, StoreError> {
        self.with(|records| Ok(copied(records.customers.get(&id))))
    }

    async fn lock(&mut self, id: CustomerId) -> Result<Option<Customer>, StoreError> {
        CustomerRepository::find(self, id).await
    }
}

#[async_trait]
impl TaxRateRepository for MemoryTransaction {
    async fn add(&mut self, rate: &TaxRate) -> Result<(), StoreError> {
        self.with(|records| {
            let free = records.tax_rates.values().all(|other| other.code != rate.code);
            unique(free, "tax_rate.code")?;
            add(&mut records.tax_rates, rate.id, Arc::new(rate.clone()), "tax_rate.id")
        })
    }

    async fn find_many(&mut self, codes: &[Code]) -> Result<Vec<TaxRate>, StoreError> {
        self.with(|records| Ok(tax_rates(records, codes)))
    }
}

pub(crate) fn tax_rates(records: &Records, codes: &[Code]) -> Vec<TaxRate> {
    let named = records.tax_rates.values().filter(|rate| codes.contains(&rate.code));
    named.map(|rate| TaxRate::clone(rate)).collect()
}
