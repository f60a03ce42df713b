//! Movements of every kind: what they do, how they are shown, listed, changed and repeated.

use actix_web::http::Method;
use serde_json::{Value, json};

use crate::yard::{Yard, and};

#[actix_web::test]
async fn every_kind_moves_what_it_says() {
    let yard = Yard::open().await;
    let sold = yard.moved("issue", "4").await;
    let of = |kind: &str, quantity: &str, origin: &str| {
        and(&yard.movement(kind, quantity), "origin_id", json!(origin))
    };
    let transfer = and(&yard.movement("transfer", "2"), "to_warehouse_id", json!(yard.side));
    for (body, main, value) in [
        (yard.movement("receipt", "6"), "12", "12.00"),
        (yard.movement("adjustment", "-2"), "10", "-3.75"),
        (yard.movement("adjustment", "2"), "12", "3.75"),
        (of("customer_return", "1", &sold), "13", "1.75"),
        (of("supplier_return", "1", &yard.receipt), "12", "-1.87"),
        (yard.movement("customer_return", "1"), "13", "1.87"),
        (transfer, "11", "-3.73"),
    ] {
        let answer = yard.shop.post("stock-movements", &body).await;
        assert_eq!(answer.status, 201, "{:#}", answer.json());
        let shown = answer.json();
        assert_eq!((&shown["kind"], &shown["status"]), (&body["kind"], &json!("posted")));
        assert_eq!(shown["lines"][0]["value"], value, "{}", body["kind"]);
        assert_eq!(yard.on_hand(&yard.main).await, main, "{}", body["kind"]);
        assert_eq!(shown["origin_id"], body["origin_id"]);
    }
    assert_eq!(yard.on_hand(&yard.side).await, "2");
}

#[actix_web::test]
async fn a_posted_movement_shows_everything_a_reader_relies_on() {
    let yard = Yard::open().await;
    let body = and(&yard.movement("receipt", "2"), "note", json!("  Pallet 7 "));

    let answer = yard.shop.post("stock-movements", &body).await;

    let shown = answer.json();
    let id = shown["id"].as_str().unwrap();
    assert_eq!(answer.header("etag"), Some("\"1\""));
    assert_eq!(answer.header("location"), Some(format!("/api/v1/stock-movements/{id}").as_str()));
    let at = "2026-11-23T09:00:00.000Z";
    let expected = json!({
        "id": id, "kind": "receipt", "status": "posted", "warehouse_id": yard.main,
        "to_warehouse_id": null, "effective_date": "2026-11-23", "origin_id": null,
        "invoice_id": null, "stocktake_id": null, "note": "Pallet 7", "reverses_id": null,
        "reversed_by_id": null,
        "lines": [{"product_id": yard.product, "quantity": "2", "unit": "EA",
            "base_quantity": "2", "unit_cost": "2", "value": "4.00", "variance": "0.00",
            "reservation_id": null}],
        "currency": "SAR", "created_at": at, "updated_at": at, "posted_at": at,
        "cancelled_at": null, "version": 1
    });
    assert_eq!(shown, expected);
    assert_eq!(yard.show(id).await, expected);
    let known =
        yard.shop.get(&format!("stock-movements/{id}"), &[("if-none-match", "\"1\"")]).await;
    assert_eq!(known.status, 304);
}

#[actix_web::test]
async fn a_draft_moves_nothing_until_it_is_posted() {
    let yard = Yard::open().await;
    let body = and(&yard.movement("receipt", "2"), "post", json!(false));

    let answer = yard.shop.post("stock-movements", &body).await;

    assert_eq!((answer.status.as_u16(), answer.header("etag")), (201, Some("\"1\"")));
    assert!(answer.header("location").is_some());
    let draft = answer.json();
    let id = draft["id"].as_str().unwrap();
    assert_eq!(draft["status"], "draft");
    for unknown in ["effective_date", "currency", "posted_at", "cancelled_at"] {
        assert_eq!(draft[unknown], Value::Null, "{unknown}");
    }
    for unknown in ["value", "variance"] {
        assert_eq!(draft["lines"][0][unknown], Value::Null, "{unknown}");
    }
    assert_eq!(yard.on_hand(&yard.main).await, "10");

    let posted = yard.act("post", id).await;
    assert_eq!(posted.header("etag"), Some("\"2\""));
    assert_eq!(posted.json()["effective_date"], "2026-11-23");
    assert_eq!(posted.json()["lines"][0]["value"], "4.00");
    assert_eq!(yard.on_hand(&yard.main).await, "12");
}

