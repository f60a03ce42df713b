//! Why a stocktake is refused, guard by guard: code and pointer; and what is shown of one.

use actix_web::http::Method;
use serde_json::{Value, json};

use crate::support::Answer;
use crate::yard::{Yard, and, assert_refusal};

const NOBODY: &str = "01kare0z0qf8b8rmyh0z0hdrt5";

async fn plan(yard: &Yard, products: &[&str]) -> String {
    let plan = json!({"warehouse_id": yard.main, "product_ids": products});
    yard.shop.create("stocktakes", &plan).await
}

/// Plans and starts a stocktake of the first warehouse.
async fn counting(yard: &Yard) -> String {
    let id = yard.shop.create("stocktakes", &json!({"warehouse_id": yard.main})).await;
    assert_eq!(start(yard, &id).await.status, 200);
    id
}

async fn start(yard: &Yard, id: &str) -> Answer {
    yard.shop.post(&format!("stocktakes/{id}/start"), &json!({})).await
}

async fn post(yard: &Yard, id: &str, body: &Value) -> Answer {
    yard.shop.post(&format!("stocktakes/{id}/post"), body).await
}

async fn put(yard: &Yard, id: &str, body: &Value) -> Answer {
    let version = yard.shop.get(&format!("stocktakes/{id}"), &[]).await.json()["version"].clone();
    let expected = format!("\"{version}\"");
    let path = format!("stocktakes/{id}/counts");
    yard.shop.send(Method::PUT, &path, &[("if-match", &expected)], body).await
}

fn count(product: &str, quantity: &str) -> Value {
    json!({"product_id": product, "quantity": quantity})
}

async fn counted(yard: &Yard, id: &str, product: &str, quantity: &str) {
    let answer = put(yard, id, &json!({"counts": [count(product, quantity)]})).await;
    assert_eq!(answer.status, 200, "{:#}", answer.json());
}

async fn product(yard: &Yard, sku: &str, kind: &str) -> String {
    let product = json!({"sku": sku, "name": {"en": sku}, "kind": kind, "unit": "EA",
        "unit_price": "5", "currency": "SAR"});
    yard.shop.create("products", &product).await
}

#[actix_web::test]
async fn a_plan_is_refused_by_its_field() {
    let yard = Yard::open().await;
    let service = product(&yard, "WORK", "service").await;
    let good = json!({"warehouse_id": yard.main, "product_ids": [yard.product]});
    let known = json!([yard.product, format!("prd_{NOBODY}")]);
    for (name, value, status, code, at) in [
        ("warehouse_id", Value::Null, 422, "validation.required", "/warehouse_id"),
        (
            "warehouse_id",
            json!(format!("whs_{NOBODY}")),
            422,
            "validation.reference",
            "/warehouse_id",
        ),
        ("product_ids", json!("all"), 422, "validation.type", "/product_ids"),
        ("product_ids", json!([]), 422, "validation.required", "/product_ids"),
        ("product_ids", json!(vec![NOBODY; 1_001]), 422, "validation.too_many", "/product_ids"),
        ("product_ids", json!([1]), 422, "validation.type", "/product_ids/0"),
        ("product_ids", json!([yard.main]), 400, "id.wrong_kind", "/product_ids/0"),
        ("product_ids", known, 422, "validation.reference", "/product_ids/1"),
        ("product_ids", json!([service]), 422, "product.not_stocked", "/product_ids/0"),
        (
            "category_ids",
            json!([format!("cat_{NOBODY}")]),
            422,
            "stocktake.scope_ambiguous",
            "/product_ids",
        ),
        ("category_ids", json!([]), 422, "validation.required", "/category_ids"),
        ("note", json!("a".repeat(1_001)), 422, "validation.text_too_long", "/note"),
        ("lines", json!([]), 422, "validation.unknown_field", "/lines"),
        ("id", json!(format!("mov_{NOBODY}")), 400, "id.wrong_kind", "/id"),
    ] {
        let answer = yard.shop.post("stocktakes", &and(&good, name, value.clone())).await;
        assert_refusal(&answer, status, code, at);
        if name == "id" || status == 201 || value.is_null() && name == "lines" {
            continue;
        }
        let draft = yard.shop.create("stocktakes", &good).await;
        let path = format!("stocktakes/{draft}");
        let change = json!({(name): value});
        let answer = yard.shop.send(Method::PATCH, &path, &[("if-match", "\"1\"")], &change).await;
        assert_refusal(&answer, status, code, at);
        assert_eq!(yard.shop.get(&path, &[]).await.json()["version"], 1, "{name}");
    }
}

