//! Invoices and payments in another currency than that of the books.

use actix_web::http::Method;
use serde_json::{Value, json};

use crate::sale::Shop;

/// A shop with a customer who is invoiced in USD, and the body of an invoice of 200 USD.
async fn exporting(credit_limit: Value) -> (Shop, Value) {
    let shop = Shop::open().await;
    let buyer = json!({"name": {"en": "Export"}, "country": "AE", "currency": "USD",
        "credit_limit": credit_limit, "payment_terms": {"net_days": 30}});
    let customer = shop.create("customers", &buyer).await;
    let body = json!({"kind": "sale", "customer_id": customer, "currency": "USD", "issue": true,
        "lines": [{"description": {"en": "Advice"}, "quantity": "1", "unit_price": "200",
            "tax": {"category": "Z", "rate": "0"}}]});
    (shop, body)
}

async fn set_rate(shop: &Shop, day: &str, rate: &str) {
    let path = format!("exchange-rates/USD/{day}");
    let set = shop.send(Method::PUT, &path, &[], &json!({"rate": rate})).await;
    assert_eq!(set.status, 201);
}

#[actix_web::test]
async fn an_invoice_in_another_currency_freezes_its_rate() {
    let (shop, body) = exporting(json!(null)).await;
    let refused = shop.post("invoices", &body).await;
    assert_eq!(refused.problem(), (422, "exchange.rate_missing".to_owned()));
    let list = shop.get("invoices?with_total=true", &[]).await.json();
    assert_eq!(list["page"]["total"], 0, "nothing is left behind");
    set_rate(&shop, "2026-11-24", "9").await;
    let refused = shop.post("invoices", &body).await;
    assert_eq!(refused.problem(), (422, "exchange.rate_missing".to_owned()), "it is of tomorrow");

    set_rate(&shop, "2026-11-20", "8").await;
    let issued = shop.post("invoices", &body).await;
    assert_eq!(issued.status, 201, "{:#}", issued.json());
    let expected = [
        ("exchange_rate", "8"),
        ("base_currency", "SAR"),
        ("base_tax_exclusive", "1600.00"),
        ("base_tax", "0.00"),
        ("base_tax_inclusive", "1600.00"),
        ("base_payable", "1600.00"),
        ("base_open", "1600.00"),
    ];
    let body = issued.json();
    for (field, value) in expected {
        assert_eq!(body[field], value, "{field}");
    }
    let path = "exchange-rates/USD/2026-11-20";
    let known = [("if-match", "\"1\"")];
    let changed = shop.send(Method::PUT, path, &known, &json!({"rate": "5"})).await;
    assert_eq!(changed.status, 200);
    let path = format!("invoices/{}", body["id"].as_str().unwrap());
    assert_eq!(shop.get(&path, &[]).await.json()["base_payable"], "1600.00", "it is frozen");
}

/// Row P-04 of the rules: a loss is no payment.
#[actix_web::test]
async fn a_loss_by_exchange_leaves_open_what_was_not_paid() {
    let (shop, body) = exporting(json!(null)).await;
    set_rate(&shop, "2026-11-20", "8").await;
    let invoice = shop.create("invoices", &body).await;
    let mut payment = json!({"customer_id": body["customer_id"], "amount": "100.00",
        "currency": "USD", "rate": "6", "method": "bank_transfer",
        "allocations": [{"invoice_id": invoice, "amount": "100.00"}]});

    let paid = shop.post("payments", &payment).await;
    assert_eq!(paid.status, 201, "{:#}", paid.json());
    let paid = paid.json();
    for (pointer, value) in [
        ("/rate", "6"),
        ("/base_amount", "600.00"),
        ("/base_gain", "-200.00"),
        ("/allocations/0/base_amount", "600.00"),
        ("/allocations/0/base_settled", "800.00"),
        ("/allocations/0/base_gain", "-200.00"),
    ] {
        assert_eq!(paid.pointer(pointer), Some(&json!(value)), "{pointer}");
    }
    let open = shop.get(&format!("invoices/{invoice}"), &[]).await.json();
    assert_eq!((&open["open"], &open["base_open"]), (&json!("100.00"), &json!("800.00")));

    payment["rate"] = json!(null);
    let rest = shop.post("payments", &payment).await.json();
    assert_eq!((&rest["rate"], &rest["base_gain"]), (&json!("8"), &json!("0.00")));
    payment["currency"] = json!("SAR");
    payment["rate"] = json!("2");
    let refused = shop.post("payments", &payment).await;
    assert_eq!(refused.problem(), (422, "exchange.base_currency".to_owned()));
    payment["currency"] = json!("EUR");
    payment["rate"] = json!(null);
    payment["allocations"] = json!([]);
    let refused = shop.post("payments", &payment).await;
    assert_eq!(refused.problem(), (422, "exchange.rate_missing".to_owned()));
}

#[actix_web::test]
async fn a_credit_limit_is_in_the_customers_currency() {
    let (shop, body) = exporting(json!("250.00")).await;
    set_rate(&shop, "2026-11-20", "8").await;
    shop.create("invoices", &body).await;
    let refused = shop.post("invoices", &body).await;
    assert_eq!(refused.problem(), (422, "invoice.credit_limit_exceeded".to_owned()));
    assert_eq!(refused.json()["params"]["balance"], "400.00 USD");
}
