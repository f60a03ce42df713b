//! Reservations over HTTP: every action in every state, every guard, and what is shown.

use std::time::Duration;

use actix_web::http::Method;
use serde_json::{Value, json};

use crate::support::Answer;
use crate::yard::{Yard, and, assert_refusal, line};

const NOBODY: &str = "01kare0z0qf8b8rmyh0z0hdrt5";
const DAY: Duration = Duration::from_hours(24);

/// Actions and states, and the code of each refusal; an empty code is allowed.
const CELLS: [(&str, [(&str, &str); 4]); 2] = [
    (
        "release",
        [
            ("active", ""),
            ("consumed", "reservation.not_active"),
            ("released", "reservation.not_active"),
            ("expired", "reservation.not_active"),
        ],
    ),
    (
        "consume",
        [
            ("active", ""),
            ("consumed", "reservation.not_active"),
            ("released", "reservation.not_active"),
            ("expired", "reservation.not_active"),
        ],
    ),
];

fn reservation(yard: &Yard, quantity: &str) -> Value {
    json!({"product_id": yard.product, "warehouse_id": yard.main, "quantity": quantity})
}

async fn reserve(yard: &Yard, quantity: &str) -> String {
    yard.shop.create("reservations", &reservation(yard, quantity)).await
}

async fn show(yard: &Yard, id: &str) -> Value {
    let answer = yard.shop.get(&format!("reservations/{id}"), &[]).await;
    assert_eq!(answer.status, 200, "{:#}", answer.json());
    assert_eq!(answer.header("etag"), Some(format!("\"{}\"", answer.json()["version"]).as_str()));
    answer.json()
}

async fn release(yard: &Yard, id: &str) -> Answer {
    yard.shop.post(&format!("reservations/{id}/release"), &json!({})).await
}

/// An issue of one line for a reservation.
fn issue(yard: &Yard, quantity: &str, id: &str) -> Value {
    line(&yard.movement("issue", quantity), "reservation_id", json!(id))
}

async fn in_state(yard: Yard, state: &str) -> (Yard, String) {
    let id = reserve(&yard, "1").await;
    let yard = match state {
        "expired" => a_day_later(yard).await,
        _ => yard,
    };
    match state {
        "consumed" => {
            yard.create(&issue(&yard, "1", &id)).await;
        }
        "released" => assert_eq!(release(&yard, &id).await.status, 200),
        _ => {}
    }
    assert_eq!(show(&yard, &id).await["status"], state);
    (yard, id)
}

/// An access token ends long before a reservation does, so whoever waits signs in anew.
async fn a_day_later(yard: Yard) -> Yard {
    yard.shop.books.clock.advance(DAY);
    let login = json!({"login": gaara_testkit::USERNAME, "password": gaara_testkit::PASSWORD});
    let answer = yard.shop.post("auth/login", &login).await;
    let token = answer.json()["access_token"].as_str().unwrap().to_owned();
    Yard { shop: crate::sale::Shop { token, ..yard.shop }, ..yard }
}

async fn level(yard: &Yard) -> [Value; 3] {
    let path = format!("stock-levels?warehouse_id={}", yard.main);
    let level = yard.shop.get(&path, &[]).await.json()["data"][0].clone();
    ["on_hand", "reserved", "available"].map(|name| level[name].clone())
}

#[actix_web::test]
async fn every_cell_of_actions_and_states_answers_as_it_should() {
    let mut yard = Yard::open().await;
    for (action, states) in CELLS {
        for (state, code) in states {
            let (later, id) = in_state(yard, state).await;
            yard = later;
            let before = (show(&yard, &id).await, level(&yard).await);

            let (answer, at) = if action == "release" {
                (release(&yard, &id).await, "")
            } else {
                let issue = issue(&yard, "1", &id);
                (yard.shop.post("stock-movements", &issue).await, "/lines/0/reservation_id")
            };

            let cell = format!("{action} of a reservation that is {state}");
            if code.is_empty() {
                assert!(answer.status.is_success(), "{cell}\n{:#}", answer.json());
                assert_eq!(show(&yard, &id).await["status"], format!("{action}d"), "{cell}");
                assert_eq!(level(&yard).await[1], "0", "{cell}");
            } else {
                assert_refusal(&answer, 409, code, at);
                assert_eq!(answer.json()["params"]["status"], state, "{cell}");
                assert_eq!((show(&yard, &id).await, level(&yard).await), before, "{cell}");
            }
        }
    }
}

