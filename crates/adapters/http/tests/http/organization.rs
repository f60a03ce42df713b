//! The organisation: its name, and how far its books are closed.

use actix_web::http::Method;
use serde_json::{Value, json};

use crate::sale::Shop;
use crate::yard::assert_refusal;

#[actix_web::test]
async fn a_change_of_the_organization_merges_and_names_its_version() {
    let shop = Shop::open().await;
    let before = shop.get("organization", &[]).await.json();
    assert_eq!((&before["version"], &before["locked_through"]), (&json!(1), &Value::Null));
    let change = json!({"name": {"ar": "نجد"}});
    let patch = async |headers: &[(&str, &str)], change: &Value| {
        shop.send(Method::PATCH, "organization", headers, change).await
    };

    let unnamed = patch(&[], &change).await;
    let changed = patch(&[("if-match", "\"1\"")], &change).await;
    let stale = patch(&[("if-match", "\"1\"")], &change).await;

    assert_refusal(&unnamed, 428, "precondition.required", "");
    assert_eq!((changed.status.as_u16(), changed.header("etag")), (200, Some("\"2\"")));
    assert_eq!(changed.json()["name"], json!({"ar": "نجد", "en": before["name"]["en"]}));
    assert_refusal(&stale, 412, "precondition.failed", "");
    for (change, status, code, pointer) in [
        (json!({"name": null}), 422, "validation.required", "/name"),
        (json!({"name": {"ar": null, "en": null}}), 422, "validation.text_empty", "/name"),
        (json!({"name": {"fr": "Nejd"}}), 422, "validation.unknown_field", "/name/fr"),
        (json!({"locked_through": "yesterday"}), 422, "validation.date", "/locked_through"),
        (json!({"locked_through": "2026-11-23"}), 422, "period.lock_too_late", "/locked_through"),
        (json!({"currency": "USD"}), 422, "validation.unknown_field", "/currency"),
    ] {
        let answer = patch(&[("if-match", "\"2\"")], &change).await;
        assert_refusal(&answer, status, code, pointer);
    }
    assert_eq!(shop.get("organization", &[]).await.json(), changed.json(), "nothing was kept");
}

#[actix_web::test]
async fn a_period_closes_forward_for_who_keeps_the_books_and_opens_for_few() {
    let admin = Shop::open().await;
    let accountant = admin.joined_by("accountant").await;

    for day in ["2026-10-31", "2026-11-22"] {
        let closed = accountant.lock(json!(day)).await;
        assert_eq!(closed.status, 200, "{:#}", closed.json());
        assert_eq!(closed.json()["locked_through"], day);
    }
    for back in [json!("2026-11-21"), Value::Null] {
        let answer = accountant.lock(back).await;
        assert_refusal(&answer, 403, "period.lock_backward", "/locked_through");
        assert_eq!(answer.json()["params"]["locked_through"], "2026-11-22");
    }
    assert_eq!(accountant.lock(json!("2026-11-22")).await.status, 200, "the same day again");
    let back = admin.lock(json!("2026-11-21")).await;
    assert_eq!(back.json()["locked_through"], "2026-11-21");
    let opened = admin.lock(Value::Null).await;
    assert_eq!(opened.json()["locked_through"], Value::Null);

    let log = admin.get("audit-log?limit=200", &[]).await.json();
    let of = |row: &&Value| row["action"] == "organization.changed";
    let rows: Vec<&Value> = log["data"].as_array().unwrap().iter().filter(of).collect();
    assert_eq!(rows.len(), 5, "each change is on record, each refusal is not: {log:#}");
    let told = rows.iter().any(|row| row.to_string().contains("2026-11-21"));
    assert!(told, "the log tells the days: {rows:#?}");
}

#[actix_web::test]
async fn a_storekeeper_closes_no_period() {
    let admin = Shop::open().await;
    let storekeeper = admin.joined_by("storekeeper").await;

    let answer = storekeeper.lock(json!("2026-10-31")).await;

    assert_refusal(&answer, 403, "authz.denied", "");
    assert_eq!(answer.json()["params"]["permission"], "organization.edit");
}
