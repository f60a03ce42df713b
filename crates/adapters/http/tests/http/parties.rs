//! Customers, suppliers, the organisation and tax rates over HTTP: what they say, and what is
//! refused.

use actix_web::http::Method;
use serde_json::{Value, json};

use crate::sale::Shop;
use crate::support::Answer;
use crate::yard::{and, assert_refusal};

async fn patch(shop: &Shop, path: &str, change: &Value) -> Answer {
    let version = shop.get(path, &[]).await.json()["version"].to_string();
    let version = format!("\"{version}\"");
    shop.send(Method::PATCH, path, &[("if-match", &version)], change).await
}

fn party() -> Value {
    json!({"name": {"en": "Najd Trading", "ar": "نجد للتجارة"}, "email": "Buyer@Example.com",
        "tax_id": "310122393500003", "country": "SA", "currency": "SAR",
        "credit_limit": "1000.00",
        "payment_terms": {"instalments": [
            {"percent": "50", "net_days": 0}, {"percent": "50", "net_days": 30}]},
        "legal_name": "شركة نجد", "trade_name": {"en": "Najd"},
        "identifiers": [{"scheme": "MOM", "value": "44"}, {"scheme": "CRN", "value": "1010010000"}],
        "electronic_address": {"scheme": "0088", "value": "7300010000001"},
        "billing_address": {"line_1": {"ar": "طريق الملك فهد"}, "building_number": "1234",
            "city": "Riyadh", "postal_code": "12345"},
        "delivery_address": {"country": "AE", "subdivision": "DXB"},
        "contact": {"name": "Sara", "phone": "+966 11 123 4567"}})
}

#[actix_web::test]
async fn a_party_says_everything_about_itself_and_changes_part_of_it() {
    let shop = Shop::open().await;
    for path in ["customers", "suppliers"] {
        let id = shop.create(path, &party()).await;
        let path = format!("{path}/{id}");

        let shown = shop.get(&path, &[]).await.json();

        for (pointer, expected) in [
            ("/email", json!("buyer@example.com")),
            ("/legal_name", json!({"ar": "شركة نجد", "en": null})),
            ("/identifiers/0", json!({"scheme": "CRN", "value": "1010010000"})),
            ("/electronic_address/scheme", json!("0088")),
            ("/billing_address/city", json!({"ar": null, "en": "Riyadh"})),
            ("/billing_address/country", json!("SA")),
            ("/delivery_address/country", json!("AE")),
            ("/contact/email", Value::Null),
            ("/payment_terms/net_days", json!(30)),
            ("/payment_terms/instalments/1/percent", json!("50")),
            ("/archived_at", Value::Null),
        ] {
            assert_eq!(shown.pointer(pointer), Some(&expected), "{path} {pointer}");
        }

        let change = json!({"billing_address": {"city": {"ar": "الرياض"}, "postal_code": null},
            "delivery_address": null, "legal_name": null, "identifiers": [],
            "contact": {"phone": null, "email": "sara@example.com"},
            "payment_terms": {"net_days": 15}});
        let changed = patch(&shop, &path, &change).await;

        assert_eq!(changed.status, 200, "{:#}", changed.json());
        let after = changed.json();
        for (pointer, expected) in [
            ("/billing_address/city", json!({"ar": "الرياض", "en": "Riyadh"})),
            ("/billing_address/postal_code", Value::Null),
            ("/billing_address/building_number", json!("1234")),
            ("/delivery_address", Value::Null),
            ("/legal_name", Value::Null),
            ("/trade_name", json!({"ar": null, "en": "Najd"})),
            ("/identifiers", json!([])),
            ("/contact", json!({"name": "Sara", "phone": null, "email": "sara@example.com"})),
            ("/payment_terms", json!({"net_days": 15})),
            ("/credit_limit", json!("1000.00")),
        ] {
            assert_eq!(after.pointer(pointer), Some(&expected), "{path} {pointer}");
        }
        assert_eq!(shop.get(&path, &[]).await.json(), after);
    }
}

