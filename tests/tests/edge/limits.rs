//! Limits of requests that instances share, and that hold when what they share is gone.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use gaara_tests::client::Client;
use gaara_tests::server::{Database, Installation};
use gaara_tests::service::Service;

/// A page of the API that needs neither a token nor a system that is set up.
const PAGE: &str = "/problems/internal";

fn installation(redis: &Service) -> Installation {
    Installation::new(Database::Sqlite)
        .with("GAARA_RATE_LIMIT__ENABLED", "true")
        .with("GAARA_RATE_LIMIT__PER_MINUTE", "30")
        .with("GAARA_REDIS__URL", &redis.url)
}

#[test]
fn two_instances_share_the_counters_in_redis() {
    let redis = Service::redis();
    // Long enough for a busy machine: this is not about waiting.
    let patient = || installation(&redis).with("GAARA_RATE_LIMIT__REDIS_TIMEOUT_MS", "20000");
    let (one, other) = (patient(), patient());
    let (one, other) = (one.start(), other.start());
    let clients = [Client::new(&one.address), Client::new(&other.address)];

    for round in 0..30 {
        let _ = clients[round % 2].get(PAGE).expect(200);
    }

    // One more may pass every two seconds, and thirty requests take much less than a minute.
    let asked: Vec<u16> = (0..40).map(|round| clients[round % 2].get(PAGE).status).collect();
    let refused = asked.iter().filter(|status| **status == 429).count();
    assert!(refused >= 20 && refused + asked.iter().filter(|it| **it == 200).count() == 40);
    let answers =
        clients.map(|client| (0..20).map(|_| client.get(PAGE)).find(|it| it.status == 429));
    for answer in answers {
        let answer = answer.unwrap().expect_problem(429, "rate.limited");
        let wait: u32 = answer.header("retry-after").parse().unwrap();
        assert!((1..=2).contains(&wait), "{wait}");
        assert_eq!(answer.header("ratelimit-policy"), "\"min\";q=30;w=60, \"hour\";q=2000;w=3600");
    }
}

#[test]
fn when_redis_is_killed_under_load_nothing_fails_and_the_limit_holds() {
    let redis = Service::redis();
    let installation = installation(&redis);
    let server = installation.start();
    let (passed, refused, failed) = <(AtomicUsize, AtomicUsize, AtomicUsize)>::default();
    let answered = || {
        let all = [&passed, &refused, &failed];
        all.into_iter().map(|count| count.load(Ordering::SeqCst)).sum::<usize>()
    };

    let is_over = AtomicBool::new(false);

    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let client = Client::new(&server.address);
                while !is_over.load(Ordering::SeqCst) {
                    let count = match client.get(PAGE).status {
                        200 => &passed,
                        429 => &refused,
                        _ => &failed,
                    };
                    count.fetch_add(1, Ordering::SeqCst);
                }
            });
        }
        let until = |count: usize| {
            while answered() < count {
                thread::yield_now();
            }
        };
        until(100);
        redis.stop();
        until(answered() + 100);
        is_over.store(true, Ordering::SeqCst);
    });

    let client = Client::new(&server.address);
    let last: Vec<u16> = (0..60).map(|_| client.get(PAGE).status).collect();
    assert_eq!(failed.load(Ordering::SeqCst), 0);
    assert!(last.iter().all(|status| [200, 429].contains(status)), "{last:?}");
    assert!(last.iter().filter(|status| **status == 429).count() >= 20, "still limited: {last:?}");
    // Thirty of the shared counters, thirty of its own, and one more every two seconds of each.
    let passed = passed.load(Ordering::SeqCst);
    assert!((30..=120).contains(&passed), "{passed}");
    assert!(refused.load(Ordering::SeqCst) > 0);
    assert!(server.stop().success(), "{}", installation.log());
}
