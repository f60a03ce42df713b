//! The headers of every route in every kind of answer, and the policy of every page.

use std::collections::BTreeSet;
use std::sync::Arc;

use actix_web::http::Method;
use actix_web::test::TestRequest;
use async_trait::async_trait;
use gaara_application::{ReadView, Store, Transaction};
use gaara_http::{HttpConfig, RateLimits, Shared, openapi};
use gaara_kernel::StoreError;
use gaara_security_policy::{RESPONSE_HEADERS, RateRule};
use gaara_store_memory::{MemoryRateLimiter, MemoryStore, MemoryThrottle};
use gaara_testkit::Harness;
use serde_json::{Value, json};

use crate::support::{Answer, answer_of, configured, empty, request, send, signed_in};

/// The pages that people look at.
const PAGES: [&str; 5] =
    ["/setup", "/password", "/problems/stock.insufficient", "/api/docs/", "/api/redoc"];

/// A store that has fallen over in a way nobody thought of.
struct BrokenStore;

#[async_trait]
impl Store for BrokenStore {
    async fn begin(&self) -> Result<Box<dyn Transaction>, StoreError> {
        Err(StoreError::Internal("it fell over".into()))
    }

    async fn view(&self) -> Result<Box<dyn ReadView>, StoreError> {
        Err(StoreError::Internal("it fell over".into()))
    }
}

/// Every route that the document tells about, with something in the place of its parameters.
fn routes() -> Vec<(Method, String)> {
    let document: Value = serde_json::from_str(&openapi().to_json().unwrap()).unwrap();
    let mut routes = Vec::new();
    for (template, item) in document["paths"].as_object().unwrap() {
        let fill = |part: &str| if part.starts_with('{') { "x" } else { part }.to_owned();
        let path = template.split('/').map(fill).collect::<Vec<_>>().join("/");
        for method in [Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
            if item.get(method.as_str().to_lowercase()).is_some() {
                routes.push((method, path.clone()));
            }
        }
    }
    assert!(routes.len() > 100, "{}", routes.len());
    routes
}

/// Checks what every answer carries.
fn check(answer: &Answer, what: &str) {
    for (name, value) in RESPONSE_HEADERS {
        let found = answer.header(name).unwrap_or_default();
        match name {
            // A page has a policy of its own, and what never changes may be kept.
            "content-security-policy" => {
                for part in ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"] {
                    assert!(found.contains(part), "{what}: {found}");
                }
                assert!(!found.contains("unsafe"), "{what}: {found}");
            }
            "cache-control" => assert!(!found.is_empty(), "{what}"),
            _ => assert_eq!(found, value, "{what} {name}"),
        }
        assert_eq!(answer.headers.get_all(name).count(), 1, "{what} {name}");
    }
    assert_eq!(answer.header("server"), None, "{what}");
    assert_eq!(answer.header("x-trace-id").map(str::len), Some(32), "{what}");
}

fn path_of(path: &str) -> TestRequest {
    TestRequest::with_uri(path)
}

#[actix_web::test]
async fn every_route_carries_the_headers_whatever_it_answers() {
    let (books, token) = signed_in().await;
    let broken = Harness::new(Arc::new(BrokenStore));
    let huge = json!({"x": "y".repeat(3 * 1024 * 1024)}).to_string();
    let mut seen = BTreeSet::new();

    for (method, path) in routes() {
        let unknown = format!("{path}/x/y/z");
        let wrong = if path == "/health" { Method::DELETE } else { Method::OPTIONS };
        let json = ("content-type", "application/json");
        let asked = [
            ("by a stranger", &books, path_of(&path).method(method.clone())),
            ("by somebody", &books, request(method.clone(), &path, &token)),
            ("beside it", &books, request(method.clone(), &unknown, &token)),
            ("by a wrong method", &books, request(wrong, &path, &token)),
            (
                "with a huge body",
                &books,
                request(method.clone(), &path, &token)
                    .insert_header(json)
                    .insert_header(("if-match", "\"1\""))
                    .set_payload(huge.clone()),
            ),
            ("on a broken store", &broken, request(method.clone(), &path, &token)),
        ];
        for (how, books, request) in asked {
            let answer = send(books, request).await;
            check(&answer, &format!("{method} {path} {how}: {}", answer.status));
            seen.insert((how, answer.status.as_u16()));
        }
    }

    for expected in [
        ("by a stranger", 200),
        ("by a stranger", 401),
        ("by somebody", 200),
        ("beside it", 404),
        ("by a wrong method", 405),
        ("with a huge body", 413),
        ("on a broken store", 500),
    ] {
        assert!(seen.contains(&expected), "{expected:?} is not among {seen:?}");
    }
}

