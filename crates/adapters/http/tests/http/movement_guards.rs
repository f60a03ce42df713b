//! Why a movement is not posted or not reversed, guard by guard: code and pointer, and nothing
//! left behind.

use actix_web::http::Method;
use serde_json::{Value, json};

use crate::yard::{Yard, and, assert_refusal, line};

const NOBODY: &str = "01kare0z0qf8b8rmyh0z0hdrt5";

#[actix_web::test]
async fn bad_input_is_refused_on_a_draft_and_on_a_posting_alike() {
    let yard = Yard::open().await;
    let receipt = yard.movement("receipt", "1");
    let issue = yard.movement("issue", "1");
    let adjustment = yard.movement("adjustment", "1");
    let transfer = and(&yard.movement("transfer", "1"), "to_warehouse_id", json!(yard.side));
    let at = |quantity: &str| line(&receipt, "quantity", json!(quantity));
    let before = yard.books().await;
    let service = json!({"sku": "WORK", "name": {"en": "Work"}, "kind": "service", "unit": "EA",
        "unit_price": "5", "currency": "SAR"});
    let service = yard.shop.create("products", &service).await;
    for (body, status, code, pointer) in [
        (and(&receipt, "kind", json!("revaluation")), 422, "validation.choice", "/kind"),
        (and(&receipt, "kind", Value::Null), 422, "validation.required", "/kind"),
        (and(&receipt, "warehouse_id", Value::Null), 422, "validation.required", "/warehouse_id"),
        (
            and(&receipt, "warehouse_id", json!(format!("whs_{NOBODY}"))),
            422,
            "validation.reference",
            "/warehouse_id",
        ),
        (
            and(&transfer, "to_warehouse_id", json!(format!("whs_{NOBODY}"))),
            422,
            "validation.reference",
            "/to_warehouse_id",
        ),
        (
            and(&transfer, "to_warehouse_id", json!(yard.main)),
            422,
            "movement.same_warehouse",
            "/to_warehouse_id",
        ),
        (
            and(&transfer, "to_warehouse_id", Value::Null),
            422,
            "movement.target_required",
            "/to_warehouse_id",
        ),
        (
            and(&issue, "to_warehouse_id", json!(yard.side)),
            422,
            "movement.target_unexpected",
            "/to_warehouse_id",
        ),
        (at("0"), 422, "validation.positive", "/lines/0/quantity"),
        (at("-1"), 422, "validation.positive", "/lines/0/quantity"),
        (at("0.0000001"), 422, "validation.scale", "/lines/0/quantity"),
        (at("1000000000001"), 422, "validation.range", "/lines/0/quantity"),
        (at(&"9".repeat(40)), 422, "validation.range", "/lines/0/quantity"),
        (at("1e3"), 422, "validation.number", "/lines/0/quantity"),
        (line(&receipt, "quantity", json!(1)), 422, "validation.number", "/lines/0/quantity"),
        (
            line(&adjustment, "quantity", json!("0")),
            422,
            "validation.not_zero",
            "/lines/0/quantity",
        ),
        (line(&receipt, "unit", json!("BOX")), 422, "unit.mismatch", "/lines/0/unit"),
        (
            line(&receipt, "product_id", json!(format!("prd_{NOBODY}"))),
            422,
            "validation.reference",
            "/lines/0/product_id",
        ),
        (
            line(&receipt, "product_id", json!(service)),
            422,
            "product.not_stocked",
            "/lines/0/product_id",
        ),
        (
            line(&receipt, "unit_cost", Value::Null),
            422,
            "stock.cost_required",
            "/lines/0/unit_cost",
        ),
        (
            line(&receipt, "unit_cost", json!("-1")),
            422,
            "stock.cost_required",
            "/lines/0/unit_cost",
        ),
        (line(&issue, "unit_cost", json!("1")), 422, "stock.cost_unexpected", "/lines/0/unit_cost"),
        (
            and(&receipt, "origin_id", json!(yard.receipt)),
            422,
            "movement.origin_unfit",
            "/origin_id",
        ),
        (
            and(
                &yard.movement("customer_return", "1"),
                "origin_id",
                json!(format!("mov_{NOBODY}")),
            ),
            422,
            "validation.reference",
            "/origin_id",
        ),
        (and(&receipt, "note", json!("a".repeat(1_001))), 422, "validation.text_too_long", "/note"),
        (and(&receipt, "note", json!("a\u{202e}b")), 422, "validation.control_character", "/note"),
        (
            and(&receipt, "effective_date", json!("23.11.2026")),
            422,
            "validation.date",
            "/effective_date",
        ),
        (and(&receipt, "owner", json!("me")), 422, "validation.unknown_field", "/owner"),
        (and(&receipt, "id", json!(format!("inv_{NOBODY}"))), 400, "id.wrong_kind", "/id"),
        (and(&receipt, "post", Value::Null), 422, "validation.required", "/post"),
        (and(&receipt, "post", json!("yes")), 422, "validation.type", "/post"),
    ] {
        for post in [body["post"].clone(), json!(false)] {
            let sent = if body["post"] == true { and(&body, "post", post) } else { body.clone() };
            let answer = yard.shop.post("stock-movements", &sent).await;
            assert_refusal(&answer, status, code, pointer);
        }
        assert_eq!(yard.books().await, before, "{code} left something behind");
    }
    let longest = and(&at("1"), "note", json!("ن".repeat(1_000)));
    assert_eq!(yard.shop.post("stock-movements", &longest).await.status, 201);
}

