//! What the schema refuses of exchange rates by itself, past every rule of the domain.

use std::sync::Arc;

use gaara_application::invoicing::SetExchangeRate;
use gaara_invoicing::ExchangeRate;
use gaara_store_sql::SqlStore;
use gaara_testkit::{Harness, currency, date};

use crate::databases::{Database, on_both_engines};
use crate::rules::assert_refused;

on_both_engines! {
    every_check_on_money_refuses_what_breaks_it,
}

/// Statements that break one rule each, and the rule.
const BREACHES: &[(&str, &str)] = &[
    ("UPDATE exchange_rates SET rate_scaled = 0", "rate_range"),
    ("UPDATE exchange_rates SET rate_scaled = 1000000000000000001", "rate_range"),
    ("UPDATE exchange_rates SET currency = 'US'", "currency_code"),
    ("UPDATE exchange_rates SET version = 0", "version_counted"),
];

async fn every_check_on_money_refuses_what_breaks_it((store, database): (Arc<SqlStore>, Database)) {
    let books = Harness::new(store).set_up().await;
    for day in ["2026-11-01", "2026-11-23"] {
        let rate = SetExchangeRate {
            currency: currency("USD"),
            rate_date: date(day),
            rate: ExchangeRate::parse("3.75").unwrap(),
            expected: None,
        };
        books.app.execute(&books.system(), &rate).await.unwrap();
    }
    for (statement, rule) in BREACHES {
        assert_refused(&database, statement, rule).await;
    }
    let twice = database.execute("UPDATE exchange_rates SET rate_date = '2026-11-23'").await;
    assert!(twice.unwrap_err().to_string().to_lowercase().contains("unique"));
}
