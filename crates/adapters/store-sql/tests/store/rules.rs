//! What the schema refuses by itself, past every rule of the domain.

use std::sync::Arc;

use gaara_application::inventory::ChangeProduct;
use gaara_application::invoicing::{CreateInvoice, RecordPayment};
use gaara_inventory::{Barcode, Factor, Packaging, ReorderRule};
use gaara_invoicing::totals::{Adjustment, AdjustmentValue, DocumentAdjustment};
use gaara_invoicing::{PartyId, PaymentMethod};
use gaara_kernel::Version;
use gaara_store_sql::SqlStore;
use gaara_testkit::{Harness, code, money, percent, quantity};

use crate::databases::{Database, on_both_engines};

on_both_engines! {
    histories_only_grow,
    what_others_refer_to_stays,
    a_document_takes_its_parts_along,
}

/// Statements that break one rule each, and the rule.
pub(crate) const BREACHES: &[(&str, &str)] = &[
    ("UPDATE organizations SET singleton = 2", "organizations_single"),
    ("UPDATE organizations SET name_ar = NULL, name_en = NULL", "name_present"),
    ("UPDATE organizations SET country = 'SAU'", "country_code"),
    ("UPDATE users SET language = 'fr'", "language_known"),
    ("UPDATE users SET version = 0", "version_counted"),
    ("UPDATE users SET username = 'ab'", "username_length"),
    ("UPDATE tax_rates SET tax_category = 'X'", "tax_category_known"),
    ("UPDATE tax_rates SET tax_rate_millionths = 0", "tax_rate_range"),
    ("UPDATE tax_rates SET tax_rate_millionths = 100000001", "tax_rate_range"),
    ("UPDATE tax_rates SET tax_category = 'Z'", "tax_rate_range"),
    ("UPDATE products SET kind = 'other'", "kind_known"),
    ("UPDATE products SET costing = 'lifo'", "costing_known"),
    ("UPDATE products SET costing = 'standard'", "standard_cost_follows"),
    ("UPDATE products SET standard_cost_millionths = 1", "standard_cost_follows"),
    (
        "UPDATE products SET costing = 'standard', standard_cost_millionths = -1",
        "standard_cost_not_negative",
    ),
    ("UPDATE units SET decimals = 7 WHERE code = 'EA'", "decimals_range"),
    ("UPDATE units SET numerator = 0 WHERE code = 'DZN'", "factor_range"),
    ("UPDATE units SET denominator = 1000000000001 WHERE code = 'DZN'", "factor_range"),
    ("UPDATE units SET numerator = NULL WHERE code = 'DZN'", "base_whole"),
    ("UPDATE units SET base_code = code WHERE code = 'DZN'", "base_is_another"),
    ("UPDATE product_packagings SET numerator = 0", "factor_range"),
    ("UPDATE product_packagings SET position = -1", "position_counted"),
    ("UPDATE product_reorder_rules SET minimum_millionths = -1", "minimum_not_negative"),
    ("UPDATE product_reorder_rules SET maximum_millionths = 0", "maximum_covers_minimum"),
    ("UPDATE categories SET parent_id = id WHERE parent_id IS NOT NULL", "parent_is_another"),
    ("UPDATE categories SET parent_id = NULL", "top_has_no_parent"),
    ("UPDATE categories SET path = 'ab'", "path_length"),
    ("UPDATE suppliers SET country = 'SAU'", "country_code"),
    ("UPDATE suppliers SET net_days = 3651", "net_days_range"),
    ("UPDATE suppliers SET credit_limit_minor = -1", "credit_limit_not_negative"),
    ("UPDATE products SET unit_price_millionths = -1", "unit_price_not_negative"),
    ("UPDATE stock_levels SET reserved_millionths = -1", "reserved_not_negative"),
    ("UPDATE stock_levels SET reserved_millionths = on_hand_millionths + 1", "on_hand_covers"),
    ("UPDATE stock_levels SET on_hand_millionths = -1, value_minor = 0", "on_hand_covers"),
    ("UPDATE stock_levels SET value_minor = -1", "value_not_negative"),
    ("UPDATE stock_levels SET on_hand_millionths = 0", "nothing_is_worth_nothing"),
    ("UPDATE customers SET net_days = 3651", "net_days_range"),
    ("UPDATE customers SET credit_limit_minor = -1", "credit_limit_not_negative"),
    ("UPDATE customers SET details = '[]'", "details_object"),
    ("UPDATE customers SET instalments = '[]'", "instalments_counted"),
    (
        "UPDATE customers SET details = '{\"billing_address\": {\"country\": \"SAU\"}}'",
        "details_countries",
    ),
    ("UPDATE suppliers SET details = '1'", "details_object"),
    ("UPDATE suppliers SET instalments = '[]'", "instalments_counted"),
    (
        "UPDATE suppliers SET details = '{\"delivery_address\": {\"country\": \"\"}}'",
        "details_countries",
    ),
    ("UPDATE organizations SET details = '[]'", "details_object"),
    ("UPDATE organizations SET tax_id = ''", "tax_id_length"),
    ("UPDATE organizations SET cash_rounding_minor = 0", "cash_rounding_positive"),
    ("UPDATE organizations SET tax_currency = 'SA'", "tax_currency_code"),
    ("UPDATE tax_rates SET exemption_code = 'VATEX-EU-O'", "exemption_untaxed"),
    (
        "UPDATE tax_rates SET valid_from = '2026-02-01', valid_to = '2026-01-31'",
        "validity_in_order",
    ),
    (
        "UPDATE number_series_counters SET last_sequence = -1, last_issue_date = NULL, \
         first_sequence = 0",
        "_sequence_",
    ),
    ("UPDATE number_series_counters SET first_sequence = 0", "first_sequence_counted"),
    (
        "UPDATE number_series_counters SET first_sequence = last_sequence + 2, \
         last_issue_date = NULL",
        "first_sequence_counted",
    ),
    ("UPDATE number_series SET document = 'letter'", "document_known"),
    ("UPDATE number_series SET reset = 'monthly'", "reset_known"),
    ("UPDATE number_series SET pattern = '{year}' WHERE code = 'INV'", "pattern_counts"),
    ("UPDATE number_series SET pattern = '{sequence}' WHERE code = 'INV'", "yearly_shows_year"),
    ("UPDATE number_series SET closed_at_ms = 1", "default_is_open"),
    ("UPDATE number_series SET version = 0", "version_counted"),
    ("UPDATE number_series_counters SET last_issue_date = NULL", "counted_with_date"),
    (
        "UPDATE invoices SET status = 'lost', payment_status = 'none' WHERE status = 'issued'",
        "status_known",
    ),
    ("UPDATE invoices SET payment_status = 'late' WHERE status = 'issued'", "payment_status_known"),
    ("UPDATE invoices SET number = 'X' WHERE status = 'draft'", "draft_is_open"),
    ("UPDATE invoices SET paid_minor = 1 WHERE status = 'draft'", "draft_is_open"),
    ("UPDATE invoices SET number = NULL WHERE status = 'issued'", "issued_is_complete"),
    ("UPDATE invoices SET due_date = NULL WHERE status = 'issued'", "issued_is_complete"),
    ("UPDATE invoices SET due_date = '2020-01-01' WHERE status = 'issued'", "due_after_issue"),
    ("UPDATE invoices SET lines_net_minor = 1", "tax_exclusive_adds_up"),
    ("UPDATE invoices SET tax_minor = tax_minor + 1", "tax_inclusive_adds_up"),
    ("UPDATE invoices SET prepaid_minor = 1", "payable_adds_up"),
    (
        "UPDATE invoices SET paid_minor = payable_minor + 1, payment_status = 'credited', \
         credit_notes_minor = 1 WHERE status = 'issued'",
        "settled_within",
    ),
    ("UPDATE invoices SET credited_minor = -1 WHERE status = 'issued'", "settled_within"),
    ("UPDATE invoice_lines SET quantity_millionths = 0", "quantity_positive"),
    ("UPDATE invoice_lines SET base_quantity_millionths = 0", "base_quantity_positive"),
    ("UPDATE invoice_lines SET total_minor = total_minor + 1", "line_adds_up"),
    (
        "UPDATE invoice_adjustments SET amount_minor = 1, percent_millionths = 1",
        "amount_or_percent",
    ),
    (
        "UPDATE invoice_adjustments SET percent_millionths = 100000001 WHERE amount_minor IS NULL",
        "allowance_within_whole",
    ),
    ("UPDATE invoice_adjustments SET tax_category = 'S' WHERE line_position IS NULL", "tax_whole"),
    ("UPDATE payments SET amount_minor = 0", "amount_positive"),
    ("UPDATE payments SET method = 'barter'", "method_known"),
    ("UPDATE payments SET currency = 'SA'", "currency_code"),
    ("UPDATE payment_allocations SET amount_minor = 0", "amount_positive"),
];