#[actix_web::test]
async fn each_guard_of_posting_keeps_the_draft_a_draft() {
    let yard = Yard::open().await;
    yard.lock("2026-10-31").await;
    yard.moved("issue", "3").await;
    let late = and(&yard.movement("receipt", "20"), "effective_date", json!("2026-11-20"));
    yard.create(&late).await;
    let sold = yard.moved("issue", "2").await;
    let early = |date: &str, count: &str| {
        and(&yard.movement("issue", count), "effective_date", json!(date))
    };
    let back = |origin: &str, count: &str| {
        and(&yard.movement("customer_return", count), "origin_id", json!(origin))
    };
    let gain = and(&yard.movement("adjustment", "1"), "warehouse_id", json!(yard.side));
    for (body, status, code, pointer) in [
        (and(&yard.movement("receipt", "1"), "lines", json!([])), 422, "movement.empty", "/lines"),
        (yard.movement("issue", "26"), 409, "stock.insufficient", "/lines"),
        (yard.movement("supplier_return", "26"), 409, "stock.insufficient", "/lines"),
        (yard.movement("adjustment", "-26"), 409, "stock.insufficient", "/lines"),
        (early("2026-11-10", "12"), 409, "stock.insufficient_at_date", "/effective_date"),
        (early("2026-10-31", "1"), 422, "movement.period_locked", "/effective_date"),
        (early("2026-11-24", "1"), 422, "movement.date_in_future", "/effective_date"),
        (gain, 422, "stock.cost_required", "/lines/0/unit_cost"),
        (back(&yard.receipt, "1"), 422, "movement.origin_unfit", "/origin_id"),
        (back(&sold, "3"), 409, "movement.return_exceeds", "/lines/0/quantity"),
    ] {
        yard.refuses(&body, status, code, pointer).await;
        let draft = yard.create(&and(&body, "post", json!(false))).await;
        let before = yard.books().await;
        let answer = yard.act("post", &draft).await;
        assert_refusal(&answer, status, code, pointer);
        assert_eq!(yard.books().await, before, "{code} left something behind");
    }
}

#[actix_web::test]
async fn a_shortage_says_what_was_asked_for_and_what_is_there() {
    let yard = Yard::open().await;
    let mut twice = yard.movement("issue", "6");
    let first = twice["lines"][0].clone();
    twice["lines"].as_array_mut().unwrap().push(first);

    let answer = yard.shop.post("stock-movements", &twice).await;

    assert_refusal(&answer, 409, "stock.insufficient", "/lines");
    let params = &answer.json()["errors"][0]["params"];
    assert_eq!((&params["requested"], &params["available"]), (&json!("12"), &json!("10")), "T-06");
    assert_eq!(params["product_id"], yard.product);
    assert_eq!(params["warehouse_id"], yard.main);
    assert_eq!(yard.on_hand(&yard.main).await, "10");

    let early = and(&yard.movement("issue", "1"), "effective_date", json!("2026-10-31"));
    let answer = yard.shop.post("stock-movements", &early).await;
    assert_refusal(&answer, 409, "stock.insufficient_at_date", "/effective_date");
    let params = &answer.json()["params"];
    assert_eq!((&params["date"], &params["available"]), (&json!("2026-10-31"), &json!("0")));
}

