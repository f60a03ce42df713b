//! `/exchange-rates`.

use actix_web::http::Method;
use serde_json::{Value, json};

use crate::support::{Answer, request, send, signed_in};

const USD: &str = "/api/v1/exchange-rates/USD/2026-11-23";

async fn put(
    books: &gaara_testkit::Harness,
    token: &str,
    path: &str,
    version: Option<u32>,
    body: Value,
) -> Answer {
    let mut put = request(Method::PUT, path, token).set_json(body);
    if let Some(version) = version {
        put = put.insert_header(("if-match", format!("\"{version}\"")));
    }
    send(books, put).await
}

#[actix_web::test]
async fn a_rate_is_added_read_and_replaced() {
    let (books, token) = signed_in().await;

    let added = put(&books, &token, USD, None, json!({"rate": "3.7500"})).await;
    assert_eq!(added.status, 201);
    assert_eq!(added.header("location"), Some(USD));
    let body = added.json();
    assert_eq!(body["currency"], "USD");
    assert_eq!(body["rate_date"], "2026-11-23");
    assert_eq!(body["rate"], "3.75");
    assert!(body["id"].as_str().unwrap().starts_with("exr_"));

    let blind = put(&books, &token, USD, None, json!({"rate": "3.8"})).await;
    assert_eq!(blind.problem(), (428, "precondition.required".to_owned()));
    let stale = put(&books, &token, USD, Some(7), json!({"rate": "3.8"})).await;
    assert_eq!(stale.problem(), (412, "precondition.failed".to_owned()));
    let replaced = put(&books, &token, USD, Some(1), json!({"rate": "3.8"})).await;
    assert_eq!(replaced.status, 200);
    assert_eq!(replaced.header("etag"), Some("\"2\""));

    let shown = send(&books, request(Method::GET, USD, &token)).await;
    assert_eq!((shown.json()["rate"].clone(), shown.header("etag")), (json!("3.8"), Some("\"2\"")));
    let known = request(Method::GET, USD, &token).insert_header(("if-none-match", "\"2\""));
    assert_eq!(send(&books, known).await.status, 304);
    let absent = request(Method::GET, "/api/v1/exchange-rates/USD/2026-11-24", &token);
    assert_eq!(send(&books, absent).await.problem(), (404, "resource.not_found".to_owned()));
}

#[actix_web::test]
async fn what_is_no_rate_is_refused() {
    let (books, token) = signed_in().await;
    for (rate, code) in [
        (json!("0"), "validation.positive"),
        (json!("-3.75"), "validation.positive"),
        (json!("3.12345678901"), "validation.scale"),
        (json!("100000001"), "validation.range"),
        (json!("much"), "validation.number"),
        (json!(3.75), "validation.number"),
        (json!(null), "validation.required"),
    ] {
        let refused = put(&books, &token, USD, None, json!({"rate": rate})).await;
        assert_eq!(refused.problem(), (422, code.to_owned()), "{rate}");
    }
    let own = "/api/v1/exchange-rates/SAR/2026-11-23";
    let refused = put(&books, &token, own, None, json!({"rate": "1"})).await;
    assert_eq!(refused.problem(), (422, "exchange.base_currency".to_owned()));
    let nowhere = "/api/v1/exchange-rates/XXX/2026-02-30";
    let refused = put(&books, &token, nowhere, None, json!({"rate": "1"})).await;
    assert_eq!(refused.problem(), (422, "validation.failed".to_owned()));
    let fields = [("{currency}", "validation.currency"), ("{date}", "validation.date")];
    assert_eq!(refused.fields(), fields.map(|(at, code)| (at.to_owned(), code.to_owned())));
}

#[actix_web::test]
async fn the_rate_of_a_day_is_the_first_one_listed_until_then() {
    let (books, token) = signed_in().await;
    for (path, rate) in
        [("USD/2026-01-01", "3.7"), ("USD/2026-11-23", "3.75"), ("EUR/2026-02-01", "4")]
    {
        let path = format!("/api/v1/exchange-rates/{path}");
        assert_eq!(put(&books, &token, &path, None, json!({"rate": rate})).await.status, 201);
    }

    let path = "/api/v1/exchange-rates?currency=USD&rate_date_to=2026-11-22&limit=1";
    let list = send(&books, request(Method::GET, path, &token)).await.json();
    assert_eq!(list["data"][0]["rate"], "3.7");
    let path = "/api/v1/exchange-rates?rate_date_from=2026-02-01&with_total=true";
    let list = send(&books, request(Method::GET, path, &token)).await.json();
    assert_eq!((&list["page"]["total"], &list["data"][0]["rate"]), (&json!(2), &json!("3.75")));
    let path = "/api/v1/exchange-rates?currency=usd&sort=rate";
    let refused = send(&books, request(Method::GET, path, &token)).await;
    assert_eq!(refused.status, 422);
}