#[actix_web::test]
async fn a_reservation_is_refused_by_its_field() {
    let yard = Yard::open().await;
    let good = reservation(&yard, "7");
    let service = json!({"sku": "WORK", "name": {"en": "Work"}, "kind": "service", "unit": "EA",
        "unit_price": "5", "currency": "SAR"});
    let service = yard.shop.create("products", &service).await;
    let month = "2026-12-23T09:00:00";
    for (name, value, status, code) in [
        ("product_id", Value::Null, 422, "validation.required"),
        ("product_id", json!(format!("prd_{NOBODY}")), 422, "validation.reference"),
        ("product_id", json!(format!("whs_{NOBODY}")), 400, "id.wrong_kind"),
        ("product_id", json!(service), 422, "product.not_stocked"),
        ("warehouse_id", Value::Null, 422, "validation.required"),
        ("warehouse_id", json!(format!("whs_{NOBODY}")), 422, "validation.reference"),
        ("quantity", Value::Null, 422, "validation.required"),
        ("quantity", json!("0"), 422, "validation.positive"),
        ("quantity", json!("-1"), 422, "validation.positive"),
        ("quantity", json!(7), 422, "validation.number"),
        ("quantity", json!("1.5"), 422, "stock.quantity_not_whole"),
        ("quantity", json!("11"), 409, "stock.insufficient"),
        ("unit", json!("BOX"), 422, "unit.mismatch"),
        ("expires_at", json!("tomorrow"), 422, "validation.instant"),
        ("expires_at", json!("2026-11-23T09:00:00Z"), 422, "reservation.expiry_past"),
        ("expires_at", json!(format!("{month}.001Z")), 422, "reservation.ttl_too_long"),
        ("note", json!("a".repeat(1_001)), 422, "validation.text_too_long"),
        ("owner", json!("me"), 422, "validation.unknown_field"),
        ("id", json!(format!("mov_{NOBODY}")), 400, "id.wrong_kind"),
    ] {
        let answer = yard.shop.post("reservations", &and(&good, name, value)).await;
        assert_refusal(&answer, status, code, &format!("/{name}"));
    }
    assert_eq!(level(&yard).await, ["10", "0", "10"]);
    let listed = yard.shop.get("reservations?with_total=true", &[]).await.json();
    assert_eq!(listed["page"]["total"], 0, "nothing was half made");

    let longest = and(&good, "expires_at", json!(format!("{month}Z")));
    let id = yard.shop.create("reservations", &longest).await;
    assert_eq!(show(&yard, &id).await["expires_at"], "2026-12-23T09:00:00.000Z");
    let again = and(&reservation(&yard, "1"), "id", json!(id));
    let taken = yard.shop.post("reservations", &again).await;
    assert_refusal(&taken, 409, "resource.duplicate", "");
}

#[actix_web::test]
async fn a_line_keeps_a_promise_of_its_own_goods_only() {
    let yard = Yard::open().await;
    let id = reserve(&yard, "7").await;
    let transfer = and(&yard.movement("transfer", "1"), "to_warehouse_id", json!(yard.side));
    let for_it = |body: &Value| line(body, "reservation_id", json!(id));
    yard.create(&transfer).await;
    let elsewhere = and(&yard.movement("issue", "1"), "warehouse_id", json!(yard.side));
    let unknown = json!(format!("rsv_{NOBODY}"));
    let unexpected = "reservation.unexpected";
    for (body, status, code) in [
        (for_it(&elsewhere), 422, "reservation.mismatch"),
        (line(&elsewhere, "reservation_id", unknown), 422, "validation.reference"),
        (line(&elsewhere, "reservation_id", json!(yard.receipt)), 400, "id.wrong_kind"),
        (for_it(&yard.movement("receipt", "1")), 422, unexpected),
        (for_it(&yard.movement("adjustment", "-1")), 422, unexpected),
        (for_it(&yard.movement("supplier_return", "1")), 422, unexpected),
        (for_it(&yard.movement("customer_return", "1")), 422, unexpected),
    ] {
        yard.refuses(&body, status, code, "/lines/0/reservation_id").await;
        let draft = and(&body, "post", json!(false));
        yard.refuses(&draft, status, code, "/lines/0/reservation_id").await;
    }
    let draft = yard.create(&and(&for_it(&transfer), "post", json!(false))).await;
    assert_eq!(show(&yard, &id).await["status"], "active", "a draft consumes nothing");
    let posted = yard.act("post", &draft).await.json();
    assert_eq!(posted["lines"][0]["reservation_id"], id);
    assert_eq!(show(&yard, &id).await["consumed"], "1");
    assert_eq!(level(&yard).await, ["8", "0", "8"]);
}

