//! Sessions in cookies: what a browser keeps, and what only our own pages can do with it.

use std::collections::BTreeMap;
use std::time::Duration;

use actix_web::http::Method;
use actix_web::test::TestRequest;
use gaara_testkit::{Harness, PASSWORD, USERNAME};
use serde_json::{Value, json};

use crate::sale::Shop;
use crate::support::{Answer, empty, send};

/// A browser with its cookies, and the CSRF token that its page knows.
struct Browser {
    books: Harness,
    cookies: BTreeMap<String, String>,
    csrf: String,
}

impl Browser {
    async fn sign_in(books: &Harness) -> Self {
        let mut browser =
            Self { books: books.clone(), cookies: BTreeMap::new(), csrf: String::new() };
        let login = json!({"login": USERNAME, "password": PASSWORD, "cookie": true});
        let answer = browser.send(Method::POST, "auth/login", &[], &login).await;
        assert_eq!(answer.status, 200);
        answer.json()["csrf_token"].as_str().unwrap().clone_into(&mut browser.csrf);
        browser
    }

    /// Sends what a page sends, with the cookies that the browser adds.
    async fn send(
        &mut self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: &Value,
    ) -> Answer {
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut sent = TestRequest::with_uri(&format!("/api/v1/{path}")).method(method);
        if !body.is_null() {
            sent = sent.insert_header(("content-type", "application/json"));
            sent = sent.set_payload(body.to_string());
        }
        sent = sent.insert_header(("cookie", cookies.join("; ")));
        for header in headers {
            sent = sent.insert_header(*header);
        }
        let answer = send(&self.books, sent).await;
        for cookie in answer.headers.get_all("set-cookie") {
            let (name, rest) = cookie.to_str().unwrap().split_once('=').unwrap();
            let (value, attributes) = rest.split_once(';').unwrap();
            if attributes.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        answer
    }

    async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], &Value::Null).await
    }

    async fn post(&mut self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let body = json!({"code": "X1", "name": {"en": "X"}});
        let body = if path == "warehouses" { body } else { Value::Null };
        self.send(Method::POST, path, headers, &body).await
    }
}

async fn books() -> Harness {
    empty().set_up().await
}

#[actix_web::test]
async fn every_cookie_belongs_to_this_host_over_tls_and_none_holds_what_the_body_tells() {
    let books = books().await;
    let login = json!({"login": USERNAME, "password": PASSWORD, "cookie": true});
    let sent = TestRequest::with_uri("/api/v1/auth/login").method(Method::POST);
    let sent = sent.insert_header(("content-type", "application/json"));
    let answer = send(&books, sent.set_payload(login.to_string())).await;

    let body = answer.json();
    assert_eq!(body["token_type"], "Cookie");
    assert!(body.get("access_token").is_none() && body.get("refresh_token").is_none());
    let cookies: Vec<&str> =
        answer.headers.get_all("set-cookie").map(|cookie| cookie.to_str().unwrap()).collect();
    assert_eq!(cookies.len(), 4);
    for cookie in &cookies {
        assert!(cookie.starts_with("__Host-gaara_"), "{cookie}");
        assert!(cookie.contains("; Path=/; ") && cookie.contains("; Secure"), "{cookie}");
        assert!(cookie.ends_with("; SameSite=Lax") && !cookie.contains("Domain"), "{cookie}");
        let readable = cookie.starts_with("__Host-gaara_csrf=");
        assert_eq!(cookie.contains("; HttpOnly"), !readable, "{cookie}");
    }
    let csrf = format!("__Host-gaara_csrf={};", body["csrf_token"].as_str().unwrap());
    assert!(cookies.iter().any(|cookie| cookie.starts_with(&csrf)));
}

#[actix_web::test]
async fn a_page_reads_with_cookies_alone_and_changes_things_with_the_token_as_well() {
    let mut browser = Browser::sign_in(&books().await).await;
    let csrf = browser.csrf.clone();
    assert_eq!(browser.get("me").await.json()["username"], USERNAME);

    let without = browser.post("warehouses", &[]).await.problem();
    assert_eq!(without, (403, "csrf.missing".to_owned()));
    let with = browser.post("warehouses", &[("x-csrf-token", &csrf)]).await;
    assert_eq!(with.status, 201);

    let fresh = browser.get("auth/csrf").await.json()["csrf_token"].as_str().unwrap().to_owned();
    assert_ne!(fresh, csrf);
    let old = browser.post("auth/logout", &[("x-csrf-token", &csrf)]).await.problem();
    assert_eq!(old, (403, "csrf.invalid".to_owned()), "header and cookie must agree");
    assert_eq!(browser.post("auth/logout", &[("x-csrf-token", &fresh)]).await.status, 204);
    let left: Vec<&String> = browser.cookies.keys().collect();
    assert_eq!(left, ["__Host-gaara_device"], "the session is gone, the device is known");
}

