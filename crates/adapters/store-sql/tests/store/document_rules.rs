//! What the schema refuses of documents by itself, past every rule of the domain.

use std::sync::Arc;

use gaara_application::UseCase;
use gaara_application::invoicing::{
    CreateAndIssueCreditNote, CreateAndIssueInvoice, CreateInvoice, VoidInvoice, WrittenCreditNote,
    WrittenInvoice, WrittenLine,
};
use gaara_invoicing::{Annotations, CreditScope, PartyId};
use gaara_store_sql::SqlStore;
use gaara_testkit::{Harness, currency, everything_said, month, quantity, reference, unit_price};

use crate::databases::{Database, on_both_engines};
use crate::rules::assert_refused;

on_both_engines! {
    documents_refer_to_what_exists,
    references_and_corrected_lines_stand_once,
    a_draft_takes_tags_and_words_along,
}

/// Statements that break one rule each, and the rule.
pub(crate) const BREACHES: &[(&str, &str)] = &[
    ("UPDATE invoices SET kind = 'rent' WHERE kind = 'sale'", "kind_known"),
    (
        "UPDATE invoices SET document_type = 'receipt' WHERE corrects_id IS NULL \
         AND type_code IS NULL",
        "document_type_known",
    ),
    ("UPDATE invoices SET customer_id = NULL WHERE kind = 'sale'", "party_fits_kind"),
    ("UPDATE invoices SET kind = 'sale' WHERE kind = 'purchase'", "party_fits_kind"),
    (
        "UPDATE invoices SET supplier_reference = 'X' WHERE kind = 'sale'",
        "supplier_gives_reference",
    ),
    (
        "UPDATE invoices SET supplier_reference = '' WHERE kind = 'purchase'",
        "supplier_reference_length",
    ),
    (
        "UPDATE invoices SET corrects_number = 'X' WHERE document_type = 'invoice'",
        "credit_note_corrects",
    ),
    (
        "UPDATE invoices SET corrects_issue_date = NULL WHERE document_type = 'credit_note'",
        "credit_note_corrects",
    ),
    (
        "UPDATE invoices SET corrects_id = id WHERE document_type = 'credit_note'",
        "corrects_another",
    ),
    (
        "UPDATE invoices SET corrects_reason = 'x' WHERE document_type = 'invoice'",
        "credit_note_has_reason",
    ),
    ("UPDATE invoices SET type_code = 381 WHERE document_type = 'invoice'", "type_code_fits"),
    ("UPDATE invoices SET type_code = 380 WHERE document_type = 'credit_note'", "type_code_fits"),
    ("UPDATE invoices SET transaction_kind = 'other'", "transaction_kind_known"),
    ("UPDATE invoices SET period_to = NULL WHERE period_from IS NOT NULL", "period_ordered"),
    (
        "UPDATE invoices SET period_from = '2090-01-01' WHERE period_from IS NOT NULL",
        "period_ordered",
    ),
    ("UPDATE invoices SET tax_currency = 'SA'", "tax_currency_code"),
    ("UPDATE invoices SET cost_currency = 'SA' WHERE status = 'issued'", "cost_currency_code"),
    ("UPDATE invoices SET cost_currency = 'SAR' WHERE status = 'draft'", "draft_is_open"),
    ("UPDATE invoices SET party_name_en = 'x' WHERE status = 'draft'", "draft_is_open"),
    ("UPDATE invoices SET credit_notes_minor = 1 WHERE status = 'draft'", "draft_is_open"),
    ("UPDATE invoices SET digest = NULL WHERE status = 'issued'", "frozen_whole"),
    (
        "UPDATE invoices SET digest = NULL, snapshot = NULL WHERE status = 'issued' \
         AND kind = 'purchase'",
        "frozen_whole",
    ),
    (
        "UPDATE invoices SET party_name_ar = NULL, party_name_en = NULL WHERE status = 'issued'",
        "frozen_whole",
    ),
    ("UPDATE invoices SET voided_at_ms = NULL WHERE status = 'void'", "void_has_instant"),
    ("UPDATE invoices SET voided_at_ms = 1 WHERE status = 'issued'", "void_has_instant"),
    ("UPDATE invoices SET void_reason = 'x' WHERE status = 'issued'", "void_has_instant"),
    ("UPDATE invoices SET payment_status = 'unpaid' WHERE status = 'void'", "issued_is_complete"),
    ("UPDATE invoices SET number = NULL WHERE status = 'void'", "issued_is_complete"),
    ("UPDATE invoices SET due_date = '2020-01-01' WHERE status = 'void'", "due_after_issue"),
    (
        "UPDATE invoices SET prepaid_minor = -1, payable_minor = payable_minor + 1 \
         WHERE status = 'draft'",
        "prepaid_not_negative",
    ),
    (
        "UPDATE invoices SET rounding_minor = 101, payable_minor = payable_minor + 101 \
         WHERE status = 'draft'",
        "rounding_range",
    ),
    (
        "UPDATE invoices SET credit_notes_minor = tax_inclusive_minor + 1 \
         WHERE status = 'issued' AND document_type = 'invoice'",
        "credit_notes_within_total",
    ),
    (
        "UPDATE invoices SET credit_notes_minor = 1 WHERE document_type = 'credit_note' \
         AND status = 'issued'",
        "credit_notes_within_total",
    ),
    (
        "UPDATE invoices SET payment_status = 'paid' WHERE payment_status = 'unpaid'",
        "payment_status_fits",
    ),
    (
        "UPDATE invoices SET payment_status = 'partially_paid' WHERE payment_status = 'unpaid'",
        "payment_status_fits",
    ),
    (
        "UPDATE invoices SET payment_status = 'credited' WHERE payment_status = 'unpaid' \
         AND credit_notes_minor = 0",
        "payment_status_fits",
    ),
    (
        "UPDATE invoice_lines SET corrects_line = -1 WHERE corrects_line IS NOT NULL",
        "corrects_line_counted",
    ),
    ("UPDATE invoice_lines SET cost_minor = -1", "cost_not_negative"),
    (
        "UPDATE invoice_lines SET price_discount_millionths = 1, gross_price_millionths = NULL",
        "discount_explains_price",
    ),
    (
        "UPDATE invoice_lines SET unit_price_millionths = unit_price_millionths + 1 \
         WHERE price_discount_millionths IS NOT NULL",
        "discount_explains_price",
    ),
    (
        "UPDATE invoice_lines SET period_to = NULL WHERE period_from IS NOT NULL",
        "line_period_ordered",
    ),
    ("UPDATE invoice_tax_groups SET taxable_minor = -1", "taxable_not_negative"),
    ("UPDATE invoice_tax_groups SET tax_amount_minor = -1", "taxable_not_negative"),
    (
        "UPDATE invoice_tax_groups SET tax_category = 'Z', tax_rate_millionths = 0",
        "untaxed_bears_no_tax",
    ),
    ("UPDATE invoice_tags SET tag = ''", "tag_length"),
    ("UPDATE invoices SET digest = {bytes 1} WHERE status = 'issued'", "digest_length"),
];