#[actix_web::test]
async fn a_stocktake_of_categories_names_some_that_exist() {
    let yard = Yard::open().await;
    let tools = yard.shop.create("categories", &json!({"name": {"en": "Tools"}})).await;
    let plan = json!({"warehouse_id": yard.main, "category_ids": [tools]});
    let unknown = json!([tools, format!("cat_{NOBODY}")]);
    let answer = yard.shop.post("stocktakes", &and(&plan, "category_ids", unknown)).await;
    assert_refusal(&answer, 422, "validation.reference", "/category_ids/1");

    let id = yard.shop.create("stocktakes", &plan).await;

    let shown = yard.shop.get(&format!("stocktakes/{id}"), &[]).await.json();
    assert_eq!((&shown["category_ids"], &shown["product_ids"]), (&json!([tools]), &Value::Null));
    assert_eq!(start(&yard, &id).await.json()["line_count"], 0, "the bolt is no tool");
    let path = format!("categories/{tools}");
    let removed = yard.shop.send(Method::DELETE, &path, &[("if-match", "\"1\"")], &json!({})).await;
    assert_refusal(&removed, 409, "resource.in_use", "");
}

#[actix_web::test]
async fn a_draft_takes_another_scope() {
    let yard = Yard::open().await;
    let id = plan(&yard, &[&yard.product]).await;
    let path = format!("stocktakes/{id}");
    let patch = async |version: &str, change: Value| {
        let answer = yard.shop.send(Method::PATCH, &path, &[("if-match", version)], &change).await;
        assert_eq!(answer.status, 200, "{:#}", answer.json());
        answer.json()
    };
    let all = patch("\"1\"", json!({"product_ids": null, "warehouse_id": yard.side})).await;
    assert_eq!((&all["product_ids"], &all["warehouse_id"]), (&Value::Null, &json!(yard.side)));
    let one = json!({"product_ids": [yard.product, yard.product], "note": "by hand"});
    let one = patch("\"2\"", one).await;
    assert_eq!(one["product_ids"], json!([yard.product]));
    let kept = patch("\"3\"", json!({})).await;
    assert_eq!((&kept["product_ids"], &kept["note"]), (&one["product_ids"], &one["note"]));
    assert_eq!(yard.shop.get(&path, &[]).await.json(), kept);
}

#[actix_web::test]
async fn what_is_counted_already_cannot_be_started() {
    let yard = Yard::open().await;
    let waiting = plan(&yard, &[&yard.product]).await;
    let elsewhere = yard.shop.create("stocktakes", &json!({"warehouse_id": yard.side})).await;
    let open = counting(&yard).await;

    assert_refusal(&start(&yard, &waiting).await, 409, "stocktake.overlaps", "");

    assert_eq!(start(&yard, &elsewhere).await.status, 200, "another warehouse is in nobody's way");
    assert_eq!(post(&yard, &open, &json!({"uncounted": "keep"})).await.status, 200);
    assert_eq!(start(&yard, &waiting).await.status, 200);
}

