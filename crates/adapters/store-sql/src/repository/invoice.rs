//! Invoices and credit notes, written whole and read whole.

use async_trait::async_trait;
use gaara_invoicing::{
    CreditedSoFar, DocumentType, DraftInvoice, Invoice, InvoiceRepository, InvoiceStatus,
    IssuedInvoice, PartyId, PaymentStatus, VoidedInvoice,
};
use gaara_kernel::{BilingualText, Currency, CustomerId, Id, InvoiceId, Money, StoreError};
use sea_orm::sea_query::{Expr, LockType, Value};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, Set,
};

use super::invoice_credit::credited;
use super::invoice_parts::with_parts;
use super::invoice_save::{
    add_parts, add_words, replace_parts, replace_tags, replace_words, save_costs,
};
use super::{all, exists, insert, saved};
use crate::bulk::{execute_over, insert_all};
use crate::convert::Stored;
use crate::entity::invoice::{ActiveModel, Column, Entity, Model, language};
use crate::entity::invoice_instalment;
use crate::error::failure;
use crate::session::Session;
use crate::transaction::SqlTransaction;

/// Spelled as the partial index spells it: a parameter would keep both engines from using it.
pub(crate) const OPEN: &str = "payment_status IN ('unpaid', 'partially_paid')";

/// An invoice by id.
pub(crate) async fn find_by_id(
    connection: &Session,
    id: InvoiceId,
) -> Result<Option<Invoice>, StoreError> {
    let rows = all(connection, Entity::find_by_id(id.as_uuid())).await?;
    Ok(with_parts(connection, rows).await?.pop())
}

#[async_trait]
impl InvoiceRepository for SqlTransaction {
    async fn add_draft(&mut self, draft: &DraftInvoice) -> Result<(), StoreError> {
        let connection = &self.connection;
        insert::<Entity>(connection, Model::from(draft)).await?;
        add_parts(connection, &draft.content, &[]).await?;
        add_words(connection, &draft.content.written, draft.search_words()).await
    }

    async fn lock(&mut self, id: InvoiceId) -> Result<Option<Invoice>, StoreError> {
        Ok(self.lock_many(&[id]).await?.pop())
    }

