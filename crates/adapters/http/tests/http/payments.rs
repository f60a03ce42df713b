//! `/payments`: every state and every guard, and what is left behind.

use actix_web::http::Method;
use serde_json::{Value, json};

use crate::sale::Shop;
use crate::yard::and;

/// A shop with an issued invoice of 26.45.
async fn selling() -> (Shop, Value, String) {
    let shop = Shop::open().await;
    let invoice = shop.stock_since("2026-11-01").await;
    let mut issued = invoice.clone();
    (issued["issue"], issued["issue_date"]) = (json!(true), json!("2026-11-02"));
    let issued = shop.create("invoices", &issued).await;
    (shop, invoice, issued)
}

fn payment(invoice: &Value, amount: &str) -> Value {
    json!({"direction": "in", "customer_id": invoice["customer_id"], "amount": amount,
        "currency": "SAR", "method": "bank_transfer"})
}

fn allocation(invoice: &str, amount: &str) -> Value {
    json!({"invoice_id": invoice, "amount": amount})
}

async fn remove(shop: &Shop, payment: &str, allocation: &Value, version: u32) -> (u16, String) {
    let path = format!("payments/{payment}/allocations/{}", allocation.as_str().unwrap());
    let version = format!("\"{version}\"");
    let answer = shop.send(Method::DELETE, &path, &[("if-match", &version)], &json!({})).await;
    if answer.status == 204 {
        return (204, answer.header("etag").unwrap().to_owned());
    }
    answer.problem()
}

/// Half at once and half in thirty days, by the terms that the customer has.
#[actix_web::test]
async fn what_is_paid_goes_to_the_first_part_first() {
    let shop = Shop::open().await;
    let invoice = shop.stock().await;
    let half = |net_days: u16| json!({"percent": "50", "net_days": net_days});
    let buyer = json!({"name": {"en": "In Parts"}, "country": "SA", "currency": "SAR",
        "payment_terms": {"instalments": [half(0), half(30)]}});
    let customer = shop.create("customers", &buyer).await;
    let sale = and(&and(&invoice, "customer_id", json!(customer)), "issue", json!(true));
    let sale = shop.post("invoices", &sale).await.json();
    let id = sale["id"].as_str().unwrap();
    assert_eq!(
        (&sale["totals"]["payable"], &sale["due_date"]),
        (&json!("26.45"), &json!("2026-12-23"))
    );

    let paid = json!({"direction": "in", "customer_id": customer, "amount": "20.00",
        "currency": "SAR", "method": "cash", "allocations": [{"invoice_id": id, "amount": "20.00"}]});
    shop.create("payments", &paid).await;

    let parts = &shop.get(&format!("invoices/{id}"), &[]).await.json()["instalments"];
    let expected = json!([
        {"due_date": "2026-11-23", "amount": "13.23", "open": "0.00"},
        {"due_date": "2026-12-23", "amount": "13.22", "open": "6.45"},
    ]);
    assert_eq!(parts, &expected);
}

#[actix_web::test]
async fn a_payment_is_recorded_allocated_and_taken_back() {
    let (shop, invoice, issued) = selling().await;
    let mut new = payment(&invoice, "50.00");
    (new["reference"], new["note"]) = (json!("TRX-778"), json!("حوالة"));
    new["allocations"] = json!([allocation(&issued, "20.00")]);

    let recorded = shop.post("payments", &new).await;
    assert_eq!(recorded.status, 201, "{:#}", recorded.json());
    let body = recorded.json();
    for (pointer, value) in [
        ("/direction", json!("in")),
        ("/status", json!("posted")),
        ("/supplier_id", json!(null)),
        ("/rate", json!("1")),
        ("/base_currency", json!("SAR")),
        ("/base_amount", json!("50.00")),
        ("/base_gain", json!("0.00")),
        ("/unallocated", json!("30.00")),
        ("/reference", json!("TRX-778")),
        ("/payment_date", json!("2026-11-23")),
        ("/allocations/0/amount", json!("20.00")),
        ("/allocations/0/base_settled", json!("20.00")),
        ("/allocations/0/allocation_date", json!("2026-11-23")),
    ] {
        assert_eq!(body.pointer(pointer), Some(&value), "{pointer}");
    }
    let id = body["id"].as_str().unwrap();

    let allocations = format!("payments/{id}/allocations");
    let more = shop.post(&allocations, &allocation(&issued, "6.45")).await;
    assert_eq!(more.status, 201, "{:#}", more.json());
    let paid = shop.get(&format!("invoices/{issued}"), &[]).await.json();
    assert_eq!((&paid["payment_status"], &paid["open"]), (&json!("paid"), &json!("0.00")));
    assert_eq!(paid["base_open"], "0.00");
    let parts = more.json()["allocations"].clone();
    assert_eq!(parts.as_array().unwrap().len(), 2);

    let gone = remove(&shop, id, &parts[0]["id"], 2).await;
    assert_eq!(gone, (204, "\"3\"".to_owned()));
    let left = shop.get(&format!("payments/{id}"), &[]).await.json();
    assert_eq!(left["allocations"].as_array().unwrap().len(), 1);
    let open = shop.get(&format!("invoices/{issued}"), &[]).await.json();
    assert_eq!(open["payment_status"], "partially_paid");
}