#[actix_web::test]
async fn a_sale_keeps_a_promise_line_by_line() {
    let yard = Yard::open().await;
    let id = reserve(&yard, "7").await;
    let elsewhere = and(&reservation(&yard, "1"), "warehouse_id", json!(yard.side));
    yard.create(&and(&yard.movement("receipt", "1"), "warehouse_id", json!(yard.side))).await;
    let elsewhere = yard.shop.create("reservations", &elsewhere).await;
    let mut sale = and(&yard.invoice, "issue", json!(true));
    let fee = json!({"description": {"en": "Delivery"}, "quantity": "1", "unit_price": "5",
        "tax_rate": "VAT15"});
    sale["lines"] = json!([fee, yard.invoice["lines"][0]]);
    let naming = |id: &str| {
        let mut body = sale.clone();
        body["lines"][1]["reservation_id"] = json!(id);
        body
    };
    let at = "/lines/1/reservation_id";
    let mut of_nothing = sale.clone();
    of_nothing["lines"][0]["reservation_id"] = json!(id);
    for (body, status, code, at) in [
        (naming(&format!("rsv_{NOBODY}")), 422, "validation.reference", at),
        (naming(&yard.receipt), 400, "id.wrong_kind", at),
        (naming(&elsewhere), 422, "reservation.mismatch", at),
        (and(&naming(&id), "warehouse_id", Value::Null), 422, "reservation.mismatch", at),
        (of_nothing, 422, "reservation.mismatch", "/lines/0/reservation_id"),
    ] {
        assert_refusal(&yard.shop.post("invoices", &body).await, status, code, at);
    }
    let invoice = yard.shop.create("invoices", &naming(&id)).await;

    let shown = yard.shop.get(&format!("invoices/{invoice}"), &[]).await.json();
    assert_eq!(shown["lines"][1]["reservation_id"], id);
    assert_eq!(shown["lines"][0]["reservation_id"], Value::Null);
    assert_eq!(show(&yard, &id).await["consumed"], "4");
    assert_eq!(level(&yard).await, ["6", "0", "6"]);
    let again = yard.shop.post("invoices", &naming(&id)).await;
    assert_refusal(&again, 409, "reservation.not_active", at);
}

#[actix_web::test]
async fn a_promise_is_shown_as_it_is_now() {
    let yard = Yard::open().await;
    let answer = yard.shop.post("reservations", &reservation(&yard, "7")).await;
    assert_eq!((answer.status.as_u16(), answer.header("etag")), (201, Some("\"1\"")));
    let id = answer.json()["id"].as_str().unwrap().to_owned();
    assert_eq!(answer.header("location"), Some(format!("/api/v1/reservations/{id}").as_str()));
    let expected = json!({"id": id, "product_id": yard.product, "warehouse_id": yard.main,
        "quantity": "7", "consumed": "0", "status": "active", "note": null,
        "expires_at": "2026-11-24T09:00:00.000Z", "created_at": "2026-11-23T09:00:00.000Z",
        "ended_at": null, "version": 1});
    assert_eq!((answer.json(), show(&yard, &id).await), (expected.clone(), expected));
    assert_eq!(level(&yard).await, ["10", "7", "3"]);
    yard.refuses(&yard.movement("issue", "4"), 409, "stock.insufficient", "/lines").await;

    let yard = a_day_later(yard).await;

    let expired = show(&yard, &id).await;
    assert_eq!((&expired["status"], &expired["version"]), (&json!("expired"), &json!(2)));
    assert_eq!(expired["ended_at"], "2026-11-24T09:00:00.000Z");
    assert_eq!(level(&yard).await, ["10", "0", "10"]);
    let count = async |query: &str| {
        let path = format!("reservations?with_total=true&{query}");
        yard.shop.get(&path, &[]).await.json()["page"]["total"].clone()
    };
    assert_eq!(count("status=expired").await, 1);
    assert_eq!(count("status=active&status=released").await, 0);
    assert_eq!(count(&format!("product_id={}&sort=-expires_at", yard.product)).await, 1);
    assert_eq!(count(&format!("warehouse_id={}", yard.side)).await, 0);
    let wrong = yard.shop.get("reservations?status=lost", &[]).await;
    assert_eq!(wrong.problem(), (422, "validation.choice".to_owned()));
    yard.moved("issue", "10").await;
    assert_eq!(show(&yard, &id).await, expired);
}

#[actix_web::test]
async fn a_release_may_name_the_version_it_was_decided_on() {
    let yard = Yard::open().await;
    let path = format!("reservations/{}/release", reserve(&yard, "1").await);
    let stale = yard.shop.send(Method::POST, &path, &[("if-match", "\"7\"")], &json!({})).await;
    assert_refusal(&stale, 412, "precondition.failed", "");
    assert_eq!(stale.json()["params"]["current_version"], "1");
    let released = yard.shop.send(Method::POST, &path, &[("if-match", "\"1\"")], &json!({})).await;
    assert_eq!((released.status.as_u16(), released.header("etag")), (200, Some("\"2\"")));
    let nobody = yard.shop.post(&format!("reservations/rsv_{NOBODY}/release"), &json!({})).await;
    assert_refusal(&nobody, 404, "resource.not_found", "");
    let nobody = yard.shop.get(&format!("reservations/rsv_{NOBODY}"), &[]).await;
    assert_refusal(&nobody, 404, "resource.not_found", "");
}

#[actix_web::test]
async fn who_sells_and_who_keeps_the_stock_may_promise_it() {
    let yard = Yard::open().await;
    for (role, status) in
        [("sales", 201), ("storekeeper", 201), ("accountant", 403), ("auditor", 403)]
    {
        let shop = yard.shop.joined_by(role).await;
        let answer = shop.post("reservations", &reservation(&yard, "1")).await;
        assert_eq!(answer.status, status, "{role}");
        assert_eq!(shop.get("reservations", &[]).await.status, 200, "{role}");
    }
}
