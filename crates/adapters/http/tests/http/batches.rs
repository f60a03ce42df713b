//! Many products in one request.

use actix_web::http::Method;
use serde_json::{Value, json};

use crate::sale::{Shop, bolt};

const PATH: &str = "products/batch";

fn create(sku: &str) -> Value {
    let mut entry = bolt();
    entry["op"] = json!("create");
    entry["sku"] = json!(sku);
    entry["barcodes"] = json!([]);
    entry
}

fn with(mut entry: Value, member: &str, value: Value) -> Value {
    entry[member] = value;
    entry
}

/// A shop with a tax rate and one product, whose id is answered too.
async fn shop() -> (Shop, String) {
    let shop = Shop::open().await;
    let vat = json!({"code": "VAT15", "category": "S", "rate": "15", "name": {"ar": "ضريبة"}});
    shop.create("tax-rates", &vat).await;
    let id = shop.create("products", &bolt()).await;
    (shop, id)
}

async fn total(shop: &Shop) -> Value {
    shop.get("products?with_total=true", &[]).await.json()["page"]["total"].clone()
}

/// Entries of which the first and the last are good.
fn mixed(id: &str) -> Vec<Value> {
    let patch = json!({"op": "patch", "id": id, "version": 1, "unit_price": "7"});
    vec![
        create("NUT"),
        create("BOLT-M8"),
        with(create("WASHER"), "unit_price", json!(7)),
        with(with(create("ROD"), "unit", json!("NONE")), "tax_rate", json!("NONE")),
        with(patch.clone(), "kind", json!("service")),
        with(patch.clone(), "version", json!(9)),
        with(patch.clone(), "id", json!("prd_01kare0z0qf8b8rmyh0z0hdrt5")),
        json!({"op": "delete"}),
        json!({"sku": "X"}),
        json!([]),
        create("NUT"),
        json!({"op": "patch", "unit_price": null}),
        create("PIPE"),
    ]
}

#[actix_web::test]
async fn one_bad_entry_stops_an_atomic_batch_and_every_fault_is_told() {
    let (shop, id) = shop().await;
    let body = json!({"mode": "atomic", "items": mixed(&id)});

    let answer = shop.post(PATH, &body).await;

    assert_eq!(answer.problem(), (422, "validation.failed".to_owned()));
    let expected = [
        ("/items/1/sku", "resource.duplicate"),
        ("/items/10/sku", "resource.duplicate"),
        ("/items/11/id", "validation.required"),
        ("/items/11/unit_price", "validation.required"),
        ("/items/11/version", "validation.required"),
        ("/items/2/unit_price", "validation.number"),
        ("/items/3/tax_rate", "validation.reference"),
        ("/items/3/unit", "validation.reference"),
        ("/items/4/kind", "validation.unknown_field"),
        ("/items/5/version", "precondition.failed"),
        ("/items/6/id", "resource.not_found"),
        ("/items/7/op", "validation.choice"),
        ("/items/8/op", "validation.required"),
        ("/items/9", "validation.type"),
    ];
    let expected = expected.map(|(pointer, code)| (pointer.to_owned(), code.to_owned()));
    assert_eq!(answer.fields(), expected);
    assert_eq!(total(&shop).await, 1, "nothing was written");
}

