//! Second factors over HTTP: enrolled, asked for, proven, reset, and required of roles.

use std::time::Duration;

use actix_web::http::Method;
use gaara_kernel::Clock;
use gaara_testkit::{PASSWORD, one_time_code};
use serde_json::{Value, json};

use crate::sale::Shop;
use crate::support::Answer;

fn code(shop: &Shop, secret: &str) -> Value {
    json!({"code": one_time_code(secret, shop.books.clock.now())})
}

/// Enrols whoever is signed in; answers the secret and the recovery codes.
async fn enrol(shop: &Shop) -> (String, Vec<Value>) {
    let begun = shop.post("me/mfa", &json!({})).await;
    assert_eq!(begun.status, 200, "{:#}", begun.json());
    let secret = begun.json()["secret"].as_str().unwrap().to_owned();
    let uri = begun.json()["otpauth_uri"].as_str().unwrap().to_owned();
    assert!(uri.starts_with("otpauth://totp/Gaara:admin%40example.com?secret="), "{uri}");
    let confirmed = shop.post("me/mfa/confirm", &code(shop, &secret)).await;
    assert_eq!(confirmed.status, 200, "{:#}", confirmed.json());
    (secret, confirmed.json()["recovery_codes"].as_array().unwrap().clone())
}

async fn login(shop: &Shop) -> Answer {
    shop.post("auth/login", &json!({"login": "admin", "password": PASSWORD})).await
}

async fn answer(shop: &Shop, challenge: &Value, code: &Value) -> Answer {
    let body = json!({"challenge_id": challenge, "code": code});
    shop.post("auth/mfa", &body).await
}

fn token(answer: &Answer) -> String {
    answer.json()["access_token"].as_str().unwrap().to_owned()
}

#[actix_web::test]
async fn signing_in_takes_the_second_factor() {
    let shop = Shop::open().await;
    let state = shop.get("me/mfa", &[]).await.json();
    assert_eq!(state, json!({"enabled_at": null, "recovery_codes_left": 0, "required": false}));
    let (secret, codes) = enrol(&shop).await;
    assert_eq!(codes.len(), 10);
    assert!(shop.get("me", &[]).await.json()["mfa_enabled_at"].is_string());

    shop.books.clock.advance(Duration::from_secs(30));
    let asked = login(&shop).await;
    assert_eq!(asked.problem(), (401, "mfa.required".to_owned()));
    let challenge = asked.json()["params"]["challenge_id"].clone();
    let wrong = answer(&shop, &challenge, &json!("000 000x")).await;
    assert_eq!(wrong.problem(), (401, "mfa.invalid_code".to_owned()));
    let right = code(&shop, &secret)["code"].clone();
    let done = answer(&shop, &challenge, &right).await;
    assert_eq!(done.status, 200, "{:#}", done.json());
    let second = Shop { books: shop.books.clone(), token: token(&done) };
    assert_eq!(second.get("me", &[]).await.status, 200);
    let replayed = answer(&shop, &challenge, &right).await;
    assert_eq!(replayed.problem(), (401, "mfa.challenge_expired".to_owned()));

    let challenge = login(&shop).await.json()["params"]["challenge_id"].clone();
    let replayed = answer(&shop, &challenge, &right).await;
    assert_eq!(replayed.problem(), (401, "mfa.invalid_code".to_owned()), "a code works once");
    assert_eq!(answer(&shop, &challenge, &codes[0]).await.status, 200);
}

#[actix_web::test]
async fn the_sixth_try_comes_too_late() {
    let shop = Shop::open().await;
    let (_, codes) = enrol(&shop).await;
    let challenge = login(&shop).await.json()["params"]["challenge_id"].clone();
    for _ in 0..5 {
        let wrong = answer(&shop, &challenge, &json!("123")).await.problem();
        assert_eq!(wrong, (401, "mfa.invalid_code".to_owned()));
    }
    let sixth = answer(&shop, &challenge, &codes[0]).await.problem();
    assert_eq!(sixth, (401, "mfa.challenge_expired".to_owned()));
}

#[actix_web::test]
async fn a_factor_is_begun_confirmed_renewed_and_removed_in_this_order() {
    let shop = Shop::open().await;
    let confirm = shop.post("me/mfa/confirm", &json!({"code": "123456"})).await.problem();
    assert_eq!(confirm, (409, "mfa.nothing_to_confirm".to_owned()));
    let renew = shop.post("me/mfa/recovery-codes", &json!({})).await.problem();
    assert_eq!(renew, (409, "mfa.not_enabled".to_owned()));
    let remove = shop.send(Method::DELETE, "me/mfa", &[], &Value::Null).await.problem();
    assert_eq!(remove, (409, "mfa.not_enabled".to_owned()));
    enrol(&shop).await;
    let again = shop.post("me/mfa", &json!({})).await.problem();
    assert_eq!(again, (409, "mfa.already_enabled".to_owned()));

    let renewed = shop.post("me/mfa/recovery-codes", &json!({})).await;
    assert_eq!(renewed.json()["recovery_codes"].as_array().unwrap().len(), 10);
    let removed = shop.send(Method::DELETE, "me/mfa", &[], &Value::Null).await;
    assert_eq!(removed.status, 204);
    assert_eq!(login(&shop).await.status, 200);
}

