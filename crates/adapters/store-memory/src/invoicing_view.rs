//! Invoicing in memory, read.

use std::sync::Arc;

use async_trait::async_trait;
use gaara_invoicing::{
    ContentDigest, Customer, CustomerFilter, CustomerSort, DocumentKind, DocumentType, Invoice,
    InvoiceFilter, InvoiceSort, InvoiceSummary, InvoicingView, KeptDocument, PartyId, Payment,
    PaymentFilter, PaymentSort, PaymentStatus, TaxRate, TaxRateFilter, TaxRateSort,
};
use gaara_kernel::{
    BilingualText, Code, CustomerId, Date, Id, InvoiceId, Money, Page, PageRequest, PaymentId,
    SortValue, StoreError, TaxRateId,
};
use uuid::Uuid;

use crate::invoicing::tax_rates;
use crate::list::{Listed, page};
use crate::payment::matches as is_asked;
use crate::records::{Records, copied};
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
        vec![self.id.key().as_uuid()]
    }
}

/// The name of the other side: as it was frozen, else as it is.
fn party_name(records: &Records, invoice: &Invoice) -> Option<BilingualText> {
    let party = invoice.content().written.party;
    if let Some(issued) = invoice.as_issued() {
        let snapshot = &issued.snapshot;
        return Some(match party.kind() {
            DocumentKind::Sale => snapshot.buyer.name.clone(),
            DocumentKind::Purchase => snapshot.seller.name.clone(),
        });
    }
    match party {
        PartyId::Customer(id) => records.customers.get(&id).map(|it| it.name.clone()),
        PartyId::Supplier(id) => records.suppliers.get(&id).map(|it| it.name.clone()),
    }
}

fn summary(invoice: &Invoice, party_name: BilingualText) -> InvoiceSummary {
    let written = &invoice.content().written;
    let totals = &invoice.content().totals;
    let nothing = Money::zero(written.currency);
    let drafted = InvoiceSummary {
        id: written.document_id(),
        status: invoice.status(),
        payment_status: PaymentStatus::None,
        number: None,
        supplier_reference: written.supplier_reference.clone(),
        corrects: written.corrects.as_ref().map(|correction| correction.invoice),
        party: written.party,
        party_name,
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
    let Some(issued) = invoice.as_issued() else { return drafted };
    InvoiceSummary {
        payment_status: match invoice {
            Invoice::Issued(issued) => issued.payment_status(),
            Invoice::Draft(_) | Invoice::Void(_) => PaymentStatus::None,
        },
        number: Some(issued.number.text()),
        issue_date: Some(issued.issue_date),
        due_date: Some(issued.due_date),
        paid: issued.paid,
        credited: issued.credited,
        ..drafted
    }
}

fn matches(filter: &InvoiceFilter, invoice: &Invoice, row: &InvoiceSummary) -> bool {
    let dated = |holds: &dyn Fn(Date) -> bool| row.issue_date.is_some_and(holds);
    let written = &invoice.content().written;
    (filter.statuses.is_empty() || filter.statuses.contains(&row.status))
        && (filter.payment_statuses.is_empty()
            || filter.payment_statuses.contains(&row.payment_status))
        && filter.kind.is_none_or(|kind| kind == written.kind())
        && filter.document_type.is_none_or(|of| of == written.document_type())
        && filter.customer.is_none_or(|id| row.party.customer() == Some(id))
        && filter.supplier.is_none_or(|id| row.party.supplier() == Some(id))
        && filter.corrects.is_none_or(|id| row.corrects == Some(id))
        && filter.tag.as_ref().is_none_or(|tag| written.annotations.tags.contains(tag))
        && filter.issued_from.is_none_or(|from| dated(&|date| date >= from))
        && filter.issued_to.is_none_or(|to| dated(&|date| date <= to))
        && filter.updated_since.is_none_or(|since| row.updated_at >= since)
        && (filter.number.is_none() || filter.number == row.number)
        && filter.due_from.is_none_or(|from| row.due_date.is_some_and(|due| due >= from))
        && filter.due_to.is_none_or(|to| row.due_date.is_some_and(|due| due <= to))
        && filter.overdue_on.is_none_or(|today| is_overdue(invoice, today))
        && filter.query.as_ref().is_none_or(|query| query.matches(&invoice.search_words()))
}

fn is_overdue(invoice: &Invoice, today: Date) -> bool {
    let Invoice::Issued(issued) = invoice else { return false };
    let is_invoice = issued.content.written.document_type() == DocumentType::Invoice;
    is_invoice && issued.open().is_positive() && issued.due_date < today
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
            let row = summary(invoice, party_name(&self.records, invoice)?);
            matches(filter, invoice, &row).then_some(row)
        });
        Ok(page(rows, request))
    }

    async fn list_issued(
        &mut self,
        after: Option<InvoiceId>,
        limit: u32,
    ) -> Result<Vec<KeptDocument>, StoreError> {
        let later = self.records.invoices.iter().filter(|(id, _)| after.is_none_or(|it| **id > it));
        let issued = later.filter_map(|(id, invoice)| {
            let issued = Some(Box::new(invoice.as_issued()?.clone()));
            Some(KeptDocument { id: *id, issued })
        });
        Ok(issued.take(usize::try_from(limit).unwrap_or(usize::MAX)).collect())
    }

    async fn find_digests(
        &mut self,
        ids: &[InvoiceId],
    ) -> Result<Vec<(InvoiceId, Option<ContentDigest>)>, StoreError> {
        let asked = ids.iter().filter_map(|id| Some((*id, self.records.invoices.get(id)?)));
        let issued = asked.filter_map(|(id, invoice)| Some((id, invoice.as_issued()?.digest)));
        Ok(issued.map(|(id, digest)| (id, Some(digest))).collect())
    }

    async fn find_payment(&mut self, id: PaymentId) -> Result<Option<Payment>, StoreError> {
        Ok(copied(self.records.payments.get(&id)))
    }

    async fn list_payments(
        &mut self,
        filter: &PaymentFilter,
        request: &PageRequest<PaymentSort>,
    ) -> Result<Page<Payment>, StoreError> {
        let rows = self.records.payments.values().filter(|payment| is_asked(filter, payment));
        Ok(page(rows.map(|payment| Payment::clone(payment)), request))
    }
}
