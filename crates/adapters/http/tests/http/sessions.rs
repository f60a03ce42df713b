//! Sessions over HTTP: seen, ended one by one, and never somebody else's.

use actix_web::http::Method;
use actix_web::test::TestRequest;
use serde_json::{Value, json};

use crate::sale::Shop;
use crate::support::send;

async fn sessions(shop: &Shop, path: &str) -> Vec<Value> {
    let listed = shop.get(path, &[]).await;
    assert_eq!(listed.status, 200);
    listed.json()["data"].as_array().unwrap().clone()
}

/// The same person, signed in once more.
async fn elsewhere(shop: &Shop) -> Shop {
    let login = json!({"login": "admin", "password": gaara_testkit::PASSWORD});
    let headers = [("user-agent", "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Firefox/150.0")];
    let answer = shop.send(Method::POST, "auth/login", &headers, &login).await;
    let token = answer.json()["access_token"].as_str().unwrap().to_owned();
    Shop { books: shop.books.clone(), token }
}

async fn end(shop: &Shop, path: &str) -> u16 {
    shop.send(Method::DELETE, path, &[], &Value::Null).await.status.as_u16()
}

#[actix_web::test]
async fn a_person_sees_and_ends_sessions() {
    let shop = Shop::open().await;
    let second = elsewhere(&shop).await;

    let seen = sessions(&second, "me/sessions").await;
    assert_eq!(seen.len(), 2);
    let other = seen.iter().find(|session| session["current"] == false).unwrap();
    let own = seen.iter().find(|session| session["current"] == true).unwrap();
    assert_eq!(own["device"], "Firefox, Linux");
    assert!(own["id"].as_str().unwrap().starts_with("ses_"));

    assert_eq!(end(&second, &format!("me/sessions/{}", other["id"].as_str().unwrap())).await, 204);
    assert_eq!(shop.get("me", &[]).await.problem(), (401, "auth.token_revoked".to_owned()));
    assert_eq!(second.get("me", &[]).await.status, 200);
    let third = elsewhere(&second).await;
    assert_eq!(end(&third, "me/sessions").await, 204);
    assert_eq!(second.get("me", &[]).await.status, 401);
    assert_eq!(third.get("me", &[]).await.status, 200, "the one that asked goes on");
}

#[actix_web::test]
async fn somebody_elses_session_is_not_there() {
    let shop = Shop::open().await;
    let sales = shop.joined_by("sales").await;
    let id = sessions(&shop, "me/sessions").await[0]["id"].as_str().unwrap().to_owned();
    let path = format!("me/sessions/{id}");

    let refused = sales.send(Method::DELETE, &path, &[], &Value::Null).await.problem();
    assert_eq!(refused, (404, "resource.not_found".to_owned()));
    let wrong =
        sales.send(Method::DELETE, "me/sessions/usr_01kare0z0qf8b8rmyh0z0hdrt5", &[], &Value::Null);
    assert_eq!(wrong.await.problem(), (400, "id.wrong_kind".to_owned()));
    assert_eq!(shop.get("me", &[]).await.status, 200);
}

#[actix_web::test]
async fn an_administrator_sees_and_ends_the_sessions_of_a_user() {
    let shop = Shop::open().await;
    let sales = shop.joined_by("sales").await;
    let user = sales.get("me", &[]).await.json()["id"].as_str().unwrap().to_owned();
    let path = format!("users/{user}/sessions");
    let seen = sessions(&shop, &path).await;
    assert_eq!((seen.len(), &seen[0]["current"]), (1, &json!(false)));

    let denied = sales.get(&path, &[]).await.problem();
    assert_eq!(denied, (403, "authz.denied".to_owned()));
    assert_eq!(end(&sales, &path).await, 403);
    assert_eq!(end(&shop, &path).await, 204);
    assert_eq!(sales.get("me", &[]).await.status, 401);
    assert_eq!(sessions(&shop, &path).await.len(), 0);
    let nobody = "users/usr_01kare0z0qf8b8rmyh0z0hdrt5/sessions";
    assert_eq!(shop.get(nobody, &[]).await.status, 404);
    assert_eq!(end(&shop, nobody).await, 404);
}

#[actix_web::test]
async fn one_token_is_taken_back_and_a_bad_one_is_no_error() {
    let shop = Shop::open().await;
    let other = elsewhere(&shop).await;
    let sales = shop.joined_by("sales").await;
    for token in ["nonsense", other.token.as_str()] {
        let body = json!({"token": token});
        assert_eq!(sales.post("auth/revoke", &body).await.status, 204, "{token}");
    }
    assert_eq!(other.get("me", &[]).await.status, 200, "it was none of hers");

    assert_eq!(shop.post("auth/revoke", &json!({"token": other.token})).await.status, 204);
    assert_eq!(other.get("me", &[]).await.problem(), (401, "auth.token_revoked".to_owned()));
    assert_eq!(shop.get("me", &[]).await.status, 200);
    let empty = shop.post("auth/revoke", &json!({})).await;
    assert_eq!(empty.problem(), (422, "validation.required".to_owned()));
}

#[actix_web::test]
async fn the_next_key_is_shown_before_it_signs() {
    let shop = Shop::open().await;
    let kids = async || {
        let keys = send(&shop.books, TestRequest::with_uri("/.well-known/jwks.json")).await;
        assert_eq!(keys.header("cache-control"), Some("public, max-age=300"));
        keys.json()["keys"].as_array().unwrap().len()
    };
    let before = kids().await;
    let next = shop.post("signing-keys/rotate", &json!({})).await;
    assert_eq!(next.status, 200);
    let (published, active) = (&next.json()["published_at"], &next.json()["active_from"]);
    assert_eq!(
        (published.as_str(), active.as_str()),
        (Some("2026-11-23T09:00:00.000Z"), Some("2026-11-23T10:00:00.000Z"))
    );
    assert_eq!(kids().await, before + 1);
    let sales = shop.joined_by("sales").await;
    let denied = sales.post("signing-keys/rotate", &json!({})).await.problem();
    assert_eq!(denied, (403, "authz.denied".to_owned()));
}
