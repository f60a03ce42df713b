//! Several instances, and a Redis that goes away while they work.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use gaara_tests::client::Client;
use gaara_tests::server::{Database, Installation};
use gaara_tests::service::Service;
use serde_json::json;

use crate::{PASSWORD, Target};

fn with_redis(database: Database, redis: &Service) -> Installation {
    Installation::new(database).with("GAARA_REDIS__URL", &redis.url)
}

/// Signs in, refreshes and asks who it is, again and again; answers every status it saw.
fn work(target: &Target, is_over: &AtomicBool, done: &AtomicUsize) -> Vec<u16> {
    let mut seen = Vec::new();
    while !is_over.load(Ordering::SeqCst) {
        let signed_in = target.login("admin", PASSWORD);
        seen.push(signed_in.status);
        if signed_in.status == 200 {
            let body = json!({"refresh_token": signed_in.text("/refresh_token")});
            seen.push(target.stranger.post("/api/v1/auth/refresh", &body).status);
        }
        seen.push(target.login("nobody", "Wrong-Horse-77").status);
        done.fetch_add(1, Ordering::SeqCst);
    }
    seen
}

/// Waits until more rounds were done than so many.
fn until(done: &AtomicUsize, rounds: usize) {
    while done.load(Ordering::SeqCst) < rounds {
        thread::yield_now();
    }
}

#[test]
fn a_redis_that_goes_away_fails_nobody_and_limits_go_on() {
    let redis = Service::redis();
    let target = Target::of(with_redis(Database::Sqlite, &redis));
    let (is_over, done) = (AtomicBool::new(false), AtomicUsize::new(0));
    let seen: Vec<u16> = thread::scope(|scope| {
        let workers: Vec<_> =
            (0..4).map(|_| scope.spawn(|| work(&target, &is_over, &done))).collect();
        until(&done, 10);
        redis.stop();
        until(&done, done.load(Ordering::SeqCst) + 20);
        is_over.store(true, Ordering::SeqCst);
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    let odd: Vec<_> = seen.iter().filter(|status| ![200, 401, 429].contains(*status)).collect();
    assert!(odd.is_empty(), "{odd:?}");

    let tries = (0..6).map(|_| target.login("somebody", "Wrong-Horse-77").status);
    let tries: Vec<u16> = tries.collect();
    assert_eq!(tries[5], 429, "still limited, by this instance alone: {tries:?}");
    target.stop();
}

#[test]
fn instances_share_tries_and_what_has_ended() {
    let redis = Service::redis();
    let one = Target::of(with_redis(Database::postgres(), &redis));
    let other = one.installation.start();
    let elsewhere = Client::new(&other.address);
    let guess = json!({"login": "nobody", "password": "Wrong-Horse-77"});
    let tries = [&one.stranger, &elsewhere, &one.stranger, &elsewhere, &one.stranger];
    for client in tries {
        let _ = client.post("/api/v1/auth/login", &guess).expect(401);
    }
    for client in [&one.stranger, &elsewhere] {
        let _ = client.post("/api/v1/auth/login", &guess).expect_problem(429, "auth.throttled");
    }

    let token = one.sign_in("admin")["access_token"].as_str().unwrap().to_owned();
    let (here, there) = (one.stranger.signed_in(&token), elsewhere.signed_in(&token));
    let _ = there.get("/api/v1/me").expect(200);
    let _ = here.post("/api/v1/auth/logout", &json!({})).expect(204);
    let _ = here.get("/api/v1/me").expect_problem(401, "auth.token_revoked");
    // The bound of two seconds is proven with a stopped clock; here it is the real one that ends.
    while there.get("/api/v1/me").status == 200 {}
    let _ = there.get("/api/v1/me").expect_problem(401, "auth.token_revoked");
    assert!(other.stop().success());
    one.stop();
}
