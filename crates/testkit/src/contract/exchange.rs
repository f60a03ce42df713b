//! Exchange rates: one to a currency and day, and the latest one holds.

use std::sync::Arc;

use gaara_application::invoicing::{
    FindExchangeRate, FindExchangeRateAt, ListExchangeRates, SetExchangeRate, SetExchangeRateError,
};
use gaara_application::{Refusal, Store};
use gaara_invoicing::{DatedRate, ExchangeRate, ExchangeRateFilter};
use gaara_kernel::Version;

use super::lists::assert_whole;
use super::store::whole;
use crate::fixtures::{currency, date};
use crate::harness::Harness;

fn setting(code: &str, day: &str, rate: &str, expected: Option<u32>) -> SetExchangeRate {
    SetExchangeRate {
        currency: currency(code),
        rate_date: date(day),
        rate: ExchangeRate::parse(rate).expect("a rate"),
        expected: expected.map(Version::new),
    }
}

async fn set(books: &Harness, code: &str, day: &str, rate: &str) -> DatedRate {
    let use_case = setting(code, day, rate, None);
    books.app.execute(&books.system(), &use_case).await.expect("a first rate of a day").1
}

async fn rate_at(books: &Harness, code: &str, day: &str) -> Option<String> {
    let query = FindExchangeRateAt { currency: currency(code), day: date(day) };
    let found = books.app.ask(&books.system(), &query).await.expect("an answer");
    found.map(|found| found.rate.to_string())
}

/// A rate is read back to the last digit; replacing it keeps its id and counts its version.
pub async fn a_rate_is_read_back_and_replaced(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    let first = set(&books, "USD", "2026-11-23", "3.7512345678").await;
    let query = FindExchangeRate { currency: currency("USD"), rate_date: date("2026-11-23") };
    let found = books.app.ask(&books.system(), &query).await.expect("an answer");
    assert_eq!(found, Some(first.clone()));

    let blind = setting("USD", "2026-11-23", "3.8", None);
    let refused = books.app.execute(&books.system(), &blind).await;
    assert!(matches!(refused, Err(Refusal::Failed(SetExchangeRateError::VersionMissing))));
    let stale = setting("USD", "2026-11-23", "3.8", Some(2));
    let refused = books.app.execute(&books.system(), &stale).await;
    assert!(matches!(refused, Err(Refusal::Failed(SetExchangeRateError::Stale { .. }))));
    let absent = setting("USD", "2026-11-24", "3.8", Some(1));
    let refused = books.app.execute(&books.system(), &absent).await;
    assert!(matches!(refused, Err(Refusal::Failed(SetExchangeRateError::NotFound))));

    let good = setting("USD", "2026-11-23", "100000000", Some(1));
    let (before, after) = books.app.execute(&books.system(), &good).await.expect("a known one");
    assert_eq!((before.as_ref(), after.id), (Some(&first), first.id));
    let found = books.app.ask(&books.system(), &query).await.expect("an answer");
    assert_eq!(found, Some(after));
    let own = setting("SAR", "2026-11-23", "1", None);
    let refused = books.app.execute(&books.system(), &own).await;
    assert!(matches!(refused, Err(Refusal::Failed(SetExchangeRateError::BaseCurrency { .. }))));
}

/// The rate of a day is the latest one of that day or earlier, of that currency alone.
pub async fn the_rate_of_a_day_is_the_latest_one_until_then(store: Arc<dyn Store>) {
    let books = Harness::new(Arc::clone(&store)).set_up().await;
    for (code, day, rate) in [
        ("USD", "2026-11-23", "3.75"),
        ("USD", "2026-01-01", "3.7"),
        ("EUR", "2026-11-22", "4.1"),
        ("USD", "2026-12-01", "3.8"),
    ] {
        set(&books, code, day, rate).await;
    }

    for (code, day, expected) in [
        ("USD", "2025-12-31", None),
        ("USD", "2026-01-01", Some("3.7")),
        ("USD", "2026-11-22", Some("3.7")),
        ("USD", "2026-11-23", Some("3.75")),
        ("USD", "2026-11-30", Some("3.75")),
        ("USD", "2030-01-01", Some("3.8")),
        ("EUR", "2026-11-23", Some("4.1")),
        ("GBP", "2026-11-23", None),
    ] {
        assert_eq!(rate_at(&books, code, day).await.as_deref(), expected, "{code} {day}");
        let mut unit = store.begin().await.expect("a transaction");
        let found = unit.exchange_rates().find_at(currency(code), date(day)).await;
        let found = found.expect("an answer").map(|found| found.rate.to_string());
        assert_eq!(found.as_deref(), expected, "{code} {day}");
    }
}

/// Of ten who set the first rate of one day at once, one does; the others learn of it.
pub async fn one_of_ten_sets_the_first_rate_of_a_day(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    let tasks = (0..10).map(|_| {
        let books = books.clone();
        tokio::spawn(async move {
            let use_case = setting("USD", "2026-11-23", "3.75", None);
            books.app.execute(&books.system(), &use_case).await
        })
    });
    let mut added = 0;
    for task in tasks.collect::<Vec<_>>() {
        match task.await.expect("no panic") {
            Ok(_) => added += 1,
            Err(Refusal::Failed(SetExchangeRateError::VersionMissing)) => {}
            Err(other) => panic!("{other}"),
        }
    }
    assert_eq!(added, 1);
}

/// Every order gives each rate once, and every filter keeps what matches.
pub async fn exchange_rates_are_listed(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    for day in ["2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23"] {
        for code in ["USD", "EUR"] {
            set(&books, code, day, "4").await;
        }
    }
    let filter = ExchangeRateFilter::default;
    let key = |rate: &DatedRate| rate.id.to_string();
    assert_whole(&books, 8, key, |page| ListExchangeRates { filter: filter(), page }).await;

    let (usd, middle) = (Some(currency("USD")), Some(date("2026-11-22")));
    for (filter, expected) in [
        (ExchangeRateFilter { currency: usd, ..filter() }, 4),
        (ExchangeRateFilter { from: middle, ..filter() }, 4),
        (ExchangeRateFilter { to: middle, ..filter() }, 6),
        (ExchangeRateFilter { currency: usd, from: middle, to: middle }, 1),
    ] {
        let query = ListExchangeRates { filter: filter.clone(), page: whole() };
        let rows = books.app.ask(&books.system(), &query).await.expect("rates can be read");
        assert_eq!((rows.items.len(), rows.total), (expected, u64::try_from(expected).ok()));
    }
}
