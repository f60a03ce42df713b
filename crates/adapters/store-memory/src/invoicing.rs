//! Invoicing in memory, written.

use std::sync::Arc;

use async_trait::async_trait;
use gaara_invoicing::{Customer, CustomerRepository, TaxRate, TaxRateRepository};
use gaara_kernel::{Code, CustomerId, StoreError, TaxRateId};

use crate::records::{Records, add, copied, save, unique};
use crate::store::MemoryTransaction;

#[async_trait]
impl CustomerRepository for MemoryTransaction {
    async fn add(&mut self, customer: &Customer) -> Result<(), StoreError> {
        self.with(|records| {
            check_email(records, customer)?;
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

    async fn hold(&mut self, id: CustomerId) -> Result<Option<Customer>, StoreError> {
        CustomerRepository::find(self, id).await
    }

    async fn lock_whole(&mut self, id: CustomerId) -> Result<Option<Customer>, StoreError> {
        CustomerRepository::find(self, id).await
    }

    async fn save(&mut self, customer: &Customer) -> Result<(), StoreError> {
        self.with(|records| {
            check_email(records, customer)?;
            save(&mut records.customers, &customer.id, Arc::new(customer.clone()), "customer")
        })
    }
}

fn check_email(records: &Records, customer: &Customer) -> Result<(), StoreError> {
    let shares_email = |other: &Arc<Customer>| {
        other.id != customer.id && customer.email.is_some() && other.email == customer.email
    };
    unique(!records.customers.values().any(shares_email), "customer.email")
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

    async fn lock(&mut self, id: TaxRateId) -> Result<Option<TaxRate>, StoreError> {
        self.with(|records| Ok(copied(records.tax_rates.get(&id))))
    }

    async fn save(&mut self, rate: &TaxRate) -> Result<(), StoreError> {
        self.with(|records| {
            save(&mut records.tax_rates, &rate.id, Arc::new(rate.clone()), "tax_rate")
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
