//! Number series over HTTP: adding, changing, closing, removing, and what is missing.

use actix_web::http::Method;
use serde_json::{Value, json};

use crate::sale::Shop;
use crate::support::Answer;
use crate::yard::{and, assert_refusal};

fn series() -> Value {
    json!({"code": "SHOP", "document": "sale_invoice", "pattern": "SHOP/{year}/{sequence:04}"})
}

async fn patch(shop: &Shop, id: &str, version: u32, change: &Value) -> Answer {
    let version = format!("\"{version}\"");
    let path = format!("number-series/{id}");
    shop.send(Method::PATCH, &path, &[("if-match", &version)], change).await
}

/// The id of the series that sale invoices take their numbers from at first.
async fn first(shop: &Shop) -> String {
    let list = shop.get("number-series?document=sale_invoice", &[]).await.json();
    list["data"][0]["id"].as_str().unwrap().to_owned()
}

#[actix_web::test]
async fn an_organisation_begins_with_a_series_for_each_kind() {
    let shop = Shop::open().await;

    let list = shop.get("number-series", &[]).await.json();

    let told: Vec<[&str; 3]> = list["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| ["code", "document", "pattern"].map(|name| row[name].as_str().unwrap()))
        .collect();
    assert_eq!(
        told,
        [
            ["BILL", "purchase_invoice", "BILL-{year}-{sequence:05}"],
            ["CRN", "sale_credit_note", "CRN-{year}-{sequence:05}"],
            ["DBN", "purchase_credit_note", "DBN-{year}-{sequence:05}"],
            ["INV", "sale_invoice", "INV-{year}-{sequence:05}"],
        ]
    );
    for row in list["data"].as_array().unwrap() {
        assert_eq!((&row["default"], &row["status"]), (&json!(true), &json!("active")));
        assert_eq!((&row["next_number"], &row["counters"]), (&json!(1), &json!([])));
    }
}

#[actix_web::test]
async fn a_series_is_added_changed_and_used() {
    let shop = Shop::open().await;
    let mut invoice = shop.stock().await;
    let body = and(&and(&series(), "default", json!(true)), "next_number", json!(358));

    let answer = shop.post("number-series", &body).await;

    assert_eq!(answer.status, 201, "{:#}", answer.json());
    let added = answer.json();
    assert_eq!((&added["next_number"], &added["reset"]), (&json!(358), &json!("yearly")));
    let id = added["id"].as_str().unwrap();
    assert_eq!(answer.header("location"), Some(format!("/api/v1/number-series/{id}").as_str()));
    let was = shop.get(&format!("number-series/{}", first(&shop).await), &[]).await.json();
    assert_eq!((&was["default"], &was["version"]), (&json!(false), &json!(2)));

    let changed = patch(&shop, id, 1, &json!({"pattern": "S-{month}-{year}-{sequence}"})).await;
    assert_eq!((changed.status.as_u16(), changed.header("etag")), (200, Some("\"2\"")));
    invoice["issue"] = json!(true);
    let issued = shop.post("invoices", &invoice).await.json();
    assert_eq!(issued["number"], "S-11-2026-358");
    let used = patch(&shop, id, 2, &json!({"pattern": "T-{year}-{sequence}"})).await;
    assert_refusal(&used, 409, "series.used", "");
    let raised = patch(&shop, id, 2, &json!({"next_number": 361})).await;
    assert_eq!(raised.json()["next_number"], 361);

    let report = shop.get("reports/number-gaps?series=SHOP&year=2026", &[]).await.json();
    let run = json!({"series": "SHOP", "year": 2026, "first_number": 358, "last_number": 360,
        "missing": 2, "gaps": [{"from": 359, "to": 360}]});
    assert_eq!(report, json!({"data": [run]}));
}

#[actix_web::test]
async fn every_rule_of_a_series_has_its_code() {
    let shop = Shop::open().await;
    let id = shop.create("number-series", &series()).await;
    let other = and(&series(), "code", json!("OTHER"));
    for (body, status, code, at) in [
        (and(&other, "document", json!("letter")), 422, "validation.choice", "/document"),
        (and(&other, "pattern", json!("X {sequence}")), 422, "validation.pattern", "/pattern"),
        (and(&other, "pattern", json!("X{year}")), 422, "validation.pattern", "/pattern"),
        (and(&other, "pattern", json!("X{sequence}")), 422, "series.year_missing", "/pattern"),
        (and(&other, "reset", json!("daily")), 422, "validation.choice", "/reset"),
        (and(&other, "next_number", json!(0)), 422, "validation.range", "/next_number"),
        (other.clone(), 409, "resource.duplicate", ""),
        (and(&series(), "pattern", json!("Y{year}{sequence}")), 409, "resource.duplicate", ""),
    ] {
        let answer = shop.post("number-series", &body).await;
        let (found, told) = answer.problem();
        assert_eq!((found, told.as_str()), (status, code), "{body}: {:#}", answer.json());
        let pointers = answer.fields();
        assert!(at.is_empty() || pointers.iter().any(|field| field.0 == at), "{body}");
    }
    let back = patch(&shop, &id, 1, &json!({"next_number": 5})).await;
    assert_eq!(back.status, 200);
    let back = patch(&shop, &id, 2, &json!({"next_number": 4})).await;
    assert_refusal(&back, 422, "series.counter_decrease", "/next_number");
    assert_eq!(back.json()["errors"][0]["params"]["last"], "4");
    let yearless = patch(&shop, &id, 2, &json!({"pattern": "Z{sequence}"})).await;
    assert_refusal(&yearless, 422, "series.year_missing", "/pattern");
    assert_refusal(&patch(&shop, &id, 1, &json!({})).await, 412, "precondition.failed", "");
    let list = shop.get("number-series?status=asleep", &[]).await;
    assert_refusal(&list, 422, "validation.choice", "?status");
    let report = shop.get("reports/number-gaps?year=26", &[]).await;
    assert_refusal(&report, 422, "validation.range", "?year");
    let report = shop.get("reports/number-gaps?month=1", &[]).await;
    assert_refusal(&report, 422, "validation.unknown_parameter", "?month");
}

#[actix_web::test]
async fn a_closed_series_is_closed_and_a_used_one_stays() {
    let shop = Shop::open().await;
    let mut invoice = shop.stock().await;
    let draft = shop.create("invoices", &invoice).await;
    invoice["issue"] = json!(true);
    shop.create("invoices", &invoice).await;
    let id = first(&shop).await;

    let closed = shop.post(&format!("number-series/{id}/close"), &json!({})).await;

    assert_eq!(closed.status, 200, "{:#}", closed.json());
    let shown = closed.json();
    assert_eq!((&shown["status"], &shown["default"]), (&json!("closed"), &json!(false)));
    let again = shop.post(&format!("number-series/{id}/close"), &json!({})).await;
    assert_refusal(&again, 409, "series.closed", "");
    assert_refusal(&patch(&shop, &id, 2, &json!({})).await, 409, "series.closed", "");
    let issue = format!("invoices/{draft}/issue");
    assert_refusal(&shop.post(&issue, &json!({})).await, 409, "series.no_default", "");
    for (series, status, code, at) in [
        ("INV", 409, "series.closed", ""),
        ("CRN", 422, "series.other_document", "/series"),
        ("NONE", 422, "validation.reference", "/series"),
    ] {
        let answer = shop.post(&issue, &json!({"series": series})).await;
        assert_refusal(&answer, status, code, at);
    }
    let remove = async |id: &str, version: &str| {
        let path = format!("number-series/{id}");
        shop.send(Method::DELETE, &path, &[("if-match", version)], &json!({})).await
    };
    assert_refusal(&remove(&id, "\"2\"").await, 409, "resource.in_use", "");
    let unused = shop.create("number-series", &series()).await;
    assert_eq!(remove(&unused, "\"1\"").await.status, 204);
    let gone = shop.get(&format!("number-series/{unused}"), &[]).await;
    assert_refusal(&gone, 404, "resource.not_found", "");
}

#[actix_web::test]
async fn who_sells_sees_series_and_leaves_them_alone() {
    let admin = Shop::open().await;
    let sales = admin.joined_by("sales").await;

    assert_eq!(sales.get("number-series", &[]).await.status, 200);
    assert_eq!(sales.get("reports/number-gaps", &[]).await.status, 200);
    let answer = sales.post("number-series", &series()).await;
    assert_refusal(&answer, 403, "authz.denied", "");
    let storekeeper = admin.joined_by("storekeeper").await;
    let answer = storekeeper.get("reports/number-gaps", &[]).await;
    assert_refusal(&answer, 403, "authz.denied", "");
}
