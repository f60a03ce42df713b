//! PostgreSQL says nothing any more, or is started anew, under a server that stays.
#![expect(clippy::disallowed_methods, reason = "how soon somebody is told is what is measured")]

use std::thread;
use std::time::{Duration, Instant};

use gaara_tests::client::{Answer, Client};
use gaara_tests::server::{Database, Installation, Server};
use gaara_tests::service::Service;

use crate::company::{Goods, assert_books, found, sign_in};
use crate::load::{Journal, WORKERS};
use crate::tell;

/// How soon somebody has to be told.
const SOON: Duration = Duration::from_secs(5);

/// Whoever asks for something that needs the books is told soon that they are away, and in both
/// languages; and the server calls itself unready.
fn assert_away(client: &Client, server: &Server, goods: &Goods) {
    let stranger = Client::new(&server.address);
    let receipt = goods.receipt("1");
    let asks: [&(dyn Fn() -> Answer + Sync); 4] = [
        &|| client.post("/api/v1/stock-movements", &receipt),
        &|| client.get("/api/v1/invoices"),
        &|| client.get(&format!("/api/v1/products/{}", goods.product)),
        &|| stranger.post("/api/v1/auth/login", &crate::company::login()),
    ];
    thread::scope(|scope| {
        for ask in asks {
            scope.spawn(move || {
                let asked = Instant::now();
                let answer = ask();
                let waited = asked.elapsed();
                let _ = answer.expect_problem(503, "db.unavailable");
                assert!(waited < SOON, "{waited:?}");
            });
        }
        scope.spawn(|| {
            let asked = Instant::now();
            // What was found a moment ago is told while somebody looks anew.
            while stranger.get("/health/ready").status != 503 {
                assert!(asked.elapsed() < SOON, "ready without a database");
            }
            assert_eq!(stranger.get("/health/live").status, 200);
        });
    });
}

/// Everything works again, and nobody had to start the server anew.
fn assert_back(client: &Client, server: &Server, goods: &Goods) {
    let _ = client.post("/api/v1/stock-movements", &goods.receipt("1")).expect(201);
    let _ = client.get("/api/v1/invoices").expect(200);
    let asked = Instant::now();
    while client.get("/health/ready").status != 200 {
        assert!(asked.elapsed() < SOON, "not ready again");
    }
    assert!(sign_in(&server.address).token().len() > 20);
}

#[test]
fn a_frozen_database_is_told_of_within_five_seconds_and_thaws_by_itself() {
    let cluster = Service::postgres();
    let installation = Installation::new(Database::on(&cluster.url));
    let server = installation.start();
    let goods = found(&server);
    let client = sign_in(&server.address);

    let frozen = cluster.freeze();
    assert_away(&client, &server, &goods);
    // Not only once: by now every connection is lost.
    assert_away(&client, &server, &goods);
    drop(frozen);

    assert_back(&client, &server, &goods);
    assert_books(&installation);
    assert!(server.stop().success(), "{}", installation.log());
}

#[test]
fn what_runs_when_the_database_freezes_is_told_of_within_five_seconds_and_has_its_effect_once() {
    let cluster = Service::postgres();
    let installation = Installation::new(Database::on(&cluster.url));
    let server = installation.start();
    let goods = found(&server);
    let journal = Journal::default();

    let (waited, frozen) = journal.during(&server.address, &goods, || {
        journal.await_more(20);
        let frozen = cluster.freeze();
        let began = Instant::now();
        while journal.refused() < WORKERS {
            assert!(began.elapsed() < SOON * 4, "{} were told", journal.refused());
            thread::yield_now();
        }
        (began.elapsed(), frozen)
    });
    drop(frozen);
    assert!(waited < SOON, "{waited:?}");
    tell(&format!("everybody was told after {waited:?}"));

    journal.ask_again(&server.address, &goods);
    journal.assert_kept(&server.address, &goods);
    assert_books(&installation);
    assert!(server.stop().success(), "{}", installation.log());
}

#[test]
fn a_database_that_is_started_anew_is_found_by_a_server_that_stays() {
    let cluster = Service::postgres();
    let installation = Installation::new(Database::on(&cluster.url));
    let server = installation.start();
    let goods = found(&server);
    let client = sign_in(&server.address);

    cluster.halt();
    assert_away(&client, &server, &goods);
    cluster.again();

    assert_back(&client, &server, &goods);
    assert_books(&installation);
    assert!(server.stop().success(), "{}", installation.log());
}
