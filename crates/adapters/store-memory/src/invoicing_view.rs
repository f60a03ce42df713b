//! Invoicing in memory, read.

use std::sync::Arc;

use async_trait::async_trait;
use gaara_invoicing::{
    Customer, CustomerFilter, CustomerSort, Invoice, InvoiceFilter, InvoiceSort, InvoiceStatus,
    InvoiceSummary, InvoicingView, Payment, PaymentFilter, PaymentSort, PaymentStatus, TaxRate,
    TaxRateFilter, TaxRateSort,
};
use gaara_kernel::{
    BilingualText, Code, CustomerId, Id, InvoiceId, Money, Page, PageRequest, PaymentId, SortValue,
    StoreError, TaxRateId,
};
use uuid::Uuid;

use crate::invoicing::tax_rates;
use crate::list::{Listed, page};
use crate::records::copied;
use crate::store::MemoryView;

/// What a draft without a date is sorted by.
const NO_DATE: &str = "0001-01-01";

impl Listed<CustomerSort> for Customer {
    fn value(&self, field: CustomerSort) -> SortValue {
        match field {
            CustomerSort::CreatedAt => SortValue::Integer(self.created_at.as_millis()),
            CustomerSort::UpdatedAt => SortValue::Integer(self.updated_at.as_millis()),
        }
    }

    fn tie(&self) -> Vec<Uuid> {
        vec![self.id.as_uuid()]
    }
}

impl Listed<TaxRateSort> for TaxRate {
    fn value(&self, field: TaxRateSort) -> SortValue {
        match field {
            TaxRateSort::Code => SortValue::Text(self.code.to_string()),
            TaxRateSort::CreatedAt => SortValue::Integer(self.created_at.as_millis()),
        }
    }

    fn tie(&self) -> Vec<Uuid> {
        vec![self.id.as_uuid()]
    }
}

impl Listed<InvoiceSort> for InvoiceSummary {
    fn value(&self, field: InvoiceSort) -> SortValue {
        match field {
            InvoiceSort::IssueDate => SortValue::Text(
                self.issue_date.map_or_else(|| NO_DATE.to_owned(), |date| date.to_string()),
            ),
            InvoiceSort::Number => SortValue::Text(self.number.clone().unwrap_or_default()),
            InvoiceSort::CreatedAt => SortValue::Integer(self.created_at.as_millis()),
            InvoiceSort::UpdatedAt => SortValue::Integer(self.updated_at.as_millis()),
        }
    }

    fn tie(&self) -> Vec<Uuid> {
        vec![self.id.as_uuid()]
    }
}

impl Listed<PaymentSort> for Payment {
    fn value(&self, field: PaymentSort) -> SortValue {
        match field {
            PaymentSort::PaymentDate => SortValue::Text(self.payment_date().to_string()),
            PaymentSort::CreatedAt => SortValue::Integer(self.created_at().as_millis()),
        }
    }

    fn tie(&self) -> Vec<Uuid> {
        vec![self.id().as_uuid()]
    }
}

fn summary(invoice: &Invoice, customer_name: &BilingualText) -> InvoiceSummary {
    let written = &invoice.content().written;
    let totals = &invoice.content().totals;
    let nothing = Money::zero(written.currency);
    let drafted = InvoiceSummary {
        id: written.id,
        status: InvoiceStatus::Draft,
        payment_status: PaymentStatus::None,
        number: None,
        customer: written.customer,
        customer_name: customer_name.clone(),
        issue_date: written.issue_date,
        due_date: written.due_date,
        tax_inclusive: totals.tax_inclusive,
        payable: totals.payable,
        paid: nothing,
        credited: nothing,
        created_at: invoice.created_at(),
        updated_at: invoice.updated_at(),
        version: invoice.version(),
    };
    match invoice {
        Invoice::Draft(_) => drafted,
        Invoice::Issued(issued) => InvoiceSummary {
            status: InvoiceStatus::Issued,
            payment_status: issued.payment_status(),
            number: Some(issued.number.text()),
            issue_date: Some(issued.issue_date),
            due_date: Some(issued.due_date),
            paid: issued.paid,
            credited: issued.credited,
            ..drafted
        },
    }
}

