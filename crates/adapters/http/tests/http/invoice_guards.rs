//! Every guard of issuing and of writing documents: code, place, and nothing left behind.

use actix_web::http::Method;
use serde_json::{Value, json};

use crate::desk::Desk;
use crate::yard::{and, line};

/// The same body, issued at once.
fn at_once(body: &Value) -> Value {
    and(body, "issue", json!(true))
}

#[actix_web::test]
async fn what_a_document_says_is_checked_where_it_says_it() {
    let desk = Desk::open().await;
    let (sale, purchase) = (&desk.sale, &desk.purchase);
    let exempt = json!([{"category": "E", "code": "VATEX-SA-29"}, {"category": "Q"}]);
    let iban = json!([{"code": "30", "iban": "SA0380000000608010167510"}]);
    for (body, code, at) in [
        (and(sale, "kind", json!("rent")), "validation.choice", "/kind"),
        (
            and(purchase, "customer_id", sale["customer_id"].clone()),
            "invoice.party_unfit",
            "/customer_id",
        ),
        (and(purchase, "supplier_id", Value::Null), "validation.required", "/supplier_id"),
        (
            and(sale, "supplier_reference", json!("F-1")),
            "invoice.reference_unexpected",
            "/supplier_reference",
        ),
        (
            and(sale, "supplier_id", purchase["supplier_id"].clone()),
            "invoice.party_unfit",
            "/supplier_id",
        ),
        (and(sale, "type_code", json!("381")), "validation.type_code", "/type_code"),
        (and(sale, "type_code", json!("invoice")), "validation.type_code", "/type_code"),
        (
            and(sale, "transaction", json!({"kind": "big"})),
            "validation.choice",
            "/transaction/kind",
        ),
        (
            and(sale, "transaction", json!({"flags": ["export", "gift"]})),
            "validation.choice",
            "/transaction/flags/1",
        ),
        (
            and(sale, "billing_period", json!({"from": "2026-11-30", "to": "2026-11-01"})),
            "validation.period",
            "/billing_period/to",
        ),
        (
            and(sale, "delivery", json!({"end_date": "2026-11-01"})),
            "validation.period",
            "/delivery/end_date",
        ),
        (
            and(sale, "delivery", json!({"address": {"city": {"en": "Riyadh"}}})),
            "validation.required",
            "/delivery/address/country",
        ),
        (
            and(sale, "payment_means", json!([{"code": "69"}])),
            "validation.payment_means",
            "/payment_means/0/code",
        ),
        (and(sale, "payment_means", iban), "validation.iban", "/payment_means/0/iban"),
        (
            and(sale, "payment_means", json!([{"code": "30", "bic": "RIYADH"}])),
            "validation.bic",
            "/payment_means/0/bic",
        ),
        (and(sale, "exemptions", exempt), "validation.choice", "/exemptions/1/category"),
        (and(sale, "tags", json!(["x", ""])), "validation.text_empty", "/tags/1"),
        (
            line(sale, "period", json!({"from": "2026-11-30"})),
            "validation.required",
            "/lines/0/period/to",
        ),
        (
            line(purchase, "unit_price", json!("2.01")),
            "validation.price_discount",
            "/lines/0/price_discount",
        ),
    ] {
        desk.refuses(&body, 422, code, at).await;
    }
}

#[actix_web::test]
async fn what_is_archived_takes_no_document() {
    let desk = Desk::open().await;
    let supplier = desk.purchase["supplier_id"].as_str().unwrap().to_owned();
    let archive = format!("suppliers/{supplier}/archive");
    let draft = desk.draft(&desk.purchase).await;
    let answer = desk.shop.post(&archive, &json!({})).await;
    assert_eq!(answer.problem(), (409, "resource.in_use".to_owned()));
    assert_eq!(desk.on_version(Method::DELETE, &draft, &json!({})).await.status, 204);
    let answer = desk.shop.post(&archive, &json!({})).await;
    assert_eq!(answer.status, 200, "{:#}", answer.json());

    desk.refuses(&desk.purchase, 409, "resource.archived", "/supplier_id").await;
}

#[actix_web::test]
async fn a_reverse_charge_names_both_tax_numbers() {
    let desk = Desk::open().await;
    let reverse = json!({"category": "AE", "rate": "0"});
    let body = at_once(&line(&desk.sale, "tax", reverse));
    desk.refuses(&body, 422, "invoice.exemption_reason_missing", "/exemptions").await;
    let reason = json!([{"category": "AE", "code": "VATEX-EU-AE"}]);
    let body = and(&body, "exemptions", reason);
    desk.refuses(&body, 422, "invoice.tax_id_required", "").await;
}

#[actix_web::test]
async fn a_tax_rate_holds_on_its_days_only() {
    let desk = Desk::open().await;
    let rate = json!({"code": "VAT16", "category": "S", "rate": "16", "name": {"en": "Next year"},
        "valid_from": "2027-01-01"});
    desk.shop.create("tax-rates", &rate).await;
    let body = at_once(&line(&desk.sale, "tax_rate", json!("VAT16")));
    desk.refuses(&body, 422, "invoice.tax_rate_not_effective", "/lines/0/tax_rate").await;
}

