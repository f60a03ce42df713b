//! No route that changes something is open to a page that has nothing but the cookies.

use actix_web::http::Method;
use actix_web::test::TestRequest;
use gaara_http::{Hosts, HttpConfig};
use gaara_testkit::{PASSWORD, USERNAME};
use serde_json::{Value, json};

use crate::support::{Answer, Server, answer_of, configured, empty, send};

/// Routes that ask nobody who they are; each checks by itself what it is given.
const OPEN: [&str; 8] = [
    "/api/v1/auth/login",
    "/api/v1/auth/mfa",
    "/api/v1/auth/mfa/passkey",
    "/api/v1/auth/password-reset",
    "/api/v1/auth/password-reset/confirm",
    "/api/v1/auth/password-strength",
    "/api/v1/auth/refresh",
    "/api/v1/setup",
];

/// A path with something in each of its places.
fn filled(template: &str) -> String {
    let part = |part: &str| if part.starts_with('{') { "x".to_owned() } else { part.to_owned() };
    template.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// The cookies of somebody who signed in with a browser, and the token of the page.
async fn cookies(server: &Server) -> (String, String) {
    let login = json!({"login": USERNAME, "password": PASSWORD, "cookie": true});
    let sent = TestRequest::with_uri("/api/v1/auth/login").method(Method::POST);
    let sent = sent.insert_header(("content-type", "application/json"));
    let answer = answer_of(server, sent.set_payload(login.to_string())).await;
    let pairs = answer.headers.get_all("set-cookie").map(|cookie| {
        let cookie = cookie.to_str().unwrap();
        cookie.split(';').next().unwrap().to_owned()
    });
    let token = answer.json()["csrf_token"].as_str().unwrap().to_owned();
    (pairs.collect::<Vec<_>>().join("; "), token)
}

#[actix_web::test]
async fn every_route_that_changes_something_asks_for_the_token_of_the_page() {
    let books = empty().set_up().await;
    let server = configured(&books, HttpConfig::default()).await;
    let (cookies, _) = cookies(&server).await;
    let document = send(&books, TestRequest::with_uri("/api/schema")).await.json();
    let mut checked = 0;
    let mut open = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in ["post", "put", "patch", "delete"] {
            let Some(operation) = item.get(method) else { continue };
            if operation.get("security").is_some_and(is_open) {
                open.push(path.as_str());
                continue;
            }
            let sent = TestRequest::with_uri(&filled(path))
                .method(method.to_uppercase().parse().unwrap())
                .insert_header(("content-type", "application/json"))
                .insert_header(("cookie", cookies.clone()))
                .set_payload("{}");
            let answer = answer_of(&server, sent).await;
            let told = answer.problem();
            assert_eq!(told, (403, "csrf.missing".to_owned()), "{method} {path}");
            checked += 1;
        }
    }
    open.sort_unstable();
    assert_eq!(open, OPEN);
    assert!(checked > 60, "{checked}");
}

/// Whether an operation asks nobody who they are.
fn is_open(security: &Value) -> bool {
    let schemes = security.as_array().unwrap();
    schemes.is_empty() || schemes.iter().any(|scheme| scheme.as_object().unwrap().is_empty())
}

#[actix_web::test]
async fn the_page_of_a_listed_site_may_use_the_session_with_its_token() {
    let books = empty().set_up().await;
    let app = "https://app.example.com";
    let config = HttpConfig { origins: app.parse().unwrap(), ..HttpConfig::default() };
    let server = configured(&books, config).await;
    let (cookies, token) = cookies(&server).await;
    let create = async |origin: &str, token: Option<&str>| -> Answer {
        let body = json!({"code": "X1", "name": {"en": "X"}});
        let mut sent = TestRequest::with_uri("/api/v1/warehouses")
            .method(Method::POST)
            .insert_header(("content-type", "application/json"))
            .insert_header(("cookie", cookies.clone()))
            .insert_header(("origin", origin))
            .insert_header(("sec-fetch-site", "same-site"));
        if let Some(token) = token {
            sent = sent.insert_header(("x-csrf-token", token));
        }
        answer_of(&server, sent.set_payload(body.to_string())).await
    };

    let other = create("https://other.example.com", Some(&token)).await;
    assert_eq!(other.problem(), (403, "csrf.invalid".to_owned()));
    assert_eq!(create(app, None).await.problem(), (403, "csrf.missing".to_owned()));
    assert_eq!(create(app, Some(&token)).await.status, 201);
}

