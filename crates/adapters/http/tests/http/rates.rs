//! How many requests somebody may make, and what every answer says about it.

use std::sync::Arc;
use std::time::Duration;

use actix_web::http::Method;
use actix_web::test::TestRequest;
use gaara_http::{HttpConfig, RateLimits};
use gaara_security_policy::RateRule;
use gaara_store_memory::MemoryRateLimiter;

use crate::support::{Answer, BOXES, Server, answer_of, configured, empty, request, signed_in};

fn limits() -> RateLimits {
    RateLimits::new(Arc::new(MemoryRateLimiter::new()), RateRule::STANDARD)
}

fn config(limits: RateLimits) -> HttpConfig {
    let trusted_proxies = vec!["10.0.0.0/8".parse().unwrap()];
    HttpConfig { rate_limits: Some(limits), trusted_proxies, ..HttpConfig::default() }
}

async fn ask(server: &Server, token: &str) -> Answer {
    answer_of(server, request(Method::GET, BOXES, token)).await
}

/// A page of the API that needs no token, asked from an address.
fn page(address: &str) -> TestRequest {
    let peer = format!("{address}:4711").parse().unwrap();
    TestRequest::with_uri("/problems/internal").peer_addr(peer)
}

#[actix_web::test]
async fn a_hundred_pass_the_next_is_refused_and_after_its_wait_exactly_one_passes() {
    let (books, token) = signed_in().await;
    let server = configured(&books, config(limits())).await;
    let first = ask(&server, &token).await;
    let policy = "\"min\";q=100;w=60, \"hour\";q=2000;w=3600";
    assert_eq!(first.header("ratelimit-policy"), Some(policy));
    assert_eq!(first.header("ratelimit"), Some("\"min\";r=99;t=1, \"hour\";r=1999;t=2"));
    for _ in 1..100 {
        assert_eq!(ask(&server, &token).await.status, 200);
    }

    let refused = ask(&server, &token).await;
    assert_eq!(refused.problem(), (429, "rate.limited".to_owned()));
    assert_eq!(refused.header("ratelimit-policy"), Some(policy));
    assert!(refused.header("ratelimit").unwrap().starts_with("\"min\";r=0;t=60"));
    assert_eq!(refused.json()["params"]["seconds"], "1");
    let wait: u64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert_eq!(wait, 1);

    books.clock.advance(Duration::from_secs(wait));
    assert_eq!(ask(&server, &token).await.status, 200);
    assert_eq!(ask(&server, &token).await.status, 429);
}

#[actix_web::test]
async fn whoever_has_signed_in_is_counted_by_name_and_all_others_by_address() {
    let (books, token) = signed_in().await;
    let server = configured(&books, config(limits())).await;
    for _ in 0..100 {
        assert_eq!(answer_of(&server, page("192.0.2.7")).await.status, 200);
    }
    assert_eq!(answer_of(&server, page("192.0.2.7")).await.status, 429);
    assert_eq!(answer_of(&server, page("192.0.2.8")).await.status, 200);
    let named = request(Method::GET, BOXES, &token).peer_addr("192.0.2.7:1".parse().unwrap());
    assert_eq!(answer_of(&server, named).await.status, 200);
}

#[actix_web::test]
async fn an_invented_address_helps_nobody_and_a_proxy_is_believed() {
    let books = empty().set_up().await;
    let server = configured(&books, config(limits())).await;
    let mut passed = 0;
    for number in 0..200 {
        let invented = format!("203.0.113.{number}");
        let request = page("192.0.2.7")
            .insert_header(("x-forwarded-for", invented.clone()))
            .insert_header(("forwarded", format!("for={invented}")))
            .insert_header(("x-real-ip", invented));
        passed += u32::from(answer_of(&server, request).await.status == 200);
    }
    assert_eq!(passed, 100);

    let mut passed = 0;
    for number in 0..200 {
        // The proxy adds the true address behind what the client wrote.
        let list = format!("198.51.100.{number}, 203.0.113.9");
        let request = page("10.0.0.1").insert_header(("x-forwarded-for", list));
        passed += u32::from(answer_of(&server, request).await.status == 200);
    }
    assert_eq!(passed, 100);
    let other = page("10.0.0.1").insert_header(("x-forwarded-for", "203.0.113.10"));
    assert_eq!(answer_of(&server, other).await.status, 200);
}

