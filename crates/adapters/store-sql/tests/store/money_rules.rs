//! What the schema refuses of exchange rates and settlement by itself, past every rule of the
//! domain.

use std::sync::Arc;

use gaara_application::invoicing::{RecordPayment, VoidPayment};
use gaara_invoicing::{PartyId, PaymentMethod};
use gaara_kernel::Money;
use gaara_store_sql::SqlStore;
use gaara_testkit::{Harness, currency, money};

use crate::databases::{Database, on_both_engines};

on_both_engines! {
    payments_refer_to_what_exists,
    the_program_before_pays_on_the_new_schema,
}

/// Statements that break one rule each, and the rule.
pub(crate) const BREACHES: &[(&str, &str)] = &[
    ("UPDATE exchange_rates SET rate_scaled = 0", "rate_range"),
    ("UPDATE exchange_rates SET rate_scaled = 1000000000000000001", "rate_range"),
    ("UPDATE exchange_rates SET currency = 'US'", "currency_code"),
    ("UPDATE exchange_rates SET version = 0", "version_counted"),
    ("UPDATE invoices SET base_rate_scaled = 0 WHERE status = 'issued'", "base_rate_range"),
    ("UPDATE invoices SET base_tax_minor = base_tax_minor + 1", "base_total_adds_up"),
    ("UPDATE invoices SET base_payable_minor = -1", "base_payable_not_negative"),
    ("UPDATE invoices SET base_currency = NULL WHERE status = 'issued'", "base_is_whole"),
    ("UPDATE invoices SET base_paid_minor = NULL WHERE status = 'issued'", "base_is_whole"),
    ("UPDATE payments SET direction = 'up'", "direction_known"),
    ("UPDATE payments SET state = 'lost'", "state_known"),
    ("UPDATE payments SET state = 'void' WHERE state = 'posted'", "void_has_instant"),
    ("UPDATE payments SET voided_at_ms = NULL WHERE state = 'void'", "void_has_instant"),
    ("UPDATE payments SET customer_id = NULL WHERE supplier_id IS NULL", "party_is_one"),
    ("UPDATE payments SET supplier_id = id WHERE customer_id IS NOT NULL", "party_is_one"),
    ("UPDATE payments SET base_rate_scaled = 0", "base_rate_range"),
    ("UPDATE payments SET base_amount_minor = -1", "base_amount_not_negative"),
    ("UPDATE payments SET base_amount_minor = NULL", "base_is_whole"),
    ("UPDATE payments SET amount_minor = 0", "amount_positive"),
    ("UPDATE payments SET allocated_minor = -1", "spent_within_amount"),
    ("UPDATE payments SET allocated_minor = amount_minor + 1", "spent_within_amount"),
    ("UPDATE payment_allocations SET amount_minor = 0", "amount_positive"),
    ("UPDATE payment_allocations SET base_gain_minor = base_gain_minor + 1", "gain_adds_up"),
    ("UPDATE payment_allocations SET base_gain_minor = NULL", "gain_is_whole"),
    ("UPDATE payment_allocations SET allocation_date = NULL", "gain_is_whole"),
];

/// Books with an issued invoice in another currency, a payment of it, one of a supplier, and a
/// void one.
pub(crate) async fn kept_settlement(store: Arc<SqlStore>) {
    let books = Harness::new(store).set_up().await;
    books.add_vat().await;
    let draft = books.foreign_sale("USD").await;
    books.set_rate("USD", "2026-11-01", "3.7").await;
    books.set_rate("USD", "2026-11-23", "3.75").await;
    let invoice = books.issue(&draft).await.unwrap().content.written.id;
    let amount = Money::parse("50", currency("USD")).unwrap();
    let party = draft.party;
    let mut paid = RecordPayment::new(party, amount, PaymentMethod::Cash).with(invoice, amount);
    paid.reference = Some("TRX-778".to_owned());
    let supplier = PartyId::Supplier(books.add_supplier("Gulf Steel").await);
    let out = RecordPayment::new(supplier, money("5"), PaymentMethod::Cash);
    for payment in [paid, out.clone()] {
        books.app.execute(&books.system(), &payment).await.unwrap();
    }
    let id = books.app.execute(&books.system(), &out).await.unwrap().id();
    let void = VoidPayment { id, expected: None, cascade: false };
    books.app.execute(&books.system(), &void).await.unwrap();
}

async fn payments_refer_to_what_exists((store, database): (Arc<SqlStore>, Database)) {
    kept_settlement(store).await;
    for statement in [
        "UPDATE payments SET supplier_id = id WHERE supplier_id IS NOT NULL",
        "UPDATE payments SET customer_id = id WHERE customer_id IS NOT NULL",
        "UPDATE payment_allocations SET invoice_id = id",
        "UPDATE payment_allocations SET payment_id = id",
        "UPDATE payment_words SET payment_id = (SELECT invoice_id FROM payment_allocations)",
        "DELETE FROM invoices",
        "DELETE FROM suppliers",
    ] {
        let result = database.execute(statement).await;
        let error = result.expect_err(statement).to_string().to_lowercase();
        assert!(error.contains("foreign key"), "{statement}: {error}");
    }
    database.execute("DELETE FROM payments").await.unwrap();
    for table in ["payment_allocations", "payment_words"] {
        let left = database.execute(&format!("DELETE FROM {table}")).await.unwrap();
        assert_eq!(left, 0, "{table} goes with its payment");
    }
}

/// What the program before writes names neither direction nor rate nor the ids of allocations.
async fn the_program_before_pays_on_the_new_schema((store, database): (Arc<SqlStore>, Database)) {
    let books = Harness::new(store.clone()).set_up().await;
    let sale = books.stocked_sale("10").await;
    let invoice = books.issue(&sale.draft("4")).await.unwrap().content.written.id;
    for statement in [
        "INSERT INTO payments (id, customer_id, amount_minor, currency, payment_date, method, \
         created_at_ms, version) SELECT id, customer_id, 2645, 'SAR', '2026-11-23', 'cash', 7, 1 \
         FROM invoices",
        "INSERT INTO payment_allocations (payment_id, invoice_id, amount_minor) \
         SELECT id, id, 2645 FROM invoices",
        "UPDATE invoices SET paid_minor = 2645, payment_status = 'paid'",
    ] {
        database.execute(statement).await.unwrap();
    }

    let id = gaara_kernel::Id::from_uuid(gaara_kernel::Id::as_uuid(invoice));
    let query = gaara_application::invoicing::FindPayment { id };
    let payment = books.app.ask(&books.system(), &query).await.unwrap().unwrap();
    let part = payment.allocations().first().unwrap();
    assert_eq!((part.amount, part.base_settled), (money("26.45"), money("26.45")));
    assert_eq!(payment.unallocated(), money("0"));
    let text = part.id.to_string();
    assert_eq!(gaara_kernel::parse_id(&text), Ok(part.id), "the database made a good id");

    let void = VoidPayment { id, expected: None, cascade: true };
    books.app.execute(&books.system(), &void).await.unwrap();
    let query = gaara_application::invoicing::FindInvoice { id: invoice };
    let open = books.app.ask(&books.system(), &query).await.unwrap().unwrap();
    let gaara_invoicing::Invoice::Issued(open) = open else { panic!("it was issued") };
    assert_eq!((open.paid, open.base_paid), (money("0"), money("0")));
}