/// The same, where a document is text.
pub(crate) const SQLITE_BREACHES: &[(&str, &str)] = &[
    ("UPDATE invoices SET details = '{'", "details_json"),
    ("UPDATE invoices SET snapshot = '{' WHERE status = 'issued'", "snapshot_json"),
];

/// Statements that name what does not exist, or take away what others name.
const DANGLING: &[&str] = &[
    "UPDATE invoices SET supplier_id = id WHERE kind = 'purchase'",
    "UPDATE invoices SET customer_id = id WHERE kind = 'sale'",
    "UPDATE invoices SET corrects_id = supplier_id WHERE document_type = 'credit_note'",
    "UPDATE invoices SET number_series = 'NONE' WHERE status = 'void'",
    "UPDATE invoice_lines SET tax_rate_code = 'NONE'",
    "UPDATE invoice_lines SET product_id = invoice_id",
    "DELETE FROM suppliers",
    "DELETE FROM customers",
    "DELETE FROM tax_rates",
    "DELETE FROM invoices WHERE id IN (SELECT corrects_id FROM invoices)",
    "INSERT INTO invoice_tags (tag, invoice_id) SELECT 'x', supplier_id FROM invoices \
     WHERE supplier_id IS NOT NULL AND document_type = 'credit_note'",
    "INSERT INTO invoice_words (word, invoice_id) SELECT 'x', supplier_id FROM invoices \
     WHERE supplier_id IS NOT NULL AND document_type = 'credit_note'",
];