#[actix_web::test]
async fn a_patch_changes_what_it_names_and_keeps_the_rest() {
    let yard = Yard::open().await;
    let body = and(&yard.movement("transfer", "2"), "to_warehouse_id", json!(yard.side));
    let id = yard.create(&and(&body, "post", json!(false))).await;
    let path = format!("stock-movements/{id}");
    let patch = async |change: Value| {
        let version = format!("\"{}\"", yard.show(&id).await["version"]);
        yard.shop.send(Method::PATCH, &path, &[("if-match", &version)], &change).await
    };

    let changed = patch(json!({"note": "later", "effective_date": "2026-11-20"})).await.json();
    assert_eq!((&changed["note"], &changed["version"]), (&json!("later"), &json!(2)));
    assert_eq!(changed["to_warehouse_id"], yard.side);
    assert_eq!(changed["lines"][0]["quantity"], "2");

    let swapped = json!({"warehouse_id": yard.side, "to_warehouse_id": yard.main});
    let swapped = patch(swapped).await.json();
    assert_eq!((&swapped["warehouse_id"], &swapped["note"]), (&json!(yard.side), &json!("later")));

    let line = json!({"product_id": yard.product, "quantity": "1"});
    let lines = patch(json!({"lines": [line, line], "note": null, "effective_date": null})).await;
    let shown = lines.json();
    assert_eq!(shown["lines"].as_array().unwrap().len(), 2);
    assert_eq!((&shown["note"], &shown["effective_date"]), (&Value::Null, &Value::Null));

    for (change, code, pointer) in [
        (json!({"kind": "issue"}), "validation.unknown_field", "/kind"),
        (json!({"warehouse_id": null}), "validation.required", "/warehouse_id"),
        (json!({"lines": null}), "validation.required", "/lines"),
        (json!({"to_warehouse_id": yard.side}), "movement.same_warehouse", "/to_warehouse_id"),
        (json!({"to_warehouse_id": null}), "movement.target_required", "/to_warehouse_id"),
        (
            json!({"lines": [{"product_id": yard.product, "quantity": "0"}]}),
            "validation.positive",
            "/lines/0/quantity",
        ),
        (json!({"origin_id": yard.receipt}), "movement.origin_unfit", "/origin_id"),
    ] {
        let answer = patch(change).await;
        crate::yard::assert_refusal(&answer, 422, code, pointer);
        assert_eq!(yard.show(&id).await, shown, "{code}");
    }
}

#[actix_web::test]
async fn a_draft_names_no_origin_that_does_not_exist() {
    let yard = Yard::open().await;
    let id = yard.draft("customer_return", "1").await;
    let unknown = json!({"origin_id": "mov_01kare0z0qf8b8rmyh0z0hdrt5"});

    let path = format!("stock-movements/{id}");
    let answer = yard.shop.send(Method::PATCH, &path, &[("if-match", "\"1\"")], &unknown).await;

    crate::yard::assert_refusal(&answer, 422, "validation.reference", "/origin_id");
}

#[actix_web::test]
async fn a_posting_that_is_sent_again_happens_once() {
    let yard = Yard::open().await;
    let id = yard.draft("receipt", "2").await;
    for (verb, on_hand) in [("post", "12"), ("reverse", "10")] {
        let path = format!("stock-movements/{id}/{verb}");
        let key = format!("{verb}-000000000000001");
        let send = async || {
            let header = [("idempotency-key", key.as_str())];
            yard.shop.send(Method::POST, &path, &header, &json!({})).await
        };

        let (first, again) = (send().await, send().await);

        assert_eq!((first.status.as_u16(), again.status.as_u16()), (200, 200));
        assert_eq!((&first.body, first.header("etag")), (&again.body, again.header("etag")));
        assert_eq!(again.header("idempotency-replayed"), Some("true"));
        assert_eq!(yard.on_hand(&yard.main).await, on_hand, "{verb}");
    }
}

