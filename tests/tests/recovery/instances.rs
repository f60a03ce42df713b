//! Two instances on one database: one seals, and each can be replaced while people work.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::thread;

use gaara_tests::client::{Answer, Client, Unanswered};
use gaara_tests::server::{Database, Installation};
use gaara_tests::service::Service;
use serde_json::Value;

use crate::company::{Goods, assert_books, found, run, sign_in};
use crate::load::{Journal, WORKERS};
use crate::tell;

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
    let redis = Service::redis();
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

/// Where instances are, as whoever hands out requests knows it.
type Addresses = Mutex<Vec<String>>;

/// Asks one instance after the other; only a request that nobody took is sent again.
fn ask(addresses: &Addresses, token: &str, turn: usize, body: &str) -> Result<Answer, Unanswered> {
    let mut refused = 0;
    loop {
        let address = {
            let addresses = addresses.lock().unwrap();
            addresses[(turn + refused) % addresses.len()].clone()
        };
        let client = Client::new(&address).signed_in(token);
        match client.attempt("POST", "/api/v1/invoices", Some(body.to_owned())) {
            Err(Unanswered::Refused) => refused += 1,
            Ok(answer) if answer.text("/code") == "health.draining" => refused += 1,
            other => return other,
        }
    }
}

/// Sells until it is over, and tells of each sale.
fn work(
    addresses: &Addresses,
    goods: &Goods,
    token: &str,
    is_over: &AtomicBool,
    sold: &Sender<()>,
) {
    let body = goods.sale().to_string();
    for turn in 0.. {
        if is_over.load(Ordering::Acquire) {
            return;
        }
        let answer = ask(addresses, token, turn, &body).unwrap();
        assert_eq!(answer.status, 201, "{:#}", answer.body);
        sold.send(()).unwrap();
    }
}

#[test]
fn instances_are_replaced_one_by_one_without_a_failed_request() {
    let redis = Service::redis();
    let installation = Installation::new(Database::postgres()).with("GAARA_REDIS__URL", &redis.url);
    let drain = [("GAARA_SERVER__DRAIN_DELAY_MS", "200")];
    let mut servers = vec![installation.start_with(&drain)];
    let goods = found(&servers[0]);
    servers.push(installation.start_with(&drain));
    let token = sign_in(&servers[0].address).token();
    let known: Addresses =
        Mutex::new(servers.iter().map(|server| server.address.clone()).collect());
    let is_over = AtomicBool::new(false);
    let (sold, sales) = channel();
    let mut count = 0;
    thread::scope(|scope| {
        for _ in 0..WORKERS {
            let sold = sold.clone();
            scope.spawn(|| work(&known, &goods, &token, &is_over, &{ sold }));
        }
        drop(sold);
        // Fails when everybody who sells has failed.
        let await_more = || (0..10).for_each(|_| sales.recv().unwrap());
        await_more();
        for place in [0, 1, 0, 1, 0, 1] {
            let fresh = installation.start_with(&drain);
            known.lock().unwrap().push(fresh.address.clone());
            let old = std::mem::replace(&mut servers[place], fresh);
            let address = old.address.clone();
            // It ends while requests still go to it.
            assert!(old.stop().success(), "{}", installation.log());
            known.lock().unwrap().retain(|known| *known != address);
            await_more();
            count += 10;
        }
        is_over.store(true, Ordering::Release);
    });
    count += 10 + sales.iter().count();
    let client = sign_in(&servers[0].address);
    let list = client.get("/api/v1/invoices?with_total=true&limit=1").expect(200);
    assert_eq!(list.body["page"]["total"].as_u64(), u64::try_from(count).ok());
    tell(&format!("{count} invoices by {WORKERS} clients, none failed"));
    assert_books(&installation);
    for server in servers {
        assert!(server.stop().success());
    }
}