#[actix_web::test]
async fn every_guard_of_allocating_refuses_and_leaves_nothing() {
    let (shop, invoice, issued) = selling().await;
    let draft = shop.create("invoices", &invoice).await;
    let credit = shop.create("payments", &payment(&invoice, "30.00")).await;
    let other = json!({"name": {"en": "Other"}, "country": "SA", "currency": "SAR",
        "payment_terms": {"net_days": 30}});
    let other = shop.create("customers", &other).await;
    let mut foreign = payment(&invoice, "30.00");
    (foreign["currency"], foreign["rate"]) = (json!("USD"), json!("3.75"));
    let foreign = shop.create("payments", &foreign).await;
    let mut refund = payment(&invoice, "30.00");
    refund["direction"] = json!("out");
    let refund = shop.create("payments", &refund).await;
    let mut stranger = payment(&invoice, "30.00");
    stranger["customer_id"] = json!(other);
    let stranger = shop.create("payments", &stranger).await;

    for (payment, body, status, code) in [
        (&credit, allocation(&issued, "26.46"), 409, "payment.exceeds_balance"),
        (&credit, allocation(&issued, "30.01"), 422, "payment.exceeds_amount"),
        (&credit, allocation(&issued, "0"), 422, "validation.positive"),
        (&credit, allocation(&draft, "1"), 409, "invoice.not_issued"),
        (&credit, allocation("inv_01kare0z0qf8b8rmyh0z0hdrt5", "1"), 422, "validation.reference"),
        (&credit, json!({"allocations": []}), 422, "validation.required"),
        (&credit, json!({}), 422, "validation.required"),
        (&foreign, allocation(&issued, "1"), 422, "payment.mismatch"),
        (&refund, allocation(&issued, "1"), 422, "payment.mismatch"),
        (&stranger, allocation(&issued, "1"), 422, "payment.mismatch"),
    ] {
        let path = format!("payments/{payment}/allocations");
        let refused = shop.post(&path, &body).await;
        assert_eq!(refused.problem(), (status, code.to_owned()), "{body}");
    }
    let open = shop.get(&format!("invoices/{issued}"), &[]).await.json();
    assert_eq!((&open["paid"], &open["version"]), (&json!("0.00"), &json!(2)));

    let path = format!("payments/{credit}/allocations");
    let both = json!({"allocations": [allocation(&issued, "20"), allocation(&issued, "6.45")]});
    assert_eq!(shop.post(&path, &both).await.status, 201);
    let settled = shop.post(&path, &allocation(&issued, "1")).await;
    assert_eq!(settled.problem(), (409, "invoice.already_settled".to_owned()));
    let absent = "payments/pay_01kare0z0qf8b8rmyh0z0hdrt5/allocations";
    let absent = shop.post(absent, &allocation(&issued, "1")).await;
    assert_eq!(absent.problem(), (404, "resource.not_found".to_owned()));
}