/// Books that have at least one row in every table.
pub(crate) async fn kept_books(store: Arc<SqlStore>) -> Harness {
    let books = Harness::new(store).set_up().await;
    let sale = books.stocked_sale("10").await;
    let top = books.add_category("Top", None).await;
    let barcodes = vec![Barcode::parse("6281000000014").unwrap()];
    let (minimum, maximum) = (quantity("1"), quantity("2"));
    let change = ChangeProduct {
        category: Some(Some(books.add_category("Below", Some(top)).await)),
        supplier: Some(Some(books.add_supplier("Najd").await)),
        packagings: Some(vec![Packaging { unit: code("PF"), factor: Factor::ONE, barcodes }]),
        reorder: Some(vec![ReorderRule { warehouse: sale.warehouse, minimum, maximum }]),
        ..Harness::product_change(sale.product, Version::FIRST)
    };
    books.app.execute(&books.system(), &change).await.unwrap();
    let issued = books.issue(&sale.draft("4")).await.unwrap();
    let mut draft = sale.draft("1");
    let discount = AdjustmentValue::Percent { percent: percent("10"), base: None };
    draft.lines.first_mut().unwrap().allowances = vec![Adjustment { value: discount }];
    draft.allowances = vec![DocumentAdjustment { value: discount, tax: None }];
    books.app.execute(&books.system(), &CreateInvoice(draft)).await.unwrap();
    let part = money("10");
    let payment = RecordPayment::new(PartyId::Customer(sale.customer), part, PaymentMethod::Cash)
        .with(issued.content.written.id, part);
    books.app.execute(&books.system(), &payment).await.unwrap();
    books
}

