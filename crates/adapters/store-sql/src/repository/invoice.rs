//! Invoices, written whole and read whole.

use async_trait::async_trait;
use gaara_invoicing::{DraftInvoice, Invoice, InvoiceRepository, InvoiceStatus, IssuedInvoice};
use gaara_kernel::{Currency, CustomerId, Id, InvoiceId, Money, StoreError};
use sea_orm::sea_query::{Expr, LockType, Value};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
};

use super::invoice_parts::with_parts;
use super::{all, insert, saved};
use crate::bulk::{execute_over, insert_all};
use crate::convert::{Stored, date};
use crate::entity::invoice::{ActiveModel, Column, Entity, Model};
use crate::entity::{
    invoice_adjustment, invoice_adjustment_part, invoice_instalment, invoice_line,
    invoice_tax_group,
};
use crate::error::failure;
use crate::transaction::SqlTransaction;

/// Spelled as the partial index spells it: a parameter would keep both engines from using it.
const OPEN: &str = "payment_status IN ('unpaid', 'partially_paid')";

/// An invoice by id.
pub(crate) async fn find_by_id(
    connection: &DatabaseTransaction,
    id: InvoiceId,
) -> Result<Option<Invoice>, StoreError> {
    let rows = all(connection, Entity::find_by_id(id.as_uuid())).await?;
    Ok(with_parts(connection, rows).await?.pop())
}

#[async_trait]
impl InvoiceRepository for SqlTransaction {
    async fn add_draft(&mut self, draft: &DraftInvoice) -> Result<(), StoreError> {
        let connection = &self.connection;
        let content = &draft.content;
        insert::<Entity>(connection, Model::from(draft)).await?;
        insert_all::<invoice_line::Entity>(connection, invoice_line::rows(content)).await?;
        let adjustments = invoice_adjustment::rows(&content.written);
        insert_all::<invoice_adjustment::Entity>(connection, adjustments).await?;
        let parts = invoice_adjustment_part::rows(content);
        insert_all::<invoice_adjustment_part::Entity>(connection, parts).await?;
        insert_all::<invoice_tax_group::Entity>(connection, invoice_tax_group::rows(content)).await
    }

    async fn lock(&mut self, id: InvoiceId) -> Result<Option<Invoice>, StoreError> {
        Ok(self.lock_many(&[id]).await?.pop())
    }

    async fn lock_many(&mut self, ids: &[InvoiceId]) -> Result<Vec<Invoice>, StoreError> {
        let ids = ids.iter().map(|id| id.as_uuid());
        let query = Entity::find()
            .filter(Column::Id.is_in(ids))
            .order_by_asc(Column::Id)
            .lock(LockType::NoKeyUpdate);
        let rows = all(&self.connection, query).await?;
        with_parts(&self.connection, rows).await
    }

    async fn save_issued(&mut self, invoice: &IssuedInvoice) -> Result<(), StoreError> {
        let changed = ActiveModel {
            status: Set(InvoiceStatus::Issued.code().to_owned()),
            payment_status: Set(invoice.payment_status().code().to_owned()),
            number: Set(Some(invoice.number.text())),
            number_series: Set(Some(invoice.number.series.to_string())),
            number_year: Set(Some(invoice.number.year.into())),
            number_sequence: Set(Some(invoice.number.sequence.into())),
            issue_date: Set(Some(date(invoice.issue_date))),
            due_date: Set(Some(date(invoice.due_date))),
            issued_at_ms: Set(Some(invoice.issued_at.as_millis())),
            paid_minor: Set(invoice.paid.minor()),
            credited_minor: Set(invoice.credited.minor()),
            updated_at_ms: Set(invoice.updated_at.as_millis()),
            version: Set(invoice.version.number().into()),
            base_currency: Set(Some(invoice.base.currency().code().to_owned())),
            base_rate_scaled: Set(Some(invoice.base.rate.as_scaled())),
            base_net_minor: Set(Some(invoice.base.net.minor())),
            base_tax_minor: Set(Some(invoice.base.tax.minor())),
            base_total_minor: Set(Some(invoice.base.total.minor())),
            base_payable_minor: Set(Some(invoice.base.payable.minor())),
            base_paid_minor: Set(Some(invoice.base_paid.minor())),
            ..Default::default()
        };
        let result = Entity::update_many()
            .set(changed)
            .filter(Column::Id.eq(invoice.content.written.id.as_uuid()))
            .filter(Column::Status.eq(InvoiceStatus::Draft.code()))
            .exec(&self.connection)
            .await
            .map_err(failure)?;
        saved(result.rows_affected, 1, "invoice")?;
        let instalments = invoice_instalment::rows(invoice);
        insert_all::<invoice_instalment::Entity>(&self.connection, instalments).await
    }

    async fn save_settlements(&mut self, invoices: &[IssuedInvoice]) -> Result<(), StoreError> {
        let rows: Vec<[Value; 13]> = invoices.iter().map(settlement).collect();
        let changed = execute_over(&self.connection, &rows, |rows| {
            format!(
                "WITH saved (id, paid, credited, payment_status, updated_at, version, currency, \
                 rate, net, tax, total, payable, base_paid) AS (VALUES {rows}) \
                 UPDATE invoices SET paid_minor = saved.paid, credited_minor = saved.credited, \
                 payment_status = saved.payment_status, updated_at_ms = saved.updated_at, \
                 version = saved.version, base_currency = saved.currency, \
                 base_rate_scaled = saved.rate, base_net_minor = saved.net, \
                 base_tax_minor = saved.tax, base_total_minor = saved.total, \
                 base_payable_minor = saved.payable, base_paid_minor = saved.base_paid \
                 FROM saved \
                 WHERE invoices.id = saved.id AND invoices.status = 'issued'"
            )
        })
        .await?;
        saved(changed, invoices.len(), "invoice")
    }

    async fn open_balance(
        &mut self,
        customer: CustomerId,
        currency: Currency,
    ) -> Result<Money, StoreError> {
        // PostgreSQL adds bigints up to a numeric, which no whole number of Rust reads.
        let sum = Expr::cust(
            "CAST(COALESCE(SUM(payable_minor - paid_minor - credited_minor), 0) AS bigint)",
        );
        let minor: Option<i64> = Entity::find()
            .select_only()
            .expr(sum)
            .filter(Column::CustomerId.eq(customer.as_uuid()))
            .filter(Column::Currency.eq(currency.code()))
            .filter(Expr::cust(OPEN))
            .into_tuple()
            .one(&self.connection)
            .await
            .map_err(failure)?;
        Stored("invoice").money(minor.unwrap_or(0), currency)
    }
}

/// The base amounts are written anew: where the program before issued, there are none yet.
fn settlement(invoice: &IssuedInvoice) -> [Value; 13] {
    [
        invoice.content.written.id.as_uuid().into(),
        invoice.paid.minor().into(),
        invoice.credited.minor().into(),
        invoice.payment_status().code().into(),
        invoice.updated_at.as_millis().into(),
        i64::from(invoice.version.number()).into(),
        invoice.base.currency().code().into(),
        invoice.base.rate.as_scaled().into(),
        invoice.base.net.minor().into(),
        invoice.base.tax.minor().into(),
        invoice.base.total.minor().into(),
        invoice.base.payable.minor().into(),
        invoice.base_paid.minor().into(),
    ]
}