#[actix_web::test]
async fn a_payment_that_settles_something_is_voided_with_cascade_alone() {
    let (shop, invoice, issued) = selling().await;
    let mut new = payment(&invoice, "26.45");
    new["allocations"] = json!([allocation(&issued, "26.45")]);
    let recorded = shop.post("payments", &new).await.json();
    let id = recorded["id"].as_str().unwrap();
    let void = format!("payments/{id}/void");

    let refused = shop.post(&void, &json!({})).await;
    assert_eq!(refused.problem(), (409, "payment.has_allocations".to_owned()));
    let stale = [("if-match", "\"7\"")];
    let refused = shop.send(Method::POST, &void, &stale, &json!({"cascade": true})).await;
    assert_eq!(refused.problem(), (412, "precondition.failed".to_owned()));
    let voided = shop.post(&void, &json!({"cascade": true})).await;
    assert_eq!(voided.status, 200, "{:#}", voided.json());
    assert_eq!(voided.json()["status"], "void");
    assert_eq!(voided.json()["unallocated"], "0.00");
    let open = shop.get(&format!("invoices/{issued}"), &[]).await.json();
    assert_eq!((&open["payment_status"], &open["open"]), (&json!("unpaid"), &json!("26.45")));

    // A void payment refuses everything.
    let path = format!("payments/{id}/allocations");
    for body in [json!({"cascade": true}), json!({})] {
        let refused = shop.post(&void, &body).await;
        assert_eq!(refused.problem(), (409, "payment.void".to_owned()));
    }
    let refused = shop.post(&path, &allocation(&issued, "1")).await;
    assert_eq!(refused.problem(), (409, "payment.void".to_owned()));
    let refused = remove(&shop, id, &recorded["allocations"][0]["id"], 2).await;
    assert_eq!(refused, (409, "payment.void".to_owned()));
    let (payment, known) = (format!("payments/{id}"), [("if-match", "\"2\"")]);
    for change in [json!({"note": "x"}), json!({"amount": "1.00"})] {
        let refused = shop.send(Method::PATCH, &payment, &known, &change).await;
        assert_eq!(refused.problem(), (409, "payment.void".to_owned()), "{change}");
    }
    let refused = shop.send(Method::DELETE, &payment, &known, &json!({})).await;
    assert_eq!(refused.problem(), (409, "payment.immutable".to_owned()));
}

#[actix_web::test]
async fn only_the_notes_of_a_payment_change() {
    let (shop, invoice, _) = selling().await;
    let id = shop.create("payments", &payment(&invoice, "50.00")).await;
    let (path, known) = (format!("payments/{id}"), [("if-match", "\"1\"")]);

    for (field, value) in [
        ("amount", json!("1.00")),
        ("currency", json!("USD")),
        ("customer_id", json!(null)),
        ("supplier_id", json!("x")),
        ("payment_date", json!("2026-11-01")),
        ("rate", json!("2")),
        ("direction", json!("out")),
        ("method", json!("cash")),
    ] {
        let refused = shop.send(Method::PATCH, &path, &known, &json!({field: value})).await;
        assert_eq!(refused.problem(), (409, "payment.immutable".to_owned()), "{field}");
    }
    let blind = shop.send(Method::PATCH, &path, &[], &json!({"note": "x"})).await;
    assert_eq!(blind.problem(), (428, "precondition.required".to_owned()));
    let refused = shop.send(Method::DELETE, &path, &known, &json!({})).await;
    assert_eq!(refused.problem(), (409, "payment.immutable".to_owned()));

    let change = json!({"note": "from the bank", "reference": "A-1"});
    let changed = shop.send(Method::PATCH, &path, &known, &change).await;
    assert_eq!(changed.status, 200, "{:#}", changed.json());
    let known = [("if-match", "\"2\"")];
    let changed = shop.send(Method::PATCH, &path, &known, &json!({"note": null})).await;
    let body = changed.json();
    assert_eq!((&body["note"], &body["reference"]), (&json!(null), &json!("A-1")));
    let refused = remove(&shop, &id, &json!("alc_01kare0z0qf8b8rmyh0z0hdrt5"), 3).await;
    assert_eq!(refused, (404, "resource.not_found".to_owned()));
    let refused = remove(&shop, &id, &json!("inv_01kare0z0qf8b8rmyh0z0hdrt5"), 3).await;
    assert_eq!(refused, (400, "id.wrong_kind".to_owned()));
}