#[actix_web::test]
async fn a_reversal_answers_the_movement_that_it_undid() {
    let yard = Yard::open().await;

    let answer = yard.act("reverse", &yard.receipt).await;

    let undone = answer.json();
    assert_eq!((&undone["id"], &undone["status"]), (&json!(yard.receipt), &json!("reversed")));
    let undoing = yard.show(undone["reversed_by_id"].as_str().unwrap()).await;
    assert_eq!((&undoing["kind"], &undoing["status"]), (&json!("receipt"), &json!("posted")));
    assert_eq!(undoing["reverses_id"], json!(yard.receipt));
    assert_eq!(undoing["effective_date"], "2026-11-01");
    assert_eq!(undoing["lines"][0]["value"], "-17.50");
    assert_eq!(yard.on_hand(&yard.main).await, "0");
}

#[actix_web::test]
async fn movements_are_listed_by_what_they_are() {
    let yard = Yard::open().await;
    let draft = yard.draft("issue", "1").await;
    let transfer = and(&yard.movement("transfer", "2"), "to_warehouse_id", json!(yard.side));
    let transfer = yard.create(&and(&transfer, "effective_date", json!("2026-11-10"))).await;
    let invoice = yard.shop.create("invoices", &and(&yard.invoice, "issue", json!(true))).await;
    let cancelled = yard.draft("issue", "1").await;
    yard.act("cancel", &cancelled).await;

    let ids = async |query: String| -> Vec<String> {
        let answer = yard.shop.get(&format!("stock-movements?{query}"), &[]).await;
        assert_eq!(answer.status, 200, "{query}");
        let id = |row: &Value| row["id"].as_str().unwrap().to_owned();
        answer.json()["data"].as_array().unwrap().iter().map(id).collect()
    };

    let all = ids(String::new()).await;
    assert_eq!(all.len(), 5);
    assert_eq!((&all[0], &all[4]), (&cancelled, &yard.receipt), "the newest first");
    assert_eq!(ids("status=draft&status=cancelled".to_owned()).await, [cancelled, draft]);
    assert_eq!(ids("kind=transfer".to_owned()).await, [&*transfer]);
    assert_eq!(ids(format!("warehouse_id={}", yard.side)).await, [&*transfer]);
    assert_eq!(ids(format!("product_id={}", yard.product)).await.len(), 5);
    let delivery = ids(format!("invoice_id={invoice}")).await;
    assert_eq!(yard.show(&delivery[0]).await["invoice_id"], json!(invoice));
    assert_eq!(ids("date_from=2026-11-02&date_to=2026-11-22".to_owned()).await, [transfer]);
    assert_eq!(ids("updated_since=2026-11-23T09:00:00.001Z".to_owned()).await.len(), 0);
    assert_eq!(ids("sort=created_at&limit=1".to_owned()).await, [&*yard.receipt]);
    let page = yard.shop.get("stock-movements?sort=updated_at&limit=2&with_total=true", &[]).await;
    assert_eq!(page.json()["page"]["total"], 5);
    assert!(page.header("link").is_some());
    let bad = yard.shop.get("stock-movements?status=lost&kind=theft&sort=note", &[]).await;
    let pointers: Vec<String> = bad.fields().into_iter().map(|field| field.0).collect();
    assert_eq!(pointers, ["?kind", "?sort", "?status"]);
}

#[actix_web::test]
async fn writing_and_posting_each_need_their_permission() {
    let yard = Yard::open().await;
    let sales = yard.shop.joined_by("sales").await;
    for post in [true, false] {
        let body = and(&yard.movement("receipt", "1"), "post", json!(post));
        let answer = sales.post("stock-movements", &body).await;
        assert_eq!(answer.problem(), (403, "authz.denied".to_owned()));
        let needed = if post { "stock.post" } else { "stock.draft" };
        assert_eq!(answer.json()["params"]["permission"], needed);
    }
}