#[actix_web::test]
async fn dates_keep_their_order_and_their_period() {
    let desk = Desk::open().await;
    desk.issued(&desk.sale).await;
    let body = |name: &str, day: &str| at_once(&and(&desk.sale, name, json!(day)));

    let early = and(&body("issue_date", "2026-11-22"), "due_date", json!("2026-11-22"));
    desk.refuses(&early, 422, "invoice.date_out_of_order", "/issue_date").await;
    let due = body("due_date", "2026-11-22");
    desk.refuses(&due, 422, "invoice.due_before_issue", "/due_date").await;
    let ahead = body("issue_date", "2026-11-24");
    desk.refuses(&ahead, 422, "invoice.date_in_future", "/issue_date").await;
    let lines = at_once(&and(&desk.sale, "lines", json!([])));
    desk.refuses(&lines, 422, "invoice.empty", "/lines").await;
    let closed = desk.shop.lock(json!("2026-11-22")).await;
    assert_eq!(closed.status, 200, "{:#}", closed.json());
    let locked = body("issue_date", "2026-11-21");
    desk.refuses(&locked, 422, "invoice.period_locked", "/issue_date").await;
}

#[actix_web::test]
async fn a_document_of_a_closed_period_is_not_voided() {
    let desk = Desk::open().await;
    let dated = and(&desk.sale, "issue_date", json!("2026-11-20"));
    let id = desk.issued(&dated).await;
    let closed = desk.shop.lock(json!("2026-11-21")).await;
    assert_eq!(closed.status, 200, "{:#}", closed.json());
    desk.refuses_to((&id, "void", &json!({})), (422, "invoice.period_locked", "")).await;
}

#[actix_web::test]
async fn goods_that_are_gone_are_not_sold_nor_sent_back() {
    let desk = Desk::open().await;
    let more = at_once(&line(&desk.sale, "quantity", json!("11")));
    desk.refuses(&more, 409, "stock.insufficient", "/lines").await;

    let bought = desk.issued(&desk.purchase).await;
    let sold = line(&desk.sale, "quantity", json!("12"));
    desk.issued(&sold).await;
    desk.refuses_to((&bought, "void", &json!({})), (409, "stock.insufficient", "/lines")).await;
    let back = json!({"full": true, "restock": true, "issue": true});
    let answer = desk.act(&bought, "credit-notes", &back).await;
    assert_eq!(answer.problem(), (409, "stock.insufficient".to_owned()));
}

#[actix_web::test]
async fn a_credit_limit_is_overridden_by_who_may() {
    let desk = Desk::open().await;
    let buyer = json!({"name": {"en": "Small"}, "country": "SA", "currency": "SAR",
        "credit_limit": "20.00", "payment_terms": {"net_days": 30}});
    let customer = desk.shop.create("customers", &buyer).await;
    let body = and(&desk.sale, "customer_id", json!(customer));
    let id = desk.draft(&body).await;

    let limit = (409, "invoice.credit_limit_exceeded", "");
    desk.refuses_to((&id, "issue", &json!({})), limit).await;
    let over = json!({"override_credit_limit": true});
    let seller = desk.shop.joined_by("sales").await;
    let refused = seller.post(&format!("invoices/{id}/issue"), &over).await;
    assert_eq!(refused.problem(), (403, "authz.denied".to_owned()));
    assert_eq!(refused.json()["params"]["permission"], "invoices.override_credit_limit");
    assert_eq!(desk.act(&id, "issue", &over).await.status, 200);
}

#[actix_web::test]
async fn a_draft_changes_by_merge_patch_and_by_nothing_else() {
    let desk = Desk::open().await;
    let id = desk.draft(&desk.sale).await;
    let before = desk.show(&id).await;

    let details = json!({"references": {"buyer": "B-1", "order": {"id": "PO-1"}},
        "delivery": {"date": "2026-11-20"}, "type_code": "388"});
    let changed = desk.patch(&id, &details).await.json();
    assert_eq!((&changed["lines"], &changed["totals"]), (&before["lines"], &before["totals"]));
    assert_eq!(changed["references"]["order"], json!({"id": "PO-1", "date": null}));
    let deeper = json!({"references": {"order": null}, "type_code": null});
    let changed = desk.patch(&id, &deeper).await.json();
    assert_eq!(changed["references"]["buyer"], "B-1", "what is absent stays, below too");
    assert_eq!(
        (&changed["references"]["order"], &changed["type_code"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(changed["delivery"]["date"], "2026-11-20");
    let product = &desk.sale["lines"][0]["product_id"];
    let lines = json!({"lines": [{"product_id": product, "quantity": "1"}]});
    let changed = desk.patch(&id, &lines).await.json();
    assert_eq!(changed["totals"]["payable"], "6.61");
    for (body, code, at) in [
        (json!({"id": id}), "validation.unknown_field", "/id"),
        (json!({"issue": true}), "validation.unknown_field", "/issue"),
        (json!({"currency": null}), "validation.required", "/currency"),
        (json!({"currency": "USD"}), "validation.required", "/lines"),
        (json!({"customer_id": null}), "validation.required", "/customer_id"),
        (json!({"status": "issued"}), "validation.unknown_field", "/status"),
    ] {
        let before = desk.show(&id).await;
        let answer = desk.patch(&id, &body).await;
        crate::yard::assert_refusal(&answer, 422, code, at);
        assert_eq!(desk.show(&id).await, before);
    }
    let list = desk
        .shop
        .send(Method::PATCH, &format!("invoices/{id}"), &[("if-match", "\"4\"")], &json!([]))
        .await;
    assert!(list.status.is_client_error());
}