#[actix_web::test]
async fn a_count_is_refused_by_its_field() {
    let yard = Yard::open().await;
    let other = product(&yard, "OTHER", "stocked").await;
    let service = product(&yard, "WORK", "service").await;
    let id = plan(&yard, &[&yard.product]).await;
    start(&yard, &id).await;
    let before = yard.shop.get(&format!("stocktakes/{id}"), &[]).await.json();
    let good = count(&yard.product, "9");
    let of = |count: Value| json!({"counts": [good.clone(), count]});
    let unknown = format!("prd_{NOBODY}");
    for (body, status, code, at) in [
        (json!({}), 422, "validation.required", "/counts"),
        (json!({"counts": null}), 422, "validation.required", "/counts"),
        (json!({"counts": vec![good.clone(); 1_001]}), 422, "validation.too_many", "/counts"),
        (of(count(&other, "1")), 422, "stocktake.line_not_in_scope", "/counts/1/product_id"),
        (of(count(&service, "1")), 422, "stocktake.line_not_in_scope", "/counts/1/product_id"),
        (of(count(&unknown, "1")), 422, "stocktake.line_not_in_scope", "/counts/1/product_id"),
        (of(good.clone()), 422, "validation.repeated", "/counts/1/product_id"),
        (of(count(&other, "-0.1")), 422, "stocktake.count_negative", "/counts/1/quantity"),
        (
            of(and(&count(&other, "1"), "quantity", json!(9))),
            422,
            "validation.number",
            "/counts/1/quantity",
        ),
        (
            of(and(&count(&other, "1"), "unit_cost", json!("-1"))),
            422,
            "validation.not_negative",
            "/counts/1/unit_cost",
        ),
        (
            json!({"counts": [and(&good, "quantity", json!("9.5"))]}),
            422,
            "stock.quantity_not_whole",
            "/counts/0/quantity",
        ),
        (
            json!({"counts": [and(&good, "unit", json!("BOX"))]}),
            422,
            "unit.mismatch",
            "/counts/0/unit",
        ),
        (
            json!({"counts": [and(&good, "delta", json!("1"))]}),
            422,
            "validation.unknown_field",
            "/counts/0/delta",
        ),
    ] {
        assert_refusal(&put(&yard, &id, &body).await, status, code, at);
        assert_eq!(yard.shop.get(&format!("stocktakes/{id}"), &[]).await.json(), before, "{code}");
    }
}

#[actix_web::test]
async fn each_guard_of_posting_keeps_the_stocktake_counting() {
    let yard = Yard::open().await;
    let found = product(&yard, "FOUND", "stocked").await;
    let id = counting(&yard).await;
    let keep = json!({"uncounted": "keep"});
    let refused = async |body: &Value, status: u16, code: &str, at: &[&str]| {
        let before = yard.books().await;
        let answer = post(&yard, &id, body).await;
        assert_eq!(answer.problem(), (status, code.to_owned()), "{:#}", answer.json());
        let pointers: Vec<String> = answer.fields().into_iter().map(|field| field.0).collect();
        assert_eq!(pointers, at, "{code}");
        let path = format!("stocktakes/{id}");
        assert_eq!(yard.shop.get(&path, &[]).await.json()["status"], "counting");
        assert_eq!(yard.books().await, before, "{code} left something behind");
        answer.json()["params"].clone()
    };

    let params = refused(&json!({}), 422, "stocktake.incomplete", &["/uncounted"]).await;
    assert_eq!(params["uncounted"], "1");
    refused(&json!({"uncounted": "guess"}), 422, "validation.choice", &["/uncounted"]).await;
    counted(&yard, &id, &found, "2").await;
    let params = refused(&keep, 422, "stock.cost_required", &[""]).await;
    assert_eq!(params["product_id"], found);
    counted(&yard, &id, &found, "0").await;
    let promise = json!({"product_id": yard.product, "warehouse_id": yard.main, "quantity": "8"});
    let promise = yard.shop.create("reservations", &promise).await;
    counted(&yard, &id, &yard.product, "7").await;
    let params = refused(&keep, 409, "stock.insufficient", &[""]).await;
    assert_eq!(params["product_id"], yard.product);
    assert_eq!((&params["requested"], &params["available"]), (&json!("3"), &json!("2")));

    yard.shop.post(&format!("reservations/{promise}/release"), &json!({})).await;
    assert_eq!(post(&yard, &id, &json!({})).await.status, 200, "all is counted now");
    assert_eq!(yard.on_hand(&yard.main).await, "7");
}

