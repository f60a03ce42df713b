//! Roles and users over HTTP, and a call of every route without a token.

use actix_web::http::Method;
use actix_web::test::TestRequest;
use gaara_http::openapi;
use gaara_testkit::PASSWORD;
use serde_json::{Value, json};

use crate::sale::Shop;
use crate::support::{empty, send};

fn cashier() -> Value {
    json!({"code": "cashier", "name": {"en": "Cashier", "ar": "أمين صندوق"},
        "permissions": ["payments.post", "payments.read", "invoices.read", "customers.read"]})
}

#[actix_web::test]
async fn a_role_is_made_changed_given_and_removed() {
    let shop = Shop::open().await;
    let made = shop.post("roles", &cashier()).await;
    assert_eq!(made.status, 201);
    let role = made.json();
    assert_eq!(role["built_in"], false);
    assert_eq!(role["permissions"][0], "account.own");
    let path = format!("roles/{}", role["id"].as_str().unwrap());
    let again = shop.post("roles", &cashier()).await.problem();
    assert_eq!(again, (409, "resource.duplicate".to_owned()));

    let user = json!({"email": "s@example.com", "username": "sara", "password": PASSWORD,
        "role": "cashier"});
    let user = shop.post("users", &user).await;
    assert_eq!((user.status.as_u16(), &user.json()["role"]), (201, &json!("cashier")));
    let mut none = cashier();
    none["code"] = json!("none");
    none["permissions"] = json!(["payments.post", "nothing.at_all", "setup.run"]);
    let unknown = shop.post("roles", &none).await;
    let pointers: Vec<String> = unknown.fields().into_iter().map(|field| field.0).collect();
    assert_eq!(pointers, ["/permissions/1"]);

    let body = json!({"name": {"en": "Till"}, "permissions": ["payments.read"]});
    let stale = shop.send(Method::PUT, &path, &[("if-match", "\"7\"")], &body).await.problem();
    assert_eq!(stale, (412, "precondition.failed".to_owned()));
    let changed = shop.send(Method::PUT, &path, &[("if-match", "\"1\"")], &body).await;
    assert_eq!(changed.json()["permissions"], json!(["account.own", "payments.read"]));
    let in_use = shop.send(Method::DELETE, &path, &[("if-match", "\"2\"")], &Value::Null).await;
    assert_eq!(in_use.problem(), (409, "resource.in_use".to_owned()));

    let user = format!("users/{}", user.json()["id"].as_str().unwrap());
    let body = json!({"role": "sales"});
    let moved = shop.send(Method::PATCH, &user, &[("if-match", "\"1\"")], &body).await;
    assert_eq!((moved.status.as_u16(), &moved.json()["role"]), (200, &json!("sales")));
    let body = json!({"role": "owner"});
    let unknown = shop.send(Method::PATCH, &user, &[("if-match", "\"2\"")], &body).await;
    assert_eq!(unknown.problem(), (422, "validation.reference".to_owned()));
    let removed = shop.send(Method::DELETE, &path, &[("if-match", "\"2\"")], &Value::Null).await;
    assert_eq!(removed.status, 204);
    assert_eq!(shop.get(&path, &[]).await.status, 404);
}

#[actix_web::test]
async fn built_in_roles_are_listed_and_stay() {
    let shop = Shop::open().await;
    let listed = shop.get("roles", &[]).await.json();
    let roles = listed["data"].as_array().unwrap();
    assert_eq!(roles.len(), 5);
    let admin = format!("roles/{}", roles[1]["id"].as_str().unwrap());
    assert_eq!(roles[1]["code"], "admin");
    let body = json!({"name": {"en": "Nobody"}, "permissions": []});
    let refused = shop.send(Method::PUT, &admin, &[("if-match", "\"1\"")], &body).await.problem();
    assert_eq!(refused, (409, "role.built_in".to_owned()));
    let permissions = shop.get("permissions", &[]).await.json();
    let codes: Vec<&str> = permissions["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|permission| permission["code"].as_str().unwrap())
        .collect();
    assert!(codes.contains(&"invoices.issue") && !codes.contains(&"setup.run"));
}

#[actix_web::test]
async fn the_last_administrator_is_not_kept_out() {
    let shop = Shop::open().await;
    let me = format!("users/{}", shop.get("me", &[]).await.json()["id"].as_str().unwrap());
    let disable = shop.post(&format!("{me}/disable"), &json!({})).await.problem();
    assert_eq!(disable, (409, "user.last_admin".to_owned()));
    let enable = shop.post(&format!("{me}/enable"), &json!({})).await.problem();
    assert_eq!(enable, (409, "user.not_disabled".to_owned()));
    let body = json!({"role": "sales"});
    let demoted = shop.send(Method::PATCH, &me, &[("if-match", "\"1\"")], &body).await.problem();
    assert_eq!(demoted, (409, "user.last_admin".to_owned()));
}

#[actix_web::test]
async fn every_route_that_is_not_open_refuses_a_stranger() {
    let books = empty().set_up().await;
    let document = serde_json::to_value(openapi()).unwrap();
    let (mut open, mut closed) = (Vec::new(), 0);
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            if operation["security"] == json!([{}]) || operation["security"] == json!([]) {
                open.push(operation["operationId"].as_str().unwrap().to_owned());
                continue;
            }
            let part = |part| match part {
                "{currency}" => "USD",
                "{date}" => "2026-11-23",
                id if id.starts_with('{') => "usr_01kare0z0qf8b8rmyh0z0hdrt5",
                other => other,
            };
            let path = path.split('/').map(part).collect::<Vec<_>>().join("/");
            let method: Method = method.to_uppercase().parse().unwrap();
            let request = TestRequest::with_uri(&path).method(method.clone());
            let answer = send(&books, request).await.problem();
            assert_eq!(answer, (401, "auth.token_missing".to_owned()), "{method} {path}");
            closed += 1;
        }
    }
    open.sort();
    let expected = [
        "answerChallenge",
        "askChallengePasskey",
        "askPasswordReset",
        "confirmPasswordReset",
        "explainPassword",
        "explainProblem",
        "explainSetup",
        "getHealth",
        "getKeys",
        "getLiveness",
        "getReadiness",
        "getSchema",
        "judgePassword",
        "login",
        "refreshTokens",
        "setUp",
    ];
    assert_eq!(open, expected);
    assert!(closed > 60, "{closed}");
}