#[actix_web::test]
async fn a_partial_batch_writes_what_is_good_and_tells_the_rest() {
    let (shop, id) = shop().await;
    let mut items = mixed(&id);
    items.push(json!({"op": "patch", "id": id, "version": 1, "unit_price": "7"}));
    // The same product stands in two entries before, of which one was good enough to be read.
    items.remove(5);

    let answer = shop.post(PATH, &json!({"mode": "partial", "items": items})).await;

    assert_eq!(answer.status, 200, "{:#}", answer.json());
    let results = answer.json()["results"].as_array().unwrap().clone();
    let told: Vec<(u64, u64, String)> = results
        .iter()
        .map(|result| {
            let code = result.pointer("/problem/code").and_then(Value::as_str);
            let sku = result.pointer("/product/sku").and_then(Value::as_str);
            let said = code.or(sku).unwrap().to_owned();
            (result["index"].as_u64().unwrap(), result["status"].as_u64().unwrap(), said)
        })
        .collect();
    let expected = [
        (201, "NUT"),
        (409, "resource.duplicate"),
        (422, "validation.number"),
        (422, "validation.reference"),
        (422, "validation.unknown_field"),
        (404, "resource.not_found"),
        (422, "validation.choice"),
        (422, "validation.required"),
        (422, "validation.type"),
        (409, "resource.duplicate"),
        (422, "validation.required"),
        (201, "PIPE"),
        (200, "BOLT-M8"),
    ];
    let expected: Vec<(u64, u64, String)> =
        (0..).zip(expected).map(|(at, (status, said))| (at, status, said.to_owned())).collect();
    assert_eq!(told, expected);
    let problem = &results[3]["problem"];
    assert_eq!(problem["errors"][0]["pointer"], "/unit");
    assert!(!problem["messages"]["ar"].as_str().unwrap().is_empty());
    assert_eq!(total(&shop).await, 3);
    let changed = shop.get(&format!("products/{id}"), &[]).await.json();
    assert_eq!((&changed["unit_price"], &changed["version"]), (&json!("7"), &json!(2)));
}

#[actix_web::test]
async fn an_atomic_batch_is_written_whole_and_only_once_for_a_key() {
    let (shop, id) = shop().await;
    let patch = json!({"op": "patch", "id": id, "version": 1, "name": {"ar": null}});
    let body = json!({"mode": "atomic", "items": [create("NUT"), patch, create("ROD")]});
    let key = [("idempotency-key", "batch-2026-11-23")];

    let first = shop.send(Method::POST, PATH, &key, &body).await;
    let second = shop.send(Method::POST, PATH, &key, &body).await;

    assert_eq!(first.status, 200, "{:#}", first.json());
    let statuses: Vec<Value> = first.json()["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|result| result["status"].clone())
        .collect();
    assert_eq!(statuses, [201, 200, 201]);
    assert_eq!(first.body, second.body);
    assert_eq!(second.header("idempotency-replayed"), Some("true"));
    assert_eq!(total(&shop).await, 3);
}

#[actix_web::test]
async fn a_batch_has_a_mode_and_one_to_five_hundred_entries() {
    let (shop, _) = shop().await;
    let many = |count: usize| {
        let items: Vec<Value> = (0..count).map(|number| create(&format!("P{number}"))).collect();
        json!({"mode": "atomic", "items": items})
    };
    for (body, code, pointer) in [
        (json!({"items": [create("A")]}), "validation.required", "/mode"),
        (json!({"mode": "some", "items": [create("A")]}), "validation.choice", "/mode"),
        (json!({"mode": "atomic"}), "validation.required", "/items"),
        (json!({"mode": "atomic", "items": {}}), "validation.type", "/items"),
        (json!({"mode": "atomic", "items": []}), "validation.range", "/items"),
        (many(501), "validation.too_many", "/items"),
    ] {
        let answer = shop.post(PATH, &body).await;
        assert_eq!(answer.problem(), (422, code.to_owned()), "{:#}", answer.json());
        assert_eq!(answer.fields(), [(pointer.to_owned(), code.to_owned())]);
    }
    let whole = shop.post(PATH, &many(500)).await;
    assert_eq!(whole.status, 200);
    assert_eq!(total(&shop).await, 501);
}

#[actix_web::test]
async fn a_batch_may_be_larger_than_other_bodies() {
    let (shop, _) = shop().await;
    let long = "م".repeat(490);
    let entry = |number: usize| {
        with(create(&format!("P{number}")), "name", json!({"ar": long, "en": long}))
    };
    let items: Vec<Value> = (0..300).map(entry).collect();
    let body = json!({"mode": "atomic", "items": items});
    assert!(body.to_string().len() > 2 * gaara_http::BODY_BYTES_MAX);

    assert_eq!(shop.post(PATH, &body).await.status, 200);
    let single = with(create("X"), "name", json!({"en": "x".repeat(gaara_http::BODY_BYTES_MAX)}));
    assert_eq!(shop.post("products", &single).await.status, 413);
}
