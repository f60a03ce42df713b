//! Invitations, ways back in, and one's own profile over HTTP.

use std::time::Duration;

use actix_web::http::Method;
use gaara_testkit::PASSWORD;
use serde_json::json;

use crate::sale::Shop;
use crate::support::mailed;

#[actix_web::test]
async fn a_user_without_a_password_is_invited() {
    let (shop, mailbox) = Shop::open_with_mail().await;
    let user = json!({"email": "sara@example.com", "username": "sara", "role": "sales",
        "language": "ar"});
    let made = shop.post("users", &user).await;
    assert_eq!(made.status, 201, "{:#}", made.json());
    let first = mailed(&shop.books, &mailbox).await;
    let path = format!("users/{}/invite", made.json()["id"].as_str().unwrap());
    assert_eq!(shop.post(&path, &json!({})).await.status, 200);
    let second = mailed(&shop.books, &mailbox).await;

    let choose = |token: &str, password: &str| json!({"token": token, "password": password});
    let confirm = "auth/password-reset/confirm";
    let old = shop.post(confirm, &choose(&first, "Tulip-Anchor-7")).await.problem();
    assert_eq!(old, (401, "auth.link_invalid".to_owned()));
    let weak = shop.post(confirm, &choose(&second, "short")).await;
    assert!(weak.fields().iter().all(|field| field.0 == "/password"), "{:#}", weak.json());
    assert_eq!(shop.post(confirm, &choose(&second, "Tulip-Anchor-7")).await.status, 204);
    let login = json!({"login": "sara", "password": "Tulip-Anchor-7"});
    assert_eq!(shop.post("auth/login", &login).await.status, 200);
    let again = shop.post(&path, &json!({})).await.problem();
    assert_eq!(again, (409, "user.has_password".to_owned()));
}

#[actix_web::test]
async fn a_forgotten_password_is_answered_alike_for_everybody() {
    let (shop, mailbox) = Shop::open_with_mail().await;
    for login in ["admin", "nobody"] {
        let heard = shop.post("auth/password-reset", &json!({"login": login})).await;
        assert_eq!((heard.status.as_u16(), heard.body.len()), (204, 0), "{login}");
    }
    let token = mailed(&shop.books, &mailbox).await;
    let body = json!({"token": token, "password": "Tulip-Anchor-7"});
    assert_eq!(shop.post("auth/password-reset/confirm", &body).await.status, 204);
    assert_eq!(shop.get("me", &[]).await.problem(), (401, "auth.token_revoked".to_owned()));
}

#[actix_web::test]
async fn without_mail_a_password_must_be_given() {
    let shop = Shop::open().await;
    let user = json!({"email": "sara@example.com", "username": "sara", "role": "sales"});
    let refused = shop.post("users", &user).await.problem();
    assert_eq!(refused, (409, "mail.not_configured".to_owned()));
    let heard = shop.post("auth/password-reset", &json!({"login": "admin"})).await;
    assert_eq!(heard.status, 204);
}

#[actix_web::test]
async fn people_change_their_own_profile() {
    let shop = Shop::open().await;
    let patch = |version: &'static str, body: serde_json::Value| {
        let shop = &shop;
        async move { shop.send(Method::PATCH, "me", &[("if-match", version)], &body).await }
    };
    let changed = patch("\"1\"", json!({"language": "ar", "email": "boss@example.com"})).await;
    let body = changed.json();
    assert_eq!((&body["language"], &body["email"]), (&json!("ar"), &json!("boss@example.com")));
    let stale = patch("\"1\"", json!({"language": "en"})).await.problem();
    assert_eq!(stale, (412, "precondition.failed".to_owned()));
    let escalated = patch("\"2\"", json!({"role": "admin"})).await.problem();
    assert_eq!(escalated, (422, "validation.unknown_field".to_owned()));
    shop.joined_by("sales").await;
    let taken = patch("\"2\"", json!({"username": "sales"})).await.problem();
    assert_eq!(taken, (409, "resource.duplicate".to_owned()));

    shop.books.clock.advance(Duration::from_mins(10));
    assert_eq!(patch("\"2\"", json!({"language": "en"})).await.status, 200);
    let unproven = patch("\"3\"", json!({"email": "a@example.com"})).await.problem();
    assert_eq!(unproven, (401, "auth.step_up_required".to_owned()));
    let login = json!({"login": "boss@example.com", "password": PASSWORD});
    assert_eq!(shop.post("auth/login", &login).await.status, 200);
}
