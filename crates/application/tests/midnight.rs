//! An invoice that waits for its number while the day changes.
#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a script that is empty must end its test"
)]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use gaara_kernel::{Clock, Timestamp};
use gaara_store_memory::MemoryStore;
use gaara_testkit::{Harness, date};

/// A clock that shows these instants one after the other, and then stays at the last one.
struct Scripted(Mutex<Vec<Timestamp>>);

impl Clock for Scripted {
    fn now(&self) -> Timestamp {
        let mut instants = self.0.lock().unwrap();
        if instants.len() > 1 { instants.remove(0) } else { instants[0] }
    }
}

#[tokio::test]
async fn who_waited_past_midnight_is_dated_by_the_new_day() {
    let store = Arc::new(MemoryStore::new());
    let books = Harness::new(store.clone()).set_up().await;
    let sale = books.stocked_sale("10").await;
    let before = books.clock.now();
    books.clock.advance(Duration::from_hours(24));
    let after = books.clock.now();
    books.issue(&sale.draft("1")).await.unwrap();

    let late = Harness::with_ports(store, |mut ports| {
        ports.clock = Arc::new(Scripted(Mutex::new(vec![before, after])));
        ports.entropy = books.entropy.clone();
        ports
    });
    let issued = late.issue(&sale.draft("1")).await.unwrap();

    assert_eq!(issued.issue_date, date("2026-11-24"));
    assert_eq!(issued.number.text(), "INV-2026-00002");
}