#[actix_web::test]
async fn t_01_a_stocktake_shows_what_it_found_and_what_it_did() {
    let yard = Yard::open().await;
    yard.moved("receipt", "90").await;
    let answer = yard.shop.post("stocktakes", &json!({"warehouse_id": yard.main})).await;
    let id = answer.json()["id"].as_str().unwrap().to_owned();
    assert_eq!(answer.header("location"), Some(format!("/api/v1/stocktakes/{id}").as_str()));
    let at = "2026-11-23T09:00:00.000Z";
    let draft = json!({"id": id, "status": "draft", "warehouse_id": yard.main,
        "category_ids": null, "product_ids": null, "note": null, "line_count": 0,
        "counted_count": 0, "movement_id": null, "created_at": at, "updated_at": at,
        "started_at": null, "posted_at": null, "cancelled_at": null, "version": 1});
    assert_eq!(answer.json(), draft);
    start(&yard, &id).await;
    let lines = async || {
        let path = format!("stocktakes/{id}/lines?sort=-sku");
        yard.shop.get(&path, &[("accept-language", "ar")]).await.json()["data"].clone()
    };
    let uncounted = json!([{"product_id": yard.product, "sku": "BOLT-M8",
        "name": {"en": "Bolt M8", "ar": "برغي M8"}, "display_name": "برغي M8",
        "expected": "100", "counted": null, "delta": null, "unit_cost": null,
        "ledger_sequence": null, "counted_at": null}]);
    assert_eq!(lines().await, uncounted);

    counted(&yard, &id, &yard.product, "98").await;
    yard.moved("issue", "5").await;
    let posted = post(&yard, &id, &json!({})).await.json();

    assert_eq!(yard.on_hand(&yard.main).await, "93");
    let line = &lines().await[0];
    assert_eq!((&line["counted"], &line["delta"]), (&json!("98"), &json!("-2")));
    assert_eq!((&line["ledger_sequence"], &line["counted_at"]), (&json!(2), &json!(at)));
    assert_eq!((&posted["status"], &posted["posted_at"]), (&json!("posted"), &json!(at)));
    assert_eq!((&posted["line_count"], &posted["counted_count"]), (&json!(1), &json!(1)));
    let movement = yard.show(posted["movement_id"].as_str().unwrap()).await;
    assert_eq!((&movement["kind"], &movement["stocktake_id"]), (&json!("adjustment"), &json!(id)));
    assert_eq!(movement["lines"][0]["quantity"], "-2");
    let reversed = yard.act("reverse", posted["movement_id"].as_str().unwrap()).await;
    assert_eq!(reversed.status, 200, "{:#}", reversed.json());
    assert_eq!(yard.on_hand(&yard.main).await, "95");
    assert_eq!(yard.shop.get(&format!("stocktakes/{id}"), &[]).await.json(), posted);
    let count = async |query: &str| {
        let path = format!("stocktakes?with_total=true&{query}");
        yard.shop.get(&path, &[]).await.json()["page"]["total"].clone()
    };
    assert_eq!(count("status=posted").await, 1);
    assert_eq!(count("status=draft&status=counting").await, 0);
    assert_eq!(count(&format!("warehouse_id={}&sort=created_at", yard.side)).await, 0);
    let counted = yard.shop.get(&format!("stocktakes/{id}/lines?counted=false"), &[]).await.json();
    assert_eq!(counted["data"], json!([]));
    let wrong = yard.shop.get(&format!("stocktakes/{id}/lines?counted=maybe"), &[]).await;
    assert_eq!(wrong.problem(), (422, "validation.choice".to_owned()));
}
