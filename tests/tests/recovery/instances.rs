//! Two instances on one database: one seals, and the other one when the first is killed.

use gaara_tests::redis::Redis;
use gaara_tests::server::{Database, Installation};
use serde_json::Value;

use crate::company::{assert_books, found, run};
use crate::load::Journal;

fn verified(installation: &Installation) -> Value {
    let told = run(installation, &["audit", "verify", "--json"]);
    serde_json::from_str(&told.printed).unwrap()
}

/// Waits until somebody has sealed everything.
fn await_sealed(installation: &Installation) -> Value {
    loop {
        let now = verified(installation);
        assert_eq!(now["findings_total"], 0, "{now:#}");
        if now["unsealed"] == 0 {
            return now;
        }
    }
}

#[test]
fn two_instances_seal_each_row_once_and_whoever_is_left_goes_on() {
    let redis = Redis::start();
    let installation = Installation::new(Database::postgres()).with("GAARA_REDIS__URL", &redis.url);
    let one = installation.start();
    let goods = found(&one);
    let other = installation.start();
    let journal = Journal::default();
    // Whoever works on one is sealed by either.
    for address in [&one.address, &other.address] {
        journal.during(address, &goods, || journal.await_more(20));
    }
    let before = await_sealed(&installation);

    one.signal("-KILL");
    assert!(!one.ended().success());
    journal.during(&other.address, &goods, || journal.await_more(20));
    let after = await_sealed(&installation);

    assert!(after["seals"].as_u64() > before["seals"].as_u64(), "{after:#}");
    assert!(after["rows"].as_u64() >= before["rows"].as_u64().map(|rows| rows + 20));
    journal.ask_again(&other.address, &goods);
    journal.assert_kept(&other.address, &goods);
    assert_books(&installation);
    assert!(other.stop().success());
}