#[actix_web::test]
async fn every_route_carries_the_headers_when_it_refuses_one_request_too_many() {
    let limiter = Arc::new(MemoryRateLimiter::new());
    let limits = RateLimits::new(limiter, RateRule::new(1, 1));
    let config = HttpConfig { rate_limits: Some(limits), ..HttpConfig::default() };
    let server = configured(&empty().set_up().await, config).await;
    let peer = "192.0.2.1:4711".parse().unwrap();
    let ask = |method, path: &str| path_of(path).method(method).peer_addr(peer);
    let _ = answer_of(&server, ask(Method::GET, "/problems/internal")).await;

    for (method, path) in routes().into_iter().filter(|(_, path)| !path.starts_with("/health")) {
        let mut answer = answer_of(&server, ask(method.clone(), &path)).await;
        // Signing in has a wider limit, that of its work alone.
        for _ in 0..RateLimits::SIGN_IN.minute.times {
            if answer.status != 429 {
                answer = answer_of(&server, ask(method.clone(), &path)).await;
            }
        }
        assert_eq!(answer.status, 429, "{method} {path}");
        check(&answer, &format!("{method} {path}"));
    }
}

#[actix_web::test]
async fn an_answer_to_somebody_who_tries_too_often_carries_them_too() {
    let books = Harness::with_ports(Arc::new(MemoryStore::new()), |ports| {
        gaara_application::Ports { throttle: Arc::new(MemoryThrottle::new()), ..ports }
    });
    let books = books.set_up().await;
    let body = json!({"login": "admin", "password": "Wrong-Horse-77"}).to_string();

    for _ in 0..20 {
        let login = path_of("/api/v1/auth/login").method(Method::POST);
        let login = login.insert_header(("content-type", "application/json"));
        let answer = send(&books, login.set_payload(body.clone())).await;
        check(&answer, "a sign-in");
        if answer.status == 429 {
            return;
        }
    }
    panic!("nobody was ever refused");
}

/// The nonce that a policy names.
fn nonce(answer: &Answer) -> String {
    let policy = answer.header("content-security-policy").unwrap();
    let (_, rest) = policy.split_once("script-src 'nonce-").unwrap();
    rest.split_once('\'').unwrap().0.to_owned()
}

#[actix_web::test]
async fn a_page_lets_in_what_carries_its_own_fresh_nonce_and_nothing_else() {
    let books = empty();
    let mut nonces = BTreeSet::new();

    for page in PAGES {
        for _ in 0..2 {
            let answer = send(&books, path_of(page)).await;
            assert_eq!(answer.status, 200, "{page}");
            check(&answer, page);
            let nonce = nonce(&answer);
            assert_eq!(nonce.len(), 32, "{page}");
            let text = String::from_utf8(answer.body).unwrap();
            let mine = format!("nonce=\"{nonce}\"");
            for tag in text.split('<').filter(|tag| {
                tag.starts_with("script")
                    || tag.starts_with("style")
                    || tag.starts_with("link rel=\"stylesheet\"")
            }) {
                assert!(tag.contains(&mine), "{page}: {tag}");
            }
            assert!(!has_inline_handler(&text), "{page}: {text}");
            assert!(!text.contains("javascript:") && !text.contains(" style=\""), "{page}");
            assert!(!text.contains("http://") && !text.contains("https://"), "{page} stays here");
            nonces.insert(nonce);
        }
    }

    assert_eq!(nonces.len(), 2 * PAGES.len(), "none is given twice");
}

/// Whether an element of a page says what happens on some event.
fn has_inline_handler(page: &str) -> bool {
    page.split('<').filter_map(|tag| tag.split_once('>')).any(|(tag, _)| {
        tag.split_whitespace().skip(1).any(|attribute| {
            let name = attribute.split('=').next().unwrap_or_default().to_lowercase();
            name.starts_with("on") && name.len() > 3 && attribute.contains('=')
        })
    })
}

#[test]
fn an_inline_handler_is_recognised() {
    assert!(has_inline_handler("<p><a href=\"/\" onClick=\"x()\">a</a>"));
    assert!(!has_inline_handler("<section lang=\"en\" dir=\"ltr\"><p>online=yes</p>"));
}

#[actix_web::test]
async fn the_documentation_can_be_left_out() {
    let books = empty();
    let config = HttpConfig { docs: false, ..HttpConfig::default() };
    let shared = Shared::new(Arc::clone(&books.app), config);
    let service = actix_web::test::init_service(shared.service(|_| {})).await;

    for path in ["/api/docs", "/api/docs/", "/api/docs/swagger-ui.css", "/api/redoc"] {
        let answer = actix_web::test::call_service(&service, path_of(path).to_request()).await;
        assert_eq!(answer.status(), 404, "{path}");
    }
}

#[actix_web::test]
async fn only_what_leaves_over_tls_asks_for_tls_for_ever() {
    let books = empty();
    let header = "strict-transport-security";
    assert_eq!(send(&books, path_of("/health")).await.header(header), None);

    for (preload, expected) in [
        (false, "max-age=31536000; includeSubDomains"),
        (true, "max-age=31536000; includeSubDomains; preload"),
    ] {
        let config = HttpConfig { tls_proxy: true, hsts_preload: preload, ..HttpConfig::default() };
        let shared = Shared::new(Arc::clone(&books.app), config);
        let service = actix_web::test::init_service(shared.service(|_| {})).await;
        for path in ["/health", "/nowhere"] {
            let answer = actix_web::test::call_service(&service, path_of(path).to_request()).await;
            assert_eq!(answer.headers().get(header).unwrap(), expected, "{path}");
        }
    }
}
