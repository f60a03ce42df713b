//! Keys of programs over HTTP: shown once, recognised, used like any bearer, taken away.

use std::time::Duration;

use actix_web::http::Method;
use gaara_testkit::PASSWORD;
use serde_json::{Value, json};

use crate::sale::Shop;

async fn make(shop: &Shop, permissions: Value) -> Value {
    let made = shop.post("api-keys", &json!({"name": "Till", "permissions": permissions})).await;
    assert_eq!(made.status, 201, "{:#}", made.json());
    let body = made.json();
    let location = format!("/api/v1/api-keys/{}", body["id"].as_str().unwrap());
    assert_eq!(made.header("location"), Some(location.as_str()));
    body
}

fn program(shop: &Shop, key: &Value) -> Shop {
    Shop { books: shop.books.clone(), token: key["key"].as_str().unwrap().to_owned() }
}

#[actix_web::test]
async fn a_key_is_shown_once_and_used_like_any_bearer() {
    let shop = Shop::open().await;
    let key = make(&shop, json!(["units.read", "customers.edit"])).await;
    let text = key["key"].as_str().unwrap();
    assert!(text.starts_with("gak_") && text.starts_with(key["prefix"].as_str().unwrap()));
    assert!(key["id"].as_str().unwrap().starts_with("key_"));

    let till = program(&shop, &key);
    assert_eq!(till.get("units", &[]).await.status, 200);
    let buyer = json!({"name": {"en": "Workshop"}, "country": "SA", "currency": "SAR"});
    let headers = [("idempotency-key", "till-0000-0000-0001")];
    let first = till.send(Method::POST, "customers", &headers, &buyer).await;
    assert_eq!(first.status, 201);
    let again = till.send(Method::POST, "customers", &headers, &buyer).await;
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    for path in ["users", "me", "api-keys"] {
        let denied = till.get(path, &[]).await.problem();
        assert_eq!(denied, (403, "authz.denied".to_owned()), "{path}");
    }

    let path = format!("api-keys/{}", key["id"].as_str().unwrap());
    let seen = shop.get(&path, &[]).await.json();
    assert!(seen["last_used_at"].is_string() && seen.get("key").is_none(), "{seen:#}");
    let listed = shop.get("api-keys", &[]).await.json();
    assert_eq!(listed["data"], json!([seen]));
    let trail = shop.get("audit-log?action=customer.created", &[]).await.json();
    assert_eq!(trail["data"][0]["actor"], key["id"], "{trail:#}");
    assert_eq!(shop.send(Method::DELETE, &path, &[], &Value::Null).await.status, 204);
    assert_eq!(till.get("units", &[]).await.problem(), (401, "auth.token_invalid".to_owned()));
    assert_eq!(shop.get(&path, &[]).await.status, 404);
}

#[actix_web::test]
async fn a_bad_key_is_refused_with_every_fault() {
    let shop = Shop::open().await;
    let bad = json!({"name": "x".repeat(101), "permissions": ["units.read", "all"],
        "expires_at": "soon"});
    let refused = shop.post("api-keys", &bad).await;
    let pointers: Vec<String> = refused.fields().into_iter().map(|field| field.0).collect();
    assert_eq!(pointers, ["/expires_at", "/name", "/permissions/1"]);
    let own = shop.post("api-keys", &json!({"name": "Me", "permissions": ["account.own"]})).await;
    assert_eq!(own.problem(), (422, "validation.reference".to_owned()));
    let over = json!({"name": "Old", "permissions": [], "expires_at": "2020-01-01T00:00:00Z"});
    let over = shop.post("api-keys", &over).await;
    assert_eq!(over.problem(), (422, "api_key.end_is_over".to_owned()));
    assert_eq!(over.fields()[0].0, "/expires_at");

    let sales = shop.joined_by("sales").await;
    let denied = sales.post("api-keys", &json!({"name": "Till", "permissions": []})).await;
    assert_eq!(denied.problem(), (403, "authz.denied".to_owned()));
    shop.books.clock.advance(Duration::from_mins(10));
    let stale = shop.post("api-keys", &json!({"name": "Till", "permissions": []})).await;
    assert_eq!(stale.problem(), (401, "auth.step_up_required".to_owned()));
    let proof = shop.post("auth/reauth", &json!({"password": PASSWORD})).await;
    assert_eq!(proof.status, 204);
    make(&shop, json!([])).await;
}

#[actix_web::test]
async fn a_key_that_is_none_opens_nothing() {
    let shop = Shop::open().await;
    let key = make(&shop, json!(["units.read"])).await;
    let text = key["key"].as_str().unwrap();
    let upper = text.to_uppercase();
    for forged in [&text[..text.len() - 1], "gak_", "gak_0123", upper.as_str()] {
        let forged = Shop { books: shop.books.clone(), token: forged.to_owned() };
        let refused = forged.get("units", &[]).await.problem();
        assert_eq!(refused, (401, "auth.token_invalid".to_owned()), "{}", forged.token);
    }
}