#[actix_web::test]
async fn what_is_dangerous_asks_who_one_is() {
    let shop = Shop::open().await;
    shop.books.clock.advance(Duration::from_mins(10));
    let user = json!({"email": "s@example.com", "username": "sara", "password": PASSWORD,
        "role": "sales"});
    let stale = shop.post("users", &user).await;
    assert_eq!(stale.problem(), (401, "auth.step_up_required".to_owned()));
    let header = "Bearer error=\"insufficient_user_authentication\", max_age=600";
    assert_eq!(stale.header("www-authenticate"), Some(header));

    let missing = shop.post("auth/reauth", &json!({})).await;
    assert_eq!(missing.problem(), (422, "validation.required".to_owned()));
    let wrong = shop.post("auth/reauth", &json!({"password": "Wrong-Horse-77"})).await;
    assert_eq!(wrong.problem(), (422, "password.current_wrong".to_owned()));
    assert_eq!(shop.post("auth/reauth", &json!({"password": PASSWORD})).await.status, 204);
    let user = shop.post("users", &user).await;
    assert_eq!(user.status, 201);

    let path = format!("users/{}/reset-mfa", user.json()["id"].as_str().unwrap());
    let none = shop.post(&path, &json!({})).await.problem();
    assert_eq!(none, (409, "mfa.not_enabled".to_owned()));
}

#[actix_web::test]
async fn a_lost_phone_is_reset_by_somebody_else() {
    let shop = Shop::open().await;
    let sales = shop.joined_by("sales").await;
    let begun = sales.post("me/mfa", &json!({})).await.json();
    let code = code(&sales, begun["secret"].as_str().unwrap());
    assert_eq!(sales.post("me/mfa/confirm", &code).await.status, 200);
    let id = sales.get("me", &[]).await.json()["id"].as_str().unwrap().to_owned();
    let path = format!("users/{id}/reset-mfa");
    let refused = sales.post(&path, &json!({})).await.problem();
    assert_eq!(refused, (403, "authz.denied".to_owned()));

    let reset = shop.post(&path, &json!({})).await;
    assert_eq!((reset.status.as_u16(), &reset.json()["mfa_enabled_at"]), (200, &Value::Null));
    assert_eq!(sales.get("me", &[]).await.problem(), (401, "auth.token_revoked".to_owned()));
}

#[actix_web::test]
async fn a_role_may_need_a_second_factor() {
    let shop = Shop::open().await;
    let sales = shop.joined_by("sales").await;
    let put = |roles: Value| {
        let shop = &shop;
        let body = json!({"roles": roles});
        async move { shop.send(Method::PUT, "organization/mfa-policy", &[], &body).await }
    };
    let unknown = put(json!(["admin", "owner"])).await;
    assert_eq!(unknown.problem(), (422, "validation.reference".to_owned()));
    assert_eq!(unknown.fields()[0].0, "/roles/1");
    assert_eq!(put(json!(["sales"])).await.json(), json!({"roles": ["sales"]}));
    let seen = shop.get("organization/mfa-policy", &[]).await.json();
    assert_eq!(seen, json!({"roles": ["sales"]}));

    let refused = sales.get("customers", &[]).await.problem();
    assert_eq!(refused, (403, "mfa.enrolment_required".to_owned()));
    let begun = sales.post("me/mfa", &json!({})).await.json();
    let code = code(&sales, begun["secret"].as_str().unwrap());
    assert_eq!(sales.post("me/mfa/confirm", &code).await.status, 200);
    assert_eq!(sales.get("customers", &[]).await.status, 200);
}

#[actix_web::test]
async fn a_server_without_passkeys_says_so() {
    let shop = Shop::open().await;
    let asked = shop.post("me/passkeys/options", &json!({})).await.problem();
    assert_eq!(asked, (409, "passkey.not_available".to_owned()));
    let proof = shop.post("auth/reauth/passkey", &json!({})).await.problem();
    assert_eq!(proof, (409, "passkey.not_available".to_owned()));
    let added = json!({"name": "Phone", "ceremony_id": "gpk_0", "credential": {"id": "x"}});
    let added = shop.post("me/passkeys", &added).await.problem();
    assert_eq!(added, (409, "passkey.not_available".to_owned()));
    let nothing = shop.post("me/passkeys", &json!({"credential": "x"})).await;
    let fields = nothing.json()["errors"].as_array().unwrap().len();
    assert_eq!((nothing.status.as_u16(), fields), (422, 3), "{:#}", nothing.json());
    assert_eq!(shop.get("me/passkeys", &[]).await.json()["data"], json!([]));
}