pub(crate) async fn assert_refused(database: &Database, statement: &str, why: &str) {
    match database.execute(statement).await {
        Ok(rows) => panic!("{statement}: {rows} rows changed"),
        Err(error) => assert!(error.to_string().contains(why), "{statement}: {error}"),
    }
}

async fn histories_only_grow((store, database): (Arc<SqlStore>, Database)) {
    kept_books(store).await;
    for table in ["audit_log", "stock_ledger"] {
        let why = format!("{table} is append-only");
        let column = if table == "audit_log" { "subject = 'x'" } else { "value_minor = 1" };
        assert_refused(&database, &format!("UPDATE {table} SET {column}"), &why).await;
        assert_refused(&database, &format!("DELETE FROM {table}"), &why).await;
        if !database.is_sqlite() {
            assert_refused(&database, &format!("TRUNCATE {table} CASCADE"), &why).await;
        }
    }
}

async fn what_others_refer_to_stays((store, database): (Arc<SqlStore>, Database)) {
    kept_books(store).await;
    for table in [
        "customers",
        "products",
        "warehouses",
        "tax_rates",
        "number_series",
        "invoices",
        "units",
        "categories",
        "suppliers",
    ] {
        let result = database.execute(&format!("DELETE FROM {table}")).await;
        let error = result.expect_err(table).to_string().to_lowercase();
        assert!(error.contains("foreign key"), "{table}: {error}");
    }
}

async fn a_document_takes_its_parts_along((store, database): (Arc<SqlStore>, Database)) {
    kept_books(store).await;
    let drafts = database.execute("DELETE FROM invoices WHERE status = 'draft'").await.unwrap();
    assert_eq!(drafts, 1);
    let left = database.execute("DELETE FROM invoice_adjustments").await.unwrap();
    assert_eq!(left, 0);
    let left = database.execute("DELETE FROM invoice_lines").await.unwrap();
    assert_eq!(left, 1, "the issued document keeps its line");
}
