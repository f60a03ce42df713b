//! The server is killed at random moments while people work, and so is its database.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};

use gaara_tests::server::{Database, Installation};
use gaara_tests::service::Service;

use crate::company::{assert_books, found};
use crate::load::Journal;
use crate::tell;

/// A number below a bound, another one each time.
fn random(bound: u64) -> usize {
    usize::try_from(RandomState::new().build_hasher().finish() % bound).unwrap()
}

/// Kills the server so many times; after each, everything that was told is there once.
fn kill(database: Database, times: usize) {
    let installation = Installation::new(database);
    let mut server = installation.start();
    let goods = found(&server);
    let journal = Journal::default();
    let mut open = 0;
    for turn in 0..times {
        journal.during(&server.address, &goods, || {
            journal.await_more(random(40));
            server.signal("-KILL");
        });
        assert!(!server.ended().success(), "turn {turn}: it was killed");
        server = installation.start();
        open += journal.ask_again(&server.address, &goods);
        journal.assert_kept(&server.address, &goods);
        assert_books(&installation);
    }
    assert!(server.stop().success());
    let told = journal.told();
    tell(&format!("{times} kills: {told} requests told, {open} of them open at a kill"));
}

#[test]
fn what_was_told_survives_three_kills_on_sqlite() {
    kill(Database::Sqlite, 3);
}

#[test]
fn what_was_told_survives_three_kills_on_postgresql() {
    kill(Database::postgres(), 3);
}

#[test]
fn only_by_make_faults_fifty_kills_on_sqlite() {
    kill(Database::Sqlite, 50);
}

#[test]
fn only_by_make_faults_fifty_kills_on_postgresql() {
    kill(Database::postgres(), 50);
}

#[test]
fn only_by_make_faults_ten_kills_of_postgresql_itself() {
    let cluster = Service::postgres();
    let installation = Installation::new(Database::on(&cluster.url));
    let server = installation.start();
    let goods = found(&server);
    let journal = Journal::default();
    let mut open = 0;
    for _ in 0..10 {
        journal.during(&server.address, &goods, || {
            journal.await_more(random(40));
            cluster.crash();
        });
        // The server stays, and finds its database again.
        open += journal.ask_until_answered(&server.address, &goods);
        journal.assert_kept(&server.address, &goods);
        assert_books(&installation);
    }
    assert!(server.stop().success());
    let told = journal.told();
    tell(&format!("10 kills of PostgreSQL: {told} requests told, {open} of them open at a kill"));
}