#[actix_web::test]
async fn every_rule_of_a_party_has_its_code_and_place() {
    let shop = Shop::open().await;
    let parts = |list: Value| json!({"instalments": list});
    let (half, rest) = (
        json!({"percent": "50", "net_days": 5}),
        json!({"percent": "49.9",
        "net_days": 9}),
    );
    let late = json!({"percent": "50", "net_days": 5});
    let identifiers = |scheme: &str, value: &str| json!([{"scheme": scheme, "value": value}]);
    for (field, value, code, at) in [
        ("tax_id", json!("210122393500003"), "validation.tax_id", "/tax_id"),
        ("identifiers", identifiers("XYZ", "1"), "validation.scheme", "/identifiers/0/scheme"),
        ("identifiers", identifiers("CRN", "1 2"), "validation.identifier", "/identifiers/0/value"),
        (
            "identifiers",
            json!([{"scheme": "CRN", "value": "1"}, {"scheme": "CRN", "value": "2"}]),
            "validation.repeated",
            "/identifiers/1/scheme",
        ),
        ("contact", json!({"phone": "call me"}), "validation.phone", "/contact/phone"),
        ("contact", json!({"fax": "1"}), "validation.unknown_field", "/contact/fax"),
        (
            "billing_address",
            json!({"city": {"fr": "x"}}),
            "validation.unknown_field",
            "/billing_address/city/fr",
        ),
        (
            "billing_address",
            json!({"line_1": "a\u{202E}b"}),
            "validation.control_character",
            "/billing_address/line_1",
        ),
        (
            "billing_address",
            json!({"country": "SAU"}),
            "validation.country",
            "/billing_address/country",
        ),
        ("legal_name", json!(5), "validation.type", "/legal_name"),
        (
            "payment_terms",
            parts(json!([half, rest])),
            "validation.instalments",
            "/payment_terms/instalments",
        ),
        (
            "payment_terms",
            parts(json!([half, late])),
            "validation.instalments",
            "/payment_terms/instalments/1/net_days",
        ),
        (
            "payment_terms",
            parts(json!([{"percent": "0", "net_days": 5}])),
            "validation.positive",
            "/payment_terms/instalments/0/percent",
        ),
    ] {
        for path in ["customers", "suppliers"] {
            let answer = shop.post(path, &and(&party(), field, value.clone())).await;
            assert_refusal(&answer, 422, code, at);
        }
    }
    let german = json!({"country": "DE", "tax_id": "136 695 976"});
    let mut body = party();
    body["country"] = german["country"].clone();
    body["tax_id"] = german["tax_id"].clone();
    let id = shop.create("customers", &body).await;
    let path = format!("customers/{id}");
    assert_eq!(shop.get(&path, &[]).await.json()["tax_id"], "DE136695976");
    let moved = patch(&shop, &path, &json!({"country": "SA"})).await;
    assert_refusal(&moved, 422, "validation.tax_id", "/tax_id");
    let moved = patch(&shop, &path, &json!({"country": "SA", "tax_id": null})).await;
    assert_eq!(moved.status, 200, "{:#}", moved.json());
    let twin = shop.post("customers", &party()).await;
    assert_refusal(&twin, 409, "resource.duplicate", "");
    assert_eq!(twin.json()["params"]["field"], "customer.email");
}

#[actix_web::test]
async fn a_customer_with_business_is_not_archived_and_an_archived_one_has_none() {
    let shop = Shop::open().await;
    let invoice = shop.stock().await;
    shop.create("invoices", &invoice).await;
    let customer = invoice["customer_id"].as_str().unwrap();
    let busy = shop.post(&format!("customers/{customer}/archive"), &json!({})).await;
    assert_refusal(&busy, 409, "resource.in_use", "");
    let path = format!("customers/{customer}");
    let currency = patch(&shop, &path, &json!({"currency": "USD"})).await;
    assert_refusal(&currency, 409, "resource.in_use", "/currency");

    let idle = shop.create("customers", &and(&party(), "email", json!("idle@example.com"))).await;
    let archived = shop.post(&format!("customers/{idle}/archive"), &json!({})).await;
    assert_eq!(archived.status, 200, "{:#}", archived.json());
    let refused = shop.post("invoices", &and(&invoice, "customer_id", json!(idle))).await;
    assert_refusal(&refused, 409, "resource.archived", "/customer_id");
    for (query, expected) in
        [("", 1), ("?status=archived", 1), ("?archived=any", 2), ("?status=active&q=najd", 0)]
    {
        let list = shop.get(&format!("customers{query}"), &[]).await.json();
        assert_eq!(list["data"].as_array().unwrap().len(), expected, "{query}");
    }
    let restored = shop.post(&format!("customers/{idle}/restore"), &json!({})).await;
    assert_eq!(restored.json()["archived_at"], Value::Null);
}

