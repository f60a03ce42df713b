//! Invoicing in memory, written.

use std::sync::Arc;

use async_trait::async_trait;
use gaara_invoicing::{
    Customer, CustomerRepository, DraftInvoice, Invoice, InvoiceRepository, IssuedInvoice, Payment,
    PaymentRepository, TaxRate, TaxRateRepository,
};
use gaara_kernel::{Code, Currency, CustomerId, InvoiceId, Money, StoreError, TaxRateId};

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

    async fn is_busy(&mut self, id: CustomerId) -> Result<bool, StoreError> {
        let is_busy = |invoice: &Arc<Invoice>| match &**invoice {
            Invoice::Draft(draft) => draft.content.written.customer == id,
            Invoice::Issued(issued) => {
                issued.content.written.customer == id && !issued.open().is_zero()
            }
        };
        self.with(|records| Ok(records.invoices.values().any(is_busy)))
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

#[async_trait]
impl InvoiceRepository for MemoryTransaction {
    async fn add_draft(&mut self, draft: &DraftInvoice) -> Result<(), StoreError> {
        self.with(|records| {
            let row = Arc::new(Invoice::Draft(Box::new(draft.clone())));
            add(&mut records.invoices, draft.content.written.id, row, "invoice.id")
        })
    }

    async fn lock(&mut self, id: InvoiceId) -> Result<Option<Invoice>, StoreError> {
        self.with(|records| Ok(copied(records.invoices.get(&id))))
    }

    async fn lock_many(&mut self, ids: &[InvoiceId]) -> Result<Vec<Invoice>, StoreError> {
        self.with(|records| {
            let asked = records.invoices.iter().filter(|(id, _)| ids.contains(id));
            Ok(asked.map(|(_, invoice)| Invoice::clone(invoice)).collect())
        })
    }

    async fn save_issued(&mut self, invoice: &IssuedInvoice) -> Result<(), StoreError> {
        self.with(|records| {
            let taken = |other: &Arc<Invoice>| {
                matches!(&**other, Invoice::Issued(other) if other.number == invoice.number)
            };
            unique(!records.invoices.values().any(taken), "invoice.number")?;
            save_invoice(records, invoice)
        })
    }

    async fn save_settlements(&mut self, invoices: &[IssuedInvoice]) -> Result<(), StoreError> {
        self.with(|records| invoices.iter().try_for_each(|invoice| save_invoice(records, invoice)))
    }

    async fn open_balance(
        &mut self,
        customer: CustomerId,
        currency: Currency,
    ) -> Result<Money, StoreError> {
        self.with(|records| {
            let open = |invoice: &Arc<Invoice>| match &**invoice {
                Invoice::Issued(issued)
                    if issued.content.written.customer == customer
                        && issued.content.written.currency == currency =>
                {
                    issued.open().minor()
                }
                Invoice::Issued(_) | Invoice::Draft(_) => 0,
            };
            let minor = records.invoices.values().map(open).sum();
            Money::from_minor(minor, currency).map_err(|e| StoreError::Internal(Box::new(e)))
        })
    }
}

fn save_invoice(records: &mut Records, invoice: &IssuedInvoice) -> Result<(), StoreError> {
    let row = Arc::new(Invoice::Issued(Box::new(invoice.clone())));
    save(&mut records.invoices, &invoice.content.written.id, row, "invoice")
}

#[async_trait]
impl PaymentRepository for MemoryTransaction {
    async fn add(&mut self, payment: &Payment) -> Result<(), StoreError> {
        self.with(|records| {
            add(&mut records.payments, payment.id(), Arc::new(payment.clone()), "payment.id")
        })
    }
}