#[actix_web::test]
async fn no_other_site_and_no_other_session_can_make_a_page_change_things() {
    let books = books().await;
    let mut victim = Browser::sign_in(&books).await;
    let attacker = Browser::sign_in(&books).await;
    let own = victim.csrf.clone();

    for site in ["cross-site", "same-site"] {
        let headers = [("x-csrf-token", own.as_str()), ("sec-fetch-site", site)];
        let refused = victim.post("warehouses", &headers).await.problem();
        assert_eq!(refused, (403, "csrf.invalid".to_owned()), "{site}");
    }
    let (session, proof) = own.rsplit_once('.').unwrap();
    let zeros = format!("{session}.{}", "0".repeat(64));
    let moved = format!("{}.{proof}", attacker.csrf.rsplit_once('.').unwrap().0);
    for token in [attacker.csrf.as_str(), &zeros, &moved, "x", &format!("{own}.")] {
        // Whoever could plant a cookie on the victim still cannot make one for its session.
        victim.cookies.insert("__Host-gaara_csrf".to_owned(), token.to_owned());
        let refused = victim.post("warehouses", &[("x-csrf-token", token)]).await.problem();
        assert_eq!(refused, (403, "csrf.invalid".to_owned()), "{token}");
    }
    victim.cookies.remove("__Host-gaara_csrf");
    let refused = victim.post("warehouses", &[("x-csrf-token", &own)]).await.problem();
    assert_eq!(refused, (403, "csrf.missing".to_owned()));
    let same = [("x-csrf-token", own.as_str()), ("sec-fetch-site", "same-origin")];
    victim.cookies.insert("__Host-gaara_csrf".to_owned(), own.clone());
    assert_eq!(victim.post("warehouses", &same).await.status, 201);
}

#[actix_web::test]
async fn a_bearer_needs_no_token_and_its_cookies_count_for_nothing() {
    let shop = Shop::open().await;
    let mut browser = Browser::sign_in(&shop.books).await;
    let bearer = format!("Bearer {}", shop.token);
    let created = browser.post("warehouses", &[("authorization", &bearer)]).await;
    assert_eq!(created.status, 201);
    let wrong = browser.send(Method::GET, "me", &[("authorization", "Bearer x")], &Value::Null);
    assert_eq!(wrong.await.problem(), (401, "auth.token_invalid".to_owned()));
}

#[actix_web::test]
async fn a_browser_refreshes_with_its_cookie_and_the_token_of_its_page() {
    let books = books().await;
    let mut browser = Browser::sign_in(&books).await;
    let other = Browser::sign_in(&books).await;
    let csrf = browser.csrf.clone();
    books.clock.advance(Duration::from_mins(16));
    assert_eq!(browser.get("me").await.problem(), (401, "auth.token_expired".to_owned()));

    let without = browser.post("auth/refresh", &[]).await.problem();
    assert_eq!(without, (403, "csrf.missing".to_owned()));
    browser.cookies.insert("__Host-gaara_csrf".to_owned(), other.csrf.clone());
    let foreign = browser.post("auth/refresh", &[("x-csrf-token", &other.csrf)]).await.problem();
    assert_eq!(foreign, (403, "csrf.invalid".to_owned()));

    browser.cookies.insert("__Host-gaara_csrf".to_owned(), csrf.clone());
    let before = browser.cookies["__Host-gaara_refresh"].clone();
    let fresh = browser.post("auth/refresh", &[("x-csrf-token", &csrf)]).await;
    assert_eq!((fresh.status.as_u16(), &fresh.json()["token_type"]), (200, &json!("Cookie")));
    assert_ne!(browser.cookies["__Host-gaara_refresh"], before);
    assert_eq!(browser.get("me").await.status, 200);
}

#[actix_web::test]
async fn neither_token_nor_cookie_is_a_field_that_is_missing() {
    let books = books().await;
    let sent = TestRequest::with_uri("/api/v1/auth/refresh").method(Method::POST);
    let answer = send(&books, sent).await;
    assert_eq!(answer.problem(), (422, "validation.required".to_owned()));
    assert_eq!(answer.fields()[0].0, "/refresh_token");
}
