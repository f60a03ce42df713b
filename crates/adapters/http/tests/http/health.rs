//! Whether the server runs, can work, and says why not.

use std::sync::Arc;

use actix_web::http::Method;
use actix_web::test::{TestRequest, call_service, init_service, read_body_json};
use async_trait::async_trait;
use gaara_application::identity::SignInRequest;
use gaara_application::{Actor, Dependency, Probe};
use gaara_http::{HttpConfig, Lifecycle, Shared};
use gaara_kernel::Cause;
use gaara_security_policy::BreakerHold;
use gaara_testkit::{Harness, PASSWORD, USERNAME};
use serde_json::Value;

use crate::support::{empty, request, send, signed_in};

/// Something that is not well, and says so in several lines.
struct Failing;

#[async_trait]
impl Probe for Failing {
    fn name(&self) -> &'static str {
        "moon"
    }

    async fn check(&self) -> Result<(), Cause> {
        Err("it is\neclipsed".into())
    }
}

/// Something that never answers.
struct Silent;

#[async_trait]
impl Probe for Silent {
    fn name(&self) -> &'static str {
        "space"
    }

    async fn check(&self) -> Result<(), Cause> {
        std::future::pending().await
    }
}

async fn sign_in(books: &Harness) -> String {
    let request = SignInRequest {
        login: USERNAME.to_owned(),
        password: PASSWORD.to_owned(),
        address: "192.0.2.1".to_owned(),
        user_agent: String::new(),
    };
    let stranger = Actor::anonymous(books.app.new_trace());
    books.app.sign_in(&stranger, &request).await.unwrap().access_token.clone()
}

#[actix_web::test]
async fn a_server_whose_parts_are_well_is_ready() {
    let (books, token) = signed_in().await;

    for path in ["/health", "/health/live", "/health/ready"] {
        let answer = send(&books, TestRequest::with_uri(path)).await;
        assert_eq!((answer.status.as_u16(), answer.json()["status"].as_str()), (200, Some("ok")));
    }
    let detailed = send(&books, request(Method::GET, "/health/detailed", &token)).await.json();
    assert_eq!(detailed["status"], "ok");
    assert_eq!(detailed["parts"][0]["name"], "database");
    assert_eq!(detailed["parts"][0]["status"], "ok");
}

#[actix_web::test]
async fn one_part_that_fails_makes_the_server_unready_and_only_administrators_learn_which() {
    let failing: Arc<dyn Probe> = Arc::new(Failing);
    let books = empty().map_app(|app| app.with_probes([failing])).set_up().await;
    let token = sign_in(&books).await;

    let ready = send(&books, TestRequest::with_uri("/health/ready")).await;
    let live = send(&books, TestRequest::with_uri("/health/live")).await;
    let detailed = send(&books, request(Method::GET, "/health/detailed", &token)).await.json();

    assert_eq!(ready.problem(), (503, "health.not_ready".to_owned()));
    assert!(!String::from_utf8(ready.body.clone()).unwrap().contains("moon"));
    assert_eq!(ready.header("retry-after"), Some("1"));
    assert_eq!(live.status, 200);
    assert_eq!(detailed["status"], "failing");
    assert_eq!(detailed["parts"][1]["name"], "moon");
    assert_eq!(detailed["parts"][1]["detail"], "it is\\neclipsed");
}

#[actix_web::test]
async fn administrators_see_the_breakers_of_those_whom_the_server_calls() {
    let (books, token) = signed_in().await;
    let mail = books.app.breakers().guard(Dependency::MAIL);
    mail.hold(Some(BreakerHold::ForcedOpen));

    let detailed = send(&books, request(Method::GET, "/health/detailed", &token)).await.json();

    assert_eq!(detailed["status"], "ok", "the server works without mail");
    assert_eq!(detailed["dependencies"][0]["name"], "mail");
    assert_eq!(detailed["dependencies"][0]["state"], "forced_open");
}

#[actix_web::test]
async fn a_part_that_never_answers_is_waited_for_no_longer_than_a_second() {
    let silent: Arc<dyn Probe> = Arc::new(Silent);
    let books = empty().map_app(|app| app.with_probes([silent]));

    let ready = send(&books, TestRequest::with_uri("/health/ready")).await;

    assert_eq!(ready.problem(), (503, "health.not_ready".to_owned()));
}

#[actix_web::test]
async fn a_stranger_sees_no_details() {
    let (books, _) = signed_in().await;
    let answer = send(&books, TestRequest::with_uri("/health/detailed")).await;
    assert_eq!(answer.problem(), (401, "auth.token_missing".to_owned()));
}

#[actix_web::test]
async fn a_server_that_is_about_to_stop_is_unready_and_lets_go_of_connections() {
    let books = empty();
    let lifecycle = Arc::new(Lifecycle::begin());
    let shared = Shared::new(Arc::clone(&books.app), HttpConfig::default());
    let shared = shared.in_lifecycle(Arc::clone(&lifecycle));
    let service = init_service(shared.service(|_| {})).await;
    let ask =
        async |path: &str| call_service(&service, TestRequest::with_uri(path).to_request()).await;

    assert_eq!(ask("/health/ready").await.status(), 200);
    lifecycle.drain();

    let ready = ask("/health/ready").await;
    assert_eq!(ready.status(), 503);
    assert!(ready.response().head().connection_type() == actix_web::http::ConnectionType::Close);
    let body: Value = read_body_json(ready).await;
    assert_eq!(body["code"], "health.draining");
    assert_eq!(ask("/health/live").await.status(), 200, "it serves on");
}
