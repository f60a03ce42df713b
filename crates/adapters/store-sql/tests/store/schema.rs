//! Every rule of the schema: listed with its reason, and broken by a statement of its own.

pub(crate) mod breaches;
mod catalogue;
mod page;
mod postgres;
mod reasons;
mod sqlite;

use std::future::Future;
use std::sync::Arc;

use gaara_store_sql::SqlStore;

use self::breaches::Trial;
use self::catalogue::{Catalogue, Kind};
use crate::databases::{self, Database};
use crate::{
    account_rules, audit_tampering, document_rules, identity_rules, money_rules, passkey_rules,
    promise_rules, rules, second_factor_rules, stock_rules, token_rules,
};

/// Keys and references that nothing worked out of the catalogue breaks alone: the table, the
/// columns, and a statement that does.
const BY_HAND: &[(Kind, &str, &str, &str)] = &[
    (
        Kind::Reference,
        "invoice_lines",
        "reservation_id",
        "UPDATE invoice_lines SET reservation_id = invoice_id",
    ),
    (
        Kind::Reference,
        "invoices",
        "number_series",
        "UPDATE invoices SET number_series = 'NONE' WHERE status = 'void'",
    ),
    (
        Kind::Reference,
        "stock_movements",
        "origin_id",
        "UPDATE stock_movements SET origin_id = warehouse_id WHERE kind = 'customer_return'",
    ),
    (
        Kind::Reference,
        "stocktake_lines",
        "product_id, warehouse_id",
        "UPDATE stocktake_lines SET warehouse_id = stocktake_id",
    ),
    (
        Kind::Reference,
        "audit_sealed",
        "audit_id",
        "INSERT INTO audit_sealed (seal, position, audit_id, digest) \
         SELECT seal, 9, (SELECT id FROM organizations), digest FROM audit_sealed LIMIT 1",
    ),
    (
        Kind::Key,
        "number_series",
        "code",
        "INSERT INTO number_series (code, is_default, pattern) \
         SELECT code, FALSE, 'X{year}{sequence}' FROM number_series LIMIT 1",
    ),
    (
        Kind::Key,
        "number_series",
        "id",
        "INSERT INTO number_series (code, id, is_default, pattern) \
         SELECT 'X', id, FALSE, 'X{year}{sequence}' FROM number_series LIMIT 1",
    ),
    (
        Kind::Key,
        "number_series",
        "pattern",
        "INSERT INTO number_series (code, is_default, pattern, reset) \
         SELECT 'X', FALSE, pattern, reset FROM number_series LIMIT 1",
    ),
];

/// Rows of tables that the books of the tests leave empty.
const ROWS: &[&str] = &[
    "INSERT INTO setup_tokens (singleton, digest, expires_at_ms) VALUES (1, {bytes 32}, 1)",
    "INSERT INTO invoice_instalments (invoice_id, position, due_date, amount_minor) \
     SELECT id, 0, due_date, 1 FROM invoices WHERE status = 'issued' LIMIT 1",
    "UPDATE customers SET email = 'a@b.sa' WHERE id IN (SELECT id FROM customers LIMIT 1)",
    "UPDATE suppliers SET email = 'a@b.sa' WHERE id IN (SELECT id FROM suppliers LIMIT 1)",
];

/// What no statement can break alone: the table, the rule, and the reason.
const EXCUSED: &[(&str, &str, &str)] = &[
    ("organizations", "(id)", "a second row breaks the key of the only one"),
    ("number_series_counters", "last_sequence_not_negative", "first_sequence_counted says it too"),
];

/// The flags of PostgreSQL, whose type holds nothing else.
const FLAGS: &[(&str, &str, &str)] = &[
    ("*", "charge_flag", "boolean"),
    ("*", "is_open_flag", "boolean"),
    ("*", "is_short_flag", "boolean"),
    ("*", "disabled_flag", "boolean"),
    ("*", "prices_flag", "boolean"),
];

#[tokio::test]
async fn the_page_of_the_schema_is_what_both_engines_hold() {
    let (_, database) = databases::sqlite().await;
    let sqlite = Catalogue::of(&database).await;
    let (_, database) = databases::postgres().await;
    let postgres = Catalogue::of(&database).await;

    let made = page::page(&sqlite, &postgres);

    let made = made.unwrap_or_else(|missing| panic!("without a reason:\n{}", missing.join("\n")));
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../docs/database.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(path, &made).unwrap();
    }
    assert!(std::fs::read_to_string(path).unwrap() == made, "docs/database.md is out of date");
    let both = [&sqlite, &postgres].into_iter().flat_map(|it| &it.rules);
    let rules: Vec<_> = both
        .map(|(rule, told)| {
            let name = if told.name.is_empty() { &rule.shape } else { &told.name };
            (rule.table.clone(), rule.kind, name.clone())
        })
        .collect();
    assert_eq!(reasons::idle(&rules), Vec::<&str>::new(), "reasons for nothing");
}

/// Tries everything on the books that a function fills.
async fn tried<T, F: Future<Output = T>>(
    trial: &mut Trial<'_>,
    is_sqlite: bool,
    fill: impl FnOnce(Arc<SqlStore>) -> F,
    breaches: &[(&str, &str)],
) {
    let (store, database) =
        if is_sqlite { databases::sqlite().await } else { databases::postgres().await };
    let _kept = Box::pin(fill(store)).await;
    for statement in ROWS {
        let statement = breaches::written(statement, is_sqlite);
        let _ = database.execute(&statement).await.unwrap();
    }
    trial.checks(&database, breaches).await;
    trial.shared_checks(&database).await;
    trial.keys_and_references(&database).await;
}

async fn every_rule_refuses(is_sqlite: bool) {
    let (_, database): (_, Database) =
        if is_sqlite { databases::sqlite().await } else { databases::postgres().await };
    let catalogue = Catalogue::of(&database).await;
    drop(database);
    let mut trial = Trial::of(&catalogue, is_sqlite, BY_HAND);
    let (all, of) = (&mut trial, is_sqlite);
    tried(all, of, rules::kept_books, rules::BREACHES).await;
    tried(all, of, stock_rules::kept_stock, stock_rules::BREACHES).await;
    tried(all, of, promise_rules::kept_promises, promise_rules::BREACHES).await;
    tried(all, of, document_rules::kept_documents, document_rules::BREACHES).await;
    tried(all, of, money_rules::kept_settlement, money_rules::BREACHES).await;
    tried(all, of, identity_rules::kept_people, identity_rules::BREACHES).await;
    tried(all, of, token_rules::kept_tokens, token_rules::BREACHES).await;
    tried(all, of, account_rules::kept_accounts, account_rules::BREACHES).await;
    tried(all, of, second_factor_rules::kept_factors, second_factor_rules::BREACHES).await;
    tried(all, of, passkey_rules::kept_passkeys, passkey_rules::BREACHES).await;
    tried(all, of, audit_tampering::kept_seals, audit_tampering::BREACHES).await;
    if is_sqlite {
        tried(all, of, document_rules::kept_documents, document_rules::SQLITE_BREACHES).await;
    }
    trial.excuse(EXCUSED);
    if !is_sqlite {
        trial.excuse(FLAGS);
    }
    let left = trial.left();
    assert!(left.is_empty(), "{} were broken by nothing:\n{}", left.len(), left.join("\n"));
}

#[tokio::test]
async fn every_rule_of_the_schema_refuses_what_breaks_it_on_sqlite() {
    every_rule_refuses(true).await;
}

#[tokio::test]
async fn every_rule_of_the_schema_refuses_what_breaks_it_on_postgres() {
    every_rule_refuses(false).await;
}