#[actix_web::test]
async fn each_guard_of_reversing_keeps_the_movement_posted() {
    let yard = Yard::open().await;
    let gone = yard.moved("receipt", "3").await;
    let sold = yard.moved("issue", "5").await;
    let back = and(&yard.movement("customer_return", "1"), "origin_id", json!(sold));
    let back = yard.create(&back).await;
    let undone = yard.moved("issue", "1").await;
    let undoing = yard.act("reverse", &undone).await.json()["reversed_by_id"].clone();
    let issued = yard.shop.create("invoices", &and(&yard.invoice, "issue", json!(true))).await;
    let path = format!("stock-movements?invoice_id={issued}");
    let delivery = yard.shop.get(&path, &[]).await.json()["data"][0]["id"].clone();
    yard.moved("issue", "3").await;
    let before = yard.books().await;
    for (id, body, status, code, pointer) in [
        (gone.as_str(), json!({}), 409, "stock.insufficient", "/lines"),
        (&sold, json!({}), 409, "movement.has_returns", ""),
        (&undone, json!({}), 409, "movement.reversed", ""),
        (undoing.as_str().unwrap(), json!({}), 409, "movement.is_reversal", ""),
        (delivery.as_str().unwrap(), json!({}), 409, "movement.owned_by_invoice", ""),
        (
            &back,
            json!({"effective_date": "2026-11-24"}),
            422,
            "movement.date_in_future",
            "/effective_date",
        ),
        (&back, json!({"effective_date": "2026-11-2"}), 422, "validation.date", "/effective_date"),
        (&back, json!({"date": "2026-11-23"}), 422, "validation.unknown_field", "/date"),
    ] {
        let answer = yard.shop.post(&format!("stock-movements/{id}/reverse"), &body).await;
        assert_refusal(&answer, status, code, pointer);
        assert_eq!(yard.books().await, before, "{code} left something behind");
    }
}

#[actix_web::test]
async fn a_reversal_in_a_closed_period_counts_for_today_unless_a_closed_day_is_asked_for() {
    let yard = Yard::open().await;
    yard.lock("2026-11-15").await;
    let path = format!("stock-movements/{}/reverse", yard.receipt);

    let asked = yard.shop.post(&path, &json!({"effective_date": "2026-11-15"})).await;
    assert_refusal(&asked, 422, "movement.period_locked", "/effective_date");
    let reversed = yard.shop.post(&path, &json!({})).await;

    assert_eq!(reversed.status, 200, "{:#}", reversed.json());
    let undoing = yard.show(reversed.json()["reversed_by_id"].as_str().unwrap()).await;
    assert_eq!(undoing["effective_date"], "2026-11-23");
    assert_eq!(undoing["reverses_id"], json!(yard.receipt));
    assert_eq!(reversed.json()["effective_date"], "2026-11-01", "history stays as it was");
}

#[actix_web::test]
async fn an_invoice_tells_of_its_goods_where_its_own_fields_are() {
    let yard = Yard::open().await;
    yard.lock("2026-11-10").await;
    let on = |body: Value, date: &str| and(&body, "effective_date", json!(date));
    yard.create(&on(yard.movement("issue", "8"), "2026-11-12")).await;
    yard.create(&on(yard.movement("receipt", "8"), "2026-11-20")).await;
    let before = yard.books().await;
    let good = and(&yard.invoice, "issue", json!(true));
    let dated = |date: &str| and(&good, "issue_date", json!(date));
    for (body, status, code, pointer) in [
        (dated("2026-11-10"), 422, "invoice.period_locked", "/issue_date"),
        (dated("2026-11-15"), 409, "stock.insufficient_at_date", "/issue_date"),
        (line(&good, "unit", json!("BOX")), 422, "unit.mismatch", "/lines/0/unit"),
        (line(&good, "quantity", json!("11")), 409, "stock.insufficient", "/lines"),
    ] {
        let answer = yard.shop.post("invoices", &body).await;
        assert_refusal(&answer, status, code, pointer);
        assert_eq!(yard.books().await, before, "{code} left something behind");
    }
}

#[actix_web::test]
async fn a_transition_takes_no_body_but_an_empty_one() {
    let yard = Yard::open().await;
    let id = yard.draft("receipt", "1").await;
    for verb in ["post", "cancel"] {
        let path = format!("stock-movements/{id}/{verb}");
        let answer = yard.shop.send(Method::POST, &path, &[], &json!({"force": true})).await;
        assert_refusal(&answer, 422, "validation.unknown_field", "/force");
    }
    assert_eq!(yard.show(&id).await["status"], "draft");
}