async fn done<U: UseCase>(books: &Harness, use_case: U) -> U::Output {
    books.app.execute(&books.system(), &use_case).await.unwrap()
}

/// Books with a sale, two purchases, a credit note, a voided document and a draft.
pub(crate) async fn kept_documents(store: Arc<SqlStore>) -> Harness {
    let books = Harness::new(store).set_up().await;
    let sale = books.stocked_sale("20").await;
    books.issue(&sale.draft("4")).await.unwrap();
    let supplier = PartyId::Supplier(books.add_supplier("Mill").await);
    let purchase = |reference_text: &str| {
        let mut goods = WrittenLine::of(sale.product, quantity("10"));
        goods.gross_price = Some(unit_price("5"));
        goods.price_discount = Some(unit_price("0.75"));
        goods.period = Some(month());
        let mut more = WrittenLine::of(sale.product, quantity("2"));
        more.unit_price = Some(unit_price("4"));
        CreateAndIssueInvoice(WrittenInvoice {
            supplier_reference: Some(reference(reference_text)),
            warehouse: Some(sale.warehouse),
            details: everything_said(),
            annotations: Annotations { tags: vec![reference("urgent")], ..Annotations::default() },
            ..WrittenInvoice::new(supplier, currency("SAR"), vec![goods, more])
        })
    };
    let bought = done(&books, purchase("F-1")).await;
    done(&books, purchase("F-2")).await;
    let id = bought.content.written.id;
    let note = WrittenCreditNote {
        reason: Some(reference("Broken")),
        ..WrittenCreditNote::new(id, CreditScope::Full)
    };
    done(&books, CreateAndIssueCreditNote(note)).await;
    let wrong = books.issue(&sale.draft("1")).await.unwrap().content.written.id;
    done(&books, VoidInvoice { id: wrong, expected: None, reason: None }).await;
    let draft = WrittenInvoice {
        annotations: Annotations { tags: vec![reference("later")], ..Annotations::default() },
        ..sale.draft("1")
    };
    done(&books, CreateInvoice(draft)).await;
    books
}

async fn documents_refer_to_what_exists((store, database): (Arc<SqlStore>, Database)) {
    Box::pin(kept_documents(store)).await;
    for statement in DANGLING {
        let error = database.execute(statement).await.expect_err(statement);
        let error = error.to_string().to_lowercase();
        assert!(error.contains("foreign key"), "{statement}: {error}");
    }
}

async fn references_and_corrected_lines_stand_once((store, database): (Arc<SqlStore>, Database)) {
    Box::pin(kept_documents(store)).await;
    let again = "UPDATE invoices SET supplier_reference = 'F-1' WHERE kind = 'purchase' \
                 AND document_type = 'invoice'";
    let sqlite = database.is_sqlite();
    let rule =
        if sqlite { "invoices.supplier_reference" } else { "invoices_supplier_reference_key" };
    assert_refused(&database, again, rule).await;
    let again = "UPDATE invoice_lines SET corrects_line = 0 WHERE corrects_line IS NOT NULL";
    let rule = if sqlite { "invoice_lines.corrects_line" } else { "invoice_lines_corrects_key" };
    assert_refused(&database, again, rule).await;
}

async fn a_draft_takes_tags_and_words_along((store, database): (Arc<SqlStore>, Database)) {
    Box::pin(kept_documents(store)).await;
    let drafts = database.execute("DELETE FROM invoices WHERE status = 'draft'").await.unwrap();
    assert_eq!(drafts, 1);
    let orphans = "DELETE FROM invoice_tags WHERE tag = 'later'";
    assert_eq!(database.execute(orphans).await.unwrap(), 0);
    let orphans = "DELETE FROM invoice_words WHERE word = 'later'";
    assert_eq!(database.execute(orphans).await.unwrap(), 0);
}