#[actix_web::test]
async fn one_subscriber_of_the_new_internet_is_one_address() {
    let books = empty().set_up().await;
    let server = configured(&books, config(limits())).await;
    let mut passed = 0;
    for number in 0..200 {
        let request = page(&format!("[2001:db8:1:2::{number:x}]"));
        passed += u32::from(answer_of(&server, request).await.status == 200);
    }
    assert_eq!(passed, 100);
}

#[actix_web::test]
async fn who_looks_after_the_server_may_ask_as_often_as_they_like() {
    let books = empty().set_up().await;
    let server = configured(&books, config(limits())).await;
    for path in ["/health", "/health/live", "/health/ready"] {
        for _ in 0..120 {
            let answer = answer_of(&server, TestRequest::with_uri(path)).await;
            assert!(answer.status == 200 && answer.header("ratelimit").is_none());
        }
    }
}

#[actix_web::test]
async fn what_asks_for_credentials_is_counted_however_it_asks() {
    let books = empty().set_up().await;
    for (method, path, usual) in
        [(Method::OPTIONS, "/api/v1/products", 405), (Method::GET, "/health/detailed", 401)]
    {
        let server = configured(&books, config(limits())).await;
        let peer = "192.0.2.7:4711".parse().unwrap();
        let ask = || TestRequest::with_uri(path).method(method.clone()).peer_addr(peer);
        for _ in 0..100 {
            assert_eq!(answer_of(&server, ask()).await.status, usual, "{path}");
        }
        assert_eq!(answer_of(&server, ask()).await.status, 429, "{path}");
    }
}

#[actix_web::test]
async fn in_shadow_nothing_is_refused_and_everything_is_told() {
    let (books, token) = signed_in().await;
    let server = configured(&books, config(limits().in_shadow(true))).await;
    for _ in 0..110 {
        assert_eq!(ask(&server, &token).await.status, 200);
    }
    let told = ask(&server, &token).await;
    assert!(told.header("ratelimit").unwrap().starts_with("\"min\";r=0"));
}

#[actix_web::test]
async fn a_route_may_have_a_limit_of_its_own() {
    let (books, token) = signed_in().await;
    let routes = vec![format!("GET {BOXES} 3 30").parse().unwrap()];
    let server = configured(&books, config(limits().with_routes(routes))).await;
    for _ in 0..3 {
        assert_eq!(ask(&server, &token).await.status, 200);
    }
    let refused = ask(&server, &token).await;
    assert_eq!(refused.problem(), (429, "rate.limited".to_owned()));
    assert_eq!(refused.header("retry-after"), Some("20"));
    let other = answer_of(&server, request(Method::GET, "/api/v1/products", &token)).await;
    assert_eq!(other.status, 200, "the others are counted by themselves");
}

#[actix_web::test]
async fn signing_in_keeps_its_own_throttle_and_is_not_counted_twice() {
    let books = empty().set_up().await;
    let server = configured(&books, config(limits())).await;
    let sign_in = || {
        let body = r#"{"login": "admin", "password": "Wrong-Horse-77"}"#;
        TestRequest::with_uri("/api/v1/auth/login")
            .method(Method::POST)
            .peer_addr("192.0.2.7:1".parse().unwrap())
            .insert_header(("content-type", "application/json"))
            .set_payload(body)
    };
    for _ in 0..120 {
        assert_eq!(answer_of(&server, sign_in()).await.status, 401);
    }
    assert_eq!(answer_of(&server, page("192.0.2.7")).await.status, 200);
}

#[actix_web::test]
async fn every_refusal_says_how_its_principal_stands() {
    let (books, token) = signed_in().await;
    let server = configured(&books, config(limits())).await;
    let refusals = [
        TestRequest::with_uri("/api/v1/products"),
        request(Method::GET, "/api/v1/nowhere", &token),
        request(Method::DELETE, "/api/v1/products", &token),
        request(Method::GET, "/api/v1/test/panic", &token),
        request(Method::GET, "/api/v1/test/failure", &token),
    ];
    for (refusal, status) in refusals.into_iter().zip([401, 404, 405, 500, 500]) {
        let answer = answer_of(&server, refusal).await;
        assert_eq!(answer.status, status);
        assert!(answer.header("ratelimit").is_some(), "{status}");
    }
}
