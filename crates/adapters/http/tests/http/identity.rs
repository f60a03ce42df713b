//! Setting up and signing in, over HTTP.

use std::sync::Arc;
use std::time::Duration;

use actix_web::http::Method;
use actix_web::test::TestRequest;
use gaara_store_memory::{MemoryStore, MemoryThrottle};
use gaara_testkit::{Harness, PASSWORD, USERNAME};
use serde_json::{Value, json};

use crate::sale::Shop;
use crate::support::{Answer, empty, send};

async fn post(books: &Harness, path: &str, body: &Value) -> Answer {
    let sent = TestRequest::with_uri(&format!("/api/v1/{path}")).method(Method::POST);
    let sent = sent.insert_header(("content-type", "application/json"));
    send(books, sent.set_payload(body.to_string())).await
}

fn setup_body(token: &str) -> Value {
    json!({"token": token, "email": "admin@example.com", "username": "admin", "password": PASSWORD,
        "organization": {"name": {"en": "Najd Trading"}, "country": "SA", "currency": "SAR",
            "time_zone": "Asia/Riyadh"}})
}

#[actix_web::test]
async fn setting_up_tells_every_fault_at_once_and_works_once() {
    let books = empty();
    let token = books.app.new_setup_token().await.unwrap();
    let mut bad = setup_body(&token);
    bad["email"] = json!("nobody");
    bad["organization"]["country"] = json!("XX");
    bad["organization"]["time_zone"] = json!("Mars/Olympus");

    let answer = post(&books, "setup", &bad).await;
    assert_eq!(answer.problem(), (422, "validation.failed".to_owned()));
    let pointers: Vec<String> = answer.fields().into_iter().map(|field| field.0).collect();
    assert_eq!(pointers, ["/email", "/organization/country", "/organization/time_zone"]);

    let mut weak = setup_body(&token);
    weak["password"] = json!("admin");
    let answer = post(&books, "setup", &weak).await;
    let codes: Vec<String> = answer.fields().into_iter().map(|field| field.1).collect();
    assert_eq!(
        codes,
        [
            "password.composition",
            "password.contains_identity",
            "password.too_common",
            "password.too_short"
        ]
    );

    let wrong = post(&books, "setup", &setup_body("0")).await.problem();
    assert_eq!(wrong, (401, "setup.token_invalid".to_owned()));
    let done = post(&books, "setup", &setup_body(&token)).await;
    assert_eq!(done.status, 201);
    assert!(!String::from_utf8_lossy(&done.body).contains("password"));
    let again = post(&books, "setup", &setup_body(&token)).await.problem();
    assert_eq!(again, (409, "setup.done".to_owned()));
}

#[actix_web::test]
async fn refresh_and_logout_end_what_they_should() {
    let books = empty().set_up().await;
    let login = json!({"login": USERNAME, "password": PASSWORD});
    let first = post(&books, "auth/login", &login).await.json();
    assert_eq!(
        (first["token_type"].as_str(), first["expires_in"].as_u64()),
        (Some("Bearer"), Some(900))
    );
    let trade = |token: &Value| json!({"refresh_token": token});

    let second = post(&books, "auth/refresh", &trade(&first["refresh_token"])).await;
    assert_eq!(second.status, 200);
    let again = post(&books, "auth/refresh", &trade(&first["refresh_token"])).await.json();
    assert_eq!(again["refresh_token"], second.json()["refresh_token"], "a lost answer");
    books.clock.advance(Duration::from_secs(11));
    let reused = post(&books, "auth/refresh", &trade(&first["refresh_token"])).await.problem();
    assert_eq!(reused, (401, "auth.refresh_reused".to_owned()));
    let dead =
        post(&books, "auth/refresh", &trade(&second.json()["refresh_token"])).await.problem();
    assert_eq!(dead, (401, "auth.refresh_invalid".to_owned()));

    let shop = Shop::open().await;
    assert_eq!(shop.get("me", &[]).await.json()["username"], USERNAME);
    assert_eq!(shop.post("auth/logout", &Value::Null).await.status, 204);
    assert_eq!(shop.get("me", &[]).await.problem(), (401, "auth.token_revoked".to_owned()));
}

#[actix_web::test]
async fn known_and_unknown_names_are_throttled_alike() {
    let books = Harness::with_ports(Arc::new(MemoryStore::new()), |mut ports| {
        ports.throttle = Arc::new(MemoryThrottle::new());
        ports
    });
    let books = books.set_up().await;
    let mut answers = Vec::new();
    for login in [USERNAME, "nobody"] {
        let body = json!({"login": login, "password": "Wrong-Horse-77"});
        for _ in 0..5 {
            let wrong = post(&books, "auth/login", &body).await.problem();
            assert_eq!(wrong, (401, "auth.invalid_credentials".to_owned()));
        }
        let sixth = post(&books, "auth/login", &body).await;
        answers.push((sixth.problem(), sixth.header("retry-after").map(str::to_owned)));
    }
    assert_eq!(answers[0], ((429, "auth.throttled".to_owned()), Some("12".to_owned())));
    assert_eq!(answers[0], answers[1]);
}

#[actix_web::test]
async fn a_role_escalation_by_an_extra_field_is_refused() {
    let shop = Shop::open().await;
    let user = json!({"email": "s@example.com", "username": "sara", "password": PASSWORD,
        "role": "sales", "permissions": ["users.edit"]});
    let answer = shop.post("users", &user).await;
    assert_eq!(answer.problem(), (422, "validation.unknown_field".to_owned()));
    assert_eq!(answer.fields()[0].0, "/permissions");
}

#[actix_web::test]
async fn the_printed_link_leads_somewhere_before_anybody_has_set_up() {
    let books = empty();
    let answer = send(&books, TestRequest::with_uri("/setup")).await;
    assert_eq!(answer.status, 200);
    let page = String::from_utf8(answer.body).unwrap();
    assert!(page.contains("POST /api/v1/setup") && page.contains("dir=\"rtl\""));
}