#[actix_web::test]
async fn a_tax_rate_says_when_and_why_and_leaves_with_grace() {
    let shop = Shop::open().await;
    let rate = json!({"code": "EXPORT", "category": "G", "name": {"en": "Export"},
        "valid_from": "2026-01-01", "exemption": {"code": "VATEX-EU-G"}});
    for (body, code, at) in [
        (and(&rate, "exemption", Value::Null), "tax.exemption_required", "/exemption"),
        (and(&rate, "exemption", json!({})), "tax.exemption_required", "/exemption"),
        (and(&rate, "valid_to", json!("2025-12-31")), "tax.validity_order", "/valid_to"),
        (
            json!({"code": "VAT5", "category": "S", "rate": "5", "name": {"en": "VAT"},
                "exemption": {"text": {"en": "none"}}}),
            "tax.exemption_forbidden",
            "/exemption",
        ),
    ] {
        assert_refusal(&shop.post("tax-rates", &body).await, 422, code, at);
    }
    let id = shop.create("tax-rates", &rate).await;
    let path = format!("tax-rates/{id}");
    let change = json!({"name": {"ar": "تصدير"}, "valid_to": "2026-12-31",
        "exemption": {"text": {"en": "Export", "ar": "تصدير"}}});
    let changed = patch(&shop, &path, &change).await.json();
    assert_eq!(changed["name"], json!({"ar": "تصدير", "en": "Export"}));
    assert_eq!(changed["exemption"]["code"], "VATEX-EU-G");
    assert_eq!(
        (&changed["valid_from"], &changed["valid_to"]),
        (&json!("2026-01-01"), &json!("2026-12-31"))
    );
    let fixed = patch(&shop, &path, &json!({"rate": "5"})).await;
    assert_refusal(&fixed, 422, "validation.unknown_field", "/rate");
    let emptied = patch(&shop, &path, &json!({"exemption": null})).await;
    assert_refusal(&emptied, 422, "tax.exemption_required", "/exemption");
    for (query, expected) in [
        ("?effective_on=2026-06-01", 1),
        ("?effective_on=2027-01-01", 0),
        ("?category=S", 0),
        ("?category=G&category=S", 1),
    ] {
        let list = shop.get(&format!("tax-rates{query}"), &[]).await.json();
        assert_eq!(list["data"].as_array().unwrap().len(), expected, "{query}");
    }

    let archived = shop.post(&format!("{path}/archive"), &json!({})).await;
    assert_eq!(archived.status, 200, "{:#}", archived.json());
    assert_eq!(shop.get("tax-rates", &[]).await.json()["data"], json!([]));
    let product = and(&crate::sale::bolt(), "tax_rate", json!("EXPORT"));
    let refused = shop.post("products", &product).await;
    assert_refusal(&refused, 409, "resource.archived", "/tax_rate");
    let restored = shop.post(&format!("{path}/restore"), &json!({})).await;
    assert_eq!(restored.json()["archived_at"], Value::Null);
}

#[actix_web::test]
async fn the_organisation_says_who_it_is_and_rounds_to_its_coin() {
    let shop = Shop::open().await;
    let change = json!({"tax_id": "310122393500003", "legal_name": "شركة نجد",
        "address": {"city": {"en": "Riyadh"}, "building_number": "1234"},
        "identifiers": [{"scheme": "CRN", "value": "1010010000"}],
        "cash_rounding": "0.05", "tax_currency": "SAR"});

    let changed = patch(&shop, "organization", &change).await;

    assert_eq!(changed.status, 200, "{:#}", changed.json());
    let shown = changed.json();
    for (pointer, expected) in [
        ("/tax_id", json!("310122393500003")),
        ("/address/city/en", json!("Riyadh")),
        ("/address/country", json!("SA")),
        ("/identifiers/0/scheme", json!("CRN")),
        ("/cash_rounding", json!("0.05")),
        ("/tax_currency", json!("SAR")),
    ] {
        assert_eq!(shown.pointer(pointer), Some(&expected), "{pointer}");
    }
    for (change, code, at) in [
        (json!({"tax_id": "123"}), "validation.tax_id", "/tax_id"),
        (json!({"cash_rounding": "0"}), "validation.range", "/cash_rounding"),
        (json!({"cash_rounding": "1.05"}), "validation.range", "/cash_rounding"),
        (json!({"cash_rounding": "0.005"}), "validation.scale", "/cash_rounding"),
        (json!({"address": {"city": {"fr": "x"}}}), "validation.unknown_field", "/address/city/fr"),
    ] {
        assert_refusal(&patch(&shop, "organization", &change).await, 422, code, at);
    }
    let mut invoice = shop.stock().await;
    let total = async |body: &Value| {
        shop.post("invoices/calculate", body).await.json()["totals"]["payable"].clone()
    };
    invoice["lines"][0]["quantity"] = json!("1");
    let calculated = json!({"currency": "SAR", "lines": invoice["lines"]});
    assert_eq!(total(&calculated).await, "6.60");
    let drafted = shop.post("invoices", &invoice).await.json();
    assert_eq!(drafted["totals"]["rounding"], "-0.01");
}