/// Whoever is signed in by another site works in books of somebody else's choice.
#[actix_web::test]
async fn no_other_site_signs_anybody_in() {
    let books = empty().set_up().await;
    let server = configured(&books, HttpConfig::default()).await;
    let sign_in = async |cookie: bool, site: &str| {
        let login = json!({"login": USERNAME, "password": PASSWORD, "cookie": cookie});
        let sent = TestRequest::with_uri("/api/v1/auth/login")
            .method(Method::POST)
            .insert_header(("content-type", "application/json"))
            .insert_header(("sec-fetch-site", site.to_owned()));
        answer_of(&server, sent.set_payload(login.to_string())).await
    };
    let foreign = sign_in(true, "cross-site").await;
    assert_eq!(foreign.problem(), (403, "csrf.invalid".to_owned()));
    assert_eq!(foreign.headers.get_all("set-cookie").count(), 0);
    assert_eq!(sign_in(true, "same-origin").await.status, 200);
    assert_eq!(sign_in(false, "cross-site").await.status, 200, "a program keeps what it asked for");
}

/// Browsers of before Fetch Metadata say only where the page is from.
#[actix_web::test]
async fn a_page_from_elsewhere_is_refused_by_its_origin_alone() {
    let books = empty().set_up().await;
    let public_url = Some("https://books.example.com".to_owned());
    let hosts = Hosts::new(["books.internal".to_owned()]);
    let server =
        configured(&books, HttpConfig { public_url, hosts, ..HttpConfig::default() }).await;
    let (cookies, token) = cookies(&server).await;
    let create = async |origin: &str| {
        let body = json!({"code": format!("X{}", origin.len()), "name": {"en": "X"}});
        let sent = TestRequest::with_uri("/api/v1/warehouses")
            .method(Method::POST)
            .insert_header(("content-type", "application/json"))
            .insert_header(("host", "books.internal:8080"))
            .insert_header(("cookie", cookies.clone()))
            .insert_header(("x-csrf-token", token.clone()))
            .insert_header(("origin", origin.to_owned()));
        answer_of(&server, sent.set_payload(body.to_string())).await
    };

    let elsewhere = ["https://evil.example", "http://books.internal:3000", "null", ""];
    for origin in elsewhere {
        let told = create(origin).await.problem();
        assert_eq!(told, (403, "csrf.invalid".to_owned()), "{origin}");
    }
    for origin in ["http://books.internal:8080", "https://books.example.com"] {
        assert_eq!(create(origin).await.status, 201, "{origin}");
    }
}

#[actix_web::test]
async fn a_page_that_came_in_plain_does_not_ask_over_tls() {
    let books = empty().set_up().await;
    let server = configured(&books, HttpConfig { tls_proxy: true, ..HttpConfig::default() }).await;
    let sign_in = async |origin: &str| {
        let body = json!({"login": USERNAME, "password": PASSWORD, "cookie": true});
        let sent = TestRequest::with_uri("/api/v1/auth/login")
            .method(Method::POST)
            .insert_header(("content-type", "application/json"))
            .insert_header(("host", "localhost"))
            .insert_header(("origin", origin.to_owned()));
        answer_of(&server, sent.set_payload(body.to_string())).await
    };

    assert_eq!(sign_in("http://localhost").await.problem(), (403, "csrf.invalid".to_owned()));
    assert_eq!(sign_in("https://localhost").await.status, 200);
}
