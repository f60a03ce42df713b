//! Invoicing, read.

use async_trait::async_trait;
use gaara_invoicing::totals::TaxCategory;
use gaara_invoicing::{
    ContentDigest, Customer, CustomerFilter, CustomerSort, Invoice, InvoiceFilter, InvoiceSort,
    InvoiceSummary, InvoicingView, KeptDocument, Payment, PaymentFilter, PaymentSort, TaxRate,
    TaxRateFilter, TaxRateSort,
};
use gaara_kernel::{
    Code, CustomerId, EmailAddress, Id, InvoiceId, Page, PageRequest, PaymentId, StoreError,
    TaxRateId, Timestamp,
};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryTrait};

use super::SqlView;
use super::invoice_row::{InvoiceRow, invoice_query, is_sorted_afterwards};
use super::payment_query::payment_query;
use super::words::found_by;
use crate::convert::date;
use crate::entity::{customer, customer_word, payment, tax_rate};
use crate::keyset::{Found, first, page, page_of, with_items};
use crate::repository::find;
use crate::repository::{
    customer as customers, invoice as invoices, kept_documents, payment as payments,
    tax_rate as tax_rates,
};

#[async_trait]
impl InvoicingView for SqlView {
    async fn find_customer(&mut self, id: CustomerId) -> Result<Option<Customer>, StoreError> {
        customers::find_by_id(&self.connection, id).await
    }

    async fn list_customers(
        &mut self,
        filter: &CustomerFilter,
        request: &PageRequest<CustomerSort>,
    ) -> Result<Page<Customer>, StoreError> {
        let query = customer::Entity::find().filter(customer_condition(filter)).into_query();
        let is_recent =
            filter.updated_since.is_some() && first(request) != Some(CustomerSort::UpdatedAt);
        let found = Found::by_rest(filter.archived == Some(true), is_recent);
        let rows =
            page_of::<customer::Model>(&self.connection, vec![query], request, found).await?;
        with_items(rows, Customer::try_from)
    }

    async fn find_tax_rate(&mut self, id: TaxRateId) -> Result<Option<TaxRate>, StoreError> {
        let row = find::<tax_rate::Entity>(&self.connection, id.as_uuid()).await?;
        row.map(TaxRate::try_from).transpose()
    }

    async fn find_tax_rates(&mut self, codes: &[Code]) -> Result<Vec<TaxRate>, StoreError> {
        tax_rates::find_many(&self.connection, codes).await
    }

    async fn list_tax_rates(
        &mut self,
        filter: &TaxRateFilter,
        request: &PageRequest<TaxRateSort>,
    ) -> Result<Page<TaxRate>, StoreError> {
        let query = tax_rate::Entity::find().filter(tax_rate_condition(filter)).into_query();
        let rows = page::<tax_rate::Model>(&self.connection, query, request).await?;
        with_items(rows, TaxRate::try_from)
    }

    async fn find_invoice(&mut self, id: InvoiceId) -> Result<Option<Invoice>, StoreError> {
        invoices::find_by_id(&self.connection, id).await
    }

    async fn list_invoices(
        &mut self,
        filter: &InvoiceFilter,
        request: &PageRequest<InvoiceSort>,
    ) -> Result<Page<InvoiceSummary>, StoreError> {
        let queries = vec![invoice_query(filter)];
        let found =
            if is_sorted_afterwards(filter, &request.sort) { Found::Few } else { Found::Along };
        let rows = page_of::<InvoiceRow>(&self.connection, queries, request, found).await?;
        with_items(rows, InvoiceSummary::try_from)
    }

    async fn list_issued(
        &mut self,
        after: Option<InvoiceId>,
        limit: u32,
    ) -> Result<Vec<KeptDocument>, StoreError> {
        kept_documents::list(&self.connection, after, limit).await
    }

    async fn find_digests(
        &mut self,
        ids: &[InvoiceId],
    ) -> Result<Vec<(InvoiceId, Option<ContentDigest>)>, StoreError> {
        kept_documents::digests(&self.connection, ids).await
    }

    async fn find_payment(&mut self, id: PaymentId) -> Result<Option<Payment>, StoreError> {
        payments::one(&self.connection, payment::Entity::find_by_id(id.as_uuid())).await
    }

    async fn list_payments(
        &mut self,
        filter: &PaymentFilter,
        request: &PageRequest<PaymentSort>,
    ) -> Result<Page<Payment>, StoreError> {
        let (queries, found) = payment_query(filter, &request.sort);
        let rows = page_of::<payment::Model>(&self.connection, queries, request, found).await?;
        let items = payments::with_allocations(&self.connection, rows.items).await?;
        Ok(Page { items, next: rows.next, total: rows.total })
    }
}

fn archived<C: ColumnTrait>(wished: Option<bool>, column: C) -> Option<Expr> {
    wished.map(|archived| if archived { column.is_not_null() } else { column.is_null() })
}

fn tax_rate_condition(filter: &TaxRateFilter) -> Condition {
    use tax_rate::Column;
    let categories = filter.categories.iter().copied().map(TaxCategory::code);
    let begins = |on| Column::ValidFrom.is_null().or(Column::ValidFrom.lte(on));
    let ends = |on| Column::ValidTo.is_null().or(Column::ValidTo.gte(on));
    let on = filter.effective_on.map(date);
    Condition::all()
        .add_option((!filter.categories.is_empty()).then(|| Column::TaxCategory.is_in(categories)))
        .add_option(archived(filter.archived, Column::ArchivedAtMs))
        .add_option(on.map(begins))
        .add_option(on.map(ends))
}

fn customer_condition(filter: &CustomerFilter) -> Condition {
    use customer::Column;
    let email = filter.email.as_ref().map(EmailAddress::as_str);
    let since = filter.updated_since.map(Timestamp::as_millis);
    Condition::all()
        .add_option(email.map(|email| Column::Email.eq(email)))
        .add_option(archived(filter.archived, Column::ArchivedAtMs))
        .add_option(since.map(|since| Column::UpdatedAtMs.gte(since)))
        .add_option(filter.query.as_ref().map(|query| {
            use customer_word::Column as Word;
            found_by(query, Column::Id, Word::Word, Word::CustomerId)
        }))
}