    async fn lock_many(&mut self, ids: &[InvoiceId]) -> Result<Vec<Invoice>, StoreError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let ids = ids.iter().map(|id| id.as_uuid());
        let query = Entity::find()
            .filter(Column::Id.is_in(ids))
            .order_by_asc(Column::Id)
            .lock(LockType::NoKeyUpdate);
        let rows = all(&self.connection, query).await?;
        with_parts(&self.connection, rows).await
    }

    async fn save_draft(&mut self, draft: &DraftInvoice) -> Result<(), StoreError> {
        let connection = &self.connection;
        let row = Model::from(draft).into_active_model().reset_all();
        save(connection, draft.content.written.id, row, InvoiceStatus::Draft).await?;
        replace_parts(connection, &draft.content, &[]).await?;
        replace_tags(connection, &draft.content.written, draft.search_words()).await
    }

    async fn remove_draft(&mut self, id: InvoiceId) -> Result<(), StoreError> {
        // Everything else of it goes along by its foreign key.
        let result = Entity::delete_many()
            .filter(Column::Id.eq(id.as_uuid()))
            .filter(Column::Status.eq(InvoiceStatus::Draft.code()))
            .exec(&self.connection)
            .await
            .map_err(failure)?;
        saved(result.rows_affected, 1, "invoice")
    }

    async fn save_annotations(&mut self, invoice: &Invoice) -> Result<(), StoreError> {
        let written = &invoice.content().written;
        let notes = &written.annotations;
        let changed = ActiveModel {
            note_ar: Set(language(notes.note.as_ref(), BilingualText::ar)),
            note_en: Set(language(notes.note.as_ref(), BilingualText::en)),
            due_note_ar: Set(language(notes.due_note.as_ref(), BilingualText::ar)),
            due_note_en: Set(language(notes.due_note.as_ref(), BilingualText::en)),
            updated_at_ms: Set(invoice.updated_at().as_millis()),
            version: Set(invoice.version().number().into()),
            ..Default::default()
        };
        save(&self.connection, written.id, changed, invoice.status()).await?;
        replace_tags(&self.connection, written, invoice.search_words()).await
    }

    async fn save_issued(&mut self, invoice: &IssuedInvoice) -> Result<(), StoreError> {
        let connection = &self.connection;
        let written = &invoice.content.written;
        let row = Model::from(invoice).into_active_model().reset_all();
        save(connection, written.id, row, InvoiceStatus::Draft).await?;
        match written.document_type() {
            // What an invoice says stands since its draft was saved; only now it is known what its
            // goods cost. The series is locked meanwhile, so nothing is written twice.
            DocumentType::Invoice => save_costs(connection, invoice).await?,
            DocumentType::CreditNote => {
                replace_parts(connection, &invoice.content, &invoice.costs).await?;
            }
        }
        let instalments = invoice_instalment::rows(invoice);
        insert_all::<invoice_instalment::Entity>(connection, instalments).await?;
        // Once issued it is found by its number and by the other side's name.
        replace_words(connection, written, invoice.search_words()).await
    }

    async fn save_settlements(&mut self, invoices: &[IssuedInvoice]) -> Result<(), StoreError> {
        let rows: Vec<[Value; 14]> = invoices.iter().map(settlement).collect();
        let changed = execute_over(&self.connection, &rows, |rows| {
            format!(
                "WITH saved (id, paid, credited, credit_notes, payment_status, updated_at, \
                 version, currency, rate, net, tax, total, payable, base_paid) \
                 AS ({rows}) \
                 UPDATE invoices SET paid_minor = saved.paid, credited_minor = saved.credited, \
                 credit_notes_minor = saved.credit_notes, \
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

    async fn save_voided(&mut self, invoice: &VoidedInvoice) -> Result<(), StoreError> {
        let issued = &invoice.issued;
        let changed = ActiveModel {
            status: Set(InvoiceStatus::Void.code().to_owned()),
            payment_status: Set(PaymentStatus::None.code().to_owned()),
            voided_at_ms: Set(Some(invoice.voided_at.as_millis())),
            void_reason: Set(invoice.reason.as_ref().map(ToString::to_string)),
            updated_at_ms: Set(issued.updated_at.as_millis()),
            version: Set(issued.version.number().into()),
            ..Default::default()
        };
        save(&self.connection, issued.content.written.id, changed, InvoiceStatus::Issued).await
    }

    async fn credited(&mut self, invoice: InvoiceId) -> Result<CreditedSoFar, StoreError> {
        credited(&self.connection, invoice).await
    }

    async fn is_busy(&mut self, party: PartyId) -> Result<bool, StoreError> {
        let (column, id) = match party {
            PartyId::Customer(id) => ("customer_id", id.as_uuid()),
            PartyId::Supplier(id) => ("supplier_id", id.as_uuid()),
        };
        // Spelled as the partial indexes of drafts and of open documents spell it.
        let query = format!(
            "SELECT 1 WHERE EXISTS (SELECT 1 FROM invoices WHERE {column} = $1 \
             AND status = 'draft') OR EXISTS (SELECT 1 FROM invoices WHERE {column} = $1 \
             AND {OPEN})"
        );
        exists(&self.connection, &query, [id.into()]).await
    }

    async fn open_balance(
        &mut self,
        customer: CustomerId,
        currency: Currency,
    ) -> Result<Money, StoreError> {
        // PostgreSQL adds bigints up to a numeric, which no whole number of Rust reads.
        let sum = Expr::cust(
            "CAST(COALESCE(SUM(CASE document_type WHEN 'credit_note' THEN -1 ELSE 1 END \
             * (payable_minor - paid_minor - credited_minor)), 0) AS bigint)",
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

/// Changes the row of a document that stands in the state it was locked in.
async fn save(
    connection: &Session,
    id: InvoiceId,
    changed: ActiveModel,
    locked: InvoiceStatus,
) -> Result<(), StoreError> {
    let result = Entity::update_many()
        .set(changed)
        .filter(Column::Id.eq(id.as_uuid()))
        .filter(Column::Status.eq(locked.code()))
        .exec(connection)
        .await
        .map_err(failure)?;
    saved(result.rows_affected, 1, "invoice")
}

/// The base amounts are written anew: where the program before issued, there are none yet.
fn settlement(invoice: &IssuedInvoice) -> [Value; 14] {
    [
        invoice.content.written.id.as_uuid().into(),
        invoice.paid.minor().into(),
        invoice.credited.minor().into(),
        invoice.credit_notes.minor().into(),
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