#[actix_web::test]
async fn a_closed_period_keeps_its_payments() {
    let (shop, invoice, issued) = selling().await;
    let mut early = payment(&invoice, "26.45");
    early["payment_date"] = json!("2026-11-10");
    early["allocations"] = json!([allocation(&issued, "10.00")]);
    let recorded = shop.post("payments", &early).await.json();
    let id = recorded["id"].as_str().unwrap();
    assert_eq!(shop.lock(json!("2026-11-10")).await.status, 200);

    let locked = (422, "payment.period_locked".to_owned());
    assert_eq!(shop.post("payments", &early).await.problem(), locked);
    let void = format!("payments/{id}/void");
    assert_eq!(shop.post(&void, &json!({"cascade": true})).await.problem(), locked);
    assert_eq!(remove(&shop, id, &recorded["allocations"][0]["id"], 1).await, locked);

    // What is left of it settles invoices today.
    let path = format!("payments/{id}/allocations");
    let later = shop.post(&path, &allocation(&issued, "16.45")).await.json();
    let days: Vec<&Value> = later["allocations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|part| &part["allocation_date"])
        .collect();
    assert_eq!(days, [&json!("2026-11-10"), &json!("2026-11-23")]);
    let late = &later["allocations"][1]["id"];
    assert_eq!(remove(&shop, id, late, 2).await, (204, "\"3\"".to_owned()));
    early["payment_date"] = json!("2026-11-11");
    assert_eq!(shop.post("payments", &early).await.status, 201);
}

#[actix_web::test]
async fn a_supplier_is_paid_and_a_party_is_one() {
    let (shop, invoice, _) = selling().await;
    let supplier = json!({"name": {"en": "Gulf Steel"}, "country": "SA", "currency": "SAR",
        "payment_terms": {"net_days": 30}});
    let supplier = shop.create("suppliers", &supplier).await;
    let mut new = json!({"supplier_id": supplier, "amount": "12.00", "currency": "SAR",
        "method": "cash"});
    let paid = shop.post("payments", &new).await;
    assert_eq!(paid.status, 201, "{:#}", paid.json());
    assert_eq!(paid.json()["direction"], "out");
    assert_eq!(paid.json()["customer_id"], json!(null));

    new["customer_id"] = invoice["customer_id"].clone();
    let refused = shop.post("payments", &new).await;
    assert_eq!(refused.problem(), (422, "validation.repeated".to_owned()));
    new["customer_id"] = json!(null);
    new["supplier_id"] = json!("sup_01kare0z0qf8b8rmyh0z0hdrt5");
    let refused = shop.post("payments", &new).await;
    assert_eq!(refused.problem(), (422, "validation.reference".to_owned()));
    new["supplier_id"] = json!(null);
    let refused = shop.post("payments", &new).await;
    assert_eq!(refused.problem(), (422, "validation.required".to_owned()));

    for (filter, expected) in [
        ("direction=out", 1),
        ("direction=in", 0),
        (&format!("supplier_id={supplier}"), 1),
        ("status=void&status=posted", 1),
        ("payment_date_from=2026-11-24", 0),
        ("q=steel", 0),
    ] {
        let list = shop.get(&format!("payments?with_total=true&{filter}"), &[]).await.json();
        assert_eq!(list["page"]["total"], expected, "{filter}");
    }
    let refused = shop.get("payments?direction=up", &[]).await;
    assert_eq!(refused.problem(), (422, "validation.choice".to_owned()));
}

#[actix_web::test]
async fn who_may_not_pay_changes_nothing() {
    let (shop, invoice, issued) = selling().await;
    let id = shop.create("payments", &payment(&invoice, "30.00")).await;
    for role in ["sales", "auditor"] {
        let other = shop.joined_by(role).await;
        let denied = (403, "authz.denied".to_owned());
        assert_eq!(other.post("payments", &payment(&invoice, "1")).await.problem(), denied);
        let path = format!("payments/{id}/allocations");
        assert_eq!(other.post(&path, &allocation(&issued, "1")).await.problem(), denied);
        let path = format!("payments/{id}/void");
        assert_eq!(other.post(&path, &json!({})).await.problem(), denied);
        let known = [("if-match", "\"1\"")];
        let path = format!("payments/{id}");
        let refused = other.send(Method::PATCH, &path, &known, &json!({"note": "x"})).await;
        assert_eq!(refused.problem(), denied);
        let gone = remove(&other, &id, &json!("alc_01kare0z0qf8b8rmyh0z0hdrt5"), 1).await;
        assert_eq!(gone, denied);
    }
    let list = shop.get("payments?with_total=true", &[]).await.json();
    assert_eq!((&list["page"]["total"], &list["data"][0]["version"]), (&json!(1), &json!(1)));
}