fn matches(filter: &InvoiceFilter, row: &InvoiceSummary) -> bool {
    let dated = |holds: &dyn Fn(gaara_kernel::Date) -> bool| row.issue_date.is_some_and(holds);
    (filter.statuses.is_empty() || filter.statuses.contains(&row.status))
        && (filter.payment_statuses.is_empty()
            || filter.payment_statuses.contains(&row.payment_status))
        && filter.customer.is_none_or(|customer| customer == row.customer)
        && filter.issued_from.is_none_or(|from| dated(&|date| date >= from))
        && filter.issued_to.is_none_or(|to| dated(&|date| date <= to))
        && filter.updated_since.is_none_or(|since| row.updated_at >= since)
}

#[async_trait]
impl InvoicingView for MemoryView {
    async fn find_customer(&mut self, id: CustomerId) -> Result<Option<Customer>, StoreError> {
        Ok(copied(self.records.customers.get(&id)))
    }

    async fn list_customers(
        &mut self,
        filter: &CustomerFilter,
        request: &PageRequest<CustomerSort>,
    ) -> Result<Page<Customer>, StoreError> {
        let matches = |customer: &&Arc<Customer>| {
            (filter.email.is_none() || filter.email == customer.email)
                && filter.archived.is_none_or(|it| it == customer.archived_at.is_some())
                && filter.updated_since.is_none_or(|since| customer.updated_at >= since)
                && filter.query.as_ref().is_none_or(|query| query.matches(&customer.search_words()))
        };
        let rows = self.records.customers.values().filter(matches);
        Ok(page(rows.map(|customer| Customer::clone(customer)), request))
    }

    async fn find_tax_rate(&mut self, id: TaxRateId) -> Result<Option<TaxRate>, StoreError> {
        Ok(copied(self.records.tax_rates.get(&id)))
    }

    async fn find_tax_rates(&mut self, codes: &[Code]) -> Result<Vec<TaxRate>, StoreError> {
        Ok(tax_rates(&self.records, codes))
    }

    async fn list_tax_rates(
        &mut self,
        filter: &TaxRateFilter,
        request: &PageRequest<TaxRateSort>,
    ) -> Result<Page<TaxRate>, StoreError> {
        let matches = |rate: &&Arc<TaxRate>| {
            (filter.categories.is_empty() || filter.categories.contains(&rate.tax.category()))
                && filter.archived.is_none_or(|archived| archived == rate.archived_at.is_some())
                && filter.effective_on.is_none_or(|date| rate.is_effective(date))
        };
        let rows = self.records.tax_rates.values().filter(matches);
        Ok(page(rows.map(|rate| TaxRate::clone(rate)), request))
    }

    async fn find_invoice(&mut self, id: InvoiceId) -> Result<Option<Invoice>, StoreError> {
        Ok(copied(self.records.invoices.get(&id)))
    }

    async fn list_invoices(
        &mut self,
        filter: &InvoiceFilter,
        request: &PageRequest<InvoiceSort>,
    ) -> Result<Page<InvoiceSummary>, StoreError> {
        let rows = self.records.invoices.values().filter_map(|invoice| {
            let customer = self.records.customers.get(&invoice.content().written.customer)?;
            Some(summary(invoice, &customer.name))
        });
        Ok(page(rows.filter(|row| matches(filter, row)), request))
    }

    async fn find_payment(&mut self, id: PaymentId) -> Result<Option<Payment>, StoreError> {
        Ok(copied(self.records.payments.get(&id)))
    }

    async fn list_payments(
        &mut self,
        filter: &PaymentFilter,
        request: &PageRequest<PaymentSort>,
    ) -> Result<Page<Payment>, StoreError> {
        let matches = |payment: &&Arc<Payment>| {
            filter.customer.is_none_or(|customer| customer == payment.customer())
                && filter.invoice.is_none_or(|invoice| {
                    payment.allocations().iter().any(|part| part.invoice == invoice)
                })
        };
        let rows = self.records.payments.values().filter(matches);
        Ok(page(rows.map(|payment| Payment::clone(payment)), request))
    }
}
