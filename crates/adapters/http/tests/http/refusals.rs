//! Bad input on the real routes: each has its code, and leaves nothing behind.

use actix_web::http::Method;
use serde_json::{Value, json};

use crate::sale::{Shop, bolt};
use crate::support::{request, send};

/// A base body with one member changed.
pub(crate) fn with(base: &Value, pointer: &str, value: Value) -> Value {
    let mut body = base.clone();
    *body.pointer_mut(pointer).unwrap() = value;
    body
}

/// A base body with one member more.
pub(crate) fn and(base: &Value, name: &str, value: Value) -> Value {
    let mut body = base.clone();
    body[name] = value;
    body
}

pub(crate) async fn assert_refused(
    shop: &Shop,
    path: &str,
    body: &Value,
    status: u16,
    code: &str,
    at: &str,
) {
    let answer = shop.post(path, body).await;
    assert_eq!(answer.problem(), (status, code.to_owned()), "{path} {body}\n{:#}", answer.json());
    if !at.is_empty() {
        let pointers: Vec<String> = answer.fields().into_iter().map(|field| field.0).collect();
        assert_eq!(pointers, [at], "{path} {body}");
    }
}

#[actix_web::test]
async fn a_product_is_refused_by_its_field() {
    let shop = Shop::open().await;
    shop.stock().await;
    let good = with(&with(&bolt(), "/sku", json!("NUT")), "/barcodes", json!([]));
    for (pointer, value, status, code) in [
        ("/sku", json!("a b"), 422, "validation.code"),
        ("/sku", json!(7), 422, "validation.type"),
        ("/name", json!({}), 422, "validation.text_empty"),
        ("/name", json!({"en": "a\u{202e}b"}), 422, "validation.control_character"),
        ("/kind", json!("bundle"), 422, "validation.choice"),
        ("/unit_price", json!(5.75), 422, "validation.number"),
        ("/unit_price", json!("1e3"), 422, "validation.number"),
        ("/unit_price", json!("٣"), 422, "validation.number"),
        ("/unit_price", json!("1.0000001"), 422, "validation.scale"),
        ("/unit_price", json!("9".repeat(40)), 422, "validation.range"),
        ("/unit_price", json!("-1"), 422, "validation.not_negative"),
        ("/currency", json!("sar"), 422, "validation.currency"),
        ("/tax_rate", json!("NONE"), 422, "validation.reference"),
        ("/category_id", json!("cat_01kare0z0qf8b8rmyh0z0hdrt5"), 422, "validation.reference"),
        ("/costing", json!("lifo"), 422, "validation.choice"),
        ("/unit", json!("NONE"), 422, "validation.reference"),
        ("/supplier_id", json!("sup_01kare0z0qf8b8rmyh0z0hdrt5"), 422, "validation.reference"),
        ("/supplier_id", json!("cus_01kare0z0qf8b8rmyh0z0hdrt5"), 400, "id.wrong_kind"),
    ] {
        assert_refused(
            &shop,
            "products",
            &with(&good, pointer, value),
            status,
            code,
            pointer_of(pointer, code),
        )
        .await;
    }
    let barcodes = with(&good, "/barcodes", json!(["6281000000014", "1"]));
    assert_refused(&shop, "products", &barcodes, 422, "validation.barcode", "/barcodes/1").await;
    let taken = with(&good, "/barcodes", json!(["6281000000014"]));
    assert_refused(&shop, "products", &taken, 409, "resource.duplicate", "").await;
    assert_refused(
        &shop,
        "products",
        &with(&good, "/sku", json!("BOLT-M8")),
        409,
        "resource.duplicate",
        "",
    )
    .await;
    let unknown = and(&good, "role", json!("admin"));
    assert_refused(&shop, "products", &unknown, 422, "validation.unknown_field", "/role").await;
    let wrong = and(&good, "id", json!("inv_01kare0z0qf8b8rmyh0z0hdrt5"));
    assert_refused(&shop, "products", &wrong, 400, "id.wrong_kind", "/id").await;
    let listed = shop.get("products?with_total=true", &[]).await.json();
    assert_eq!(listed["page"]["total"], 1, "nothing was half written");
}

/// A text in one language is wrong where that language stands.
fn pointer_of(pointer: &'static str, code: &str) -> &'static str {
    if code == "validation.control_character" { "/name/en" } else { pointer }
}

#[actix_web::test]
async fn a_movement_is_refused_by_its_field() {
    let shop = Shop::open().await;
    let invoice = shop.stock().await;
    let (product, warehouse) = (&invoice["lines"][0]["product_id"], &invoice["warehouse_id"]);
    let good = json!({"kind": "receipt", "warehouse_id": warehouse, "post": true,
        "effective_date": "2026-11-23",
        "lines": [{"product_id": product, "quantity": "1", "unit": "EA", "unit_cost": "1"}]});
    let other = "prd_01kare0z0qf8b8rmyh0z0hdrt5";
    for (pointer, value, status, code) in [
        ("/kind", json!("theft"), 422, "validation.choice"),
        ("/warehouse_id", json!("whs_01kare0z0qf8b8rmyh0z0hdrt5"), 422, "validation.reference"),
        ("/warehouse_id", json!("whs_"), 400, "id.malformed"),
        ("/kind", json!("revaluation"), 422, "validation.choice"),
        ("/post", json!("no"), 422, "validation.type"),
        ("/effective_date", json!("2026-11-24"), 422, "movement.date_in_future"),
        ("/effective_date", json!("23/11/2026"), 422, "validation.date"),
        ("/lines/0/product_id", json!(other), 422, "validation.reference"),
        ("/lines/0/quantity", json!("0"), 422, "validation.positive"),
        ("/lines/0/quantity", json!("-1"), 422, "validation.positive"),
        ("/lines/0/quantity", json!("9".repeat(14)), 422, "validation.range"),
        ("/lines/0/unit", json!("BOX"), 422, "unit.mismatch"),
        ("/lines/0/unit_cost", Value::Null, 422, "stock.cost_required"),
        ("/lines", json!([]), 422, "movement.empty"),
    ] {
        assert_refused(
            &shop,
            "stock-movements",
            &with(&good, pointer, value),
            status,
            code,
            pointer,
        )
        .await;
    }
    let issue = with(&with(&good, "/kind", json!("issue")), "/lines/0/quantity", json!("11"));
    let issue = with(&issue, "/lines/0/unit_cost", Value::Null);
    assert_refused(&shop, "stock-movements", &issue, 409, "stock.insufficient", "/lines").await;
    let levels = shop.get("stock-levels", &[]).await.json();
    assert_eq!(levels["data"][0]["on_hand"], "10", "nothing moved");
}

#[actix_web::test]
async fn an_invoice_is_refused_by_its_field() {
    let shop = Shop::open().await;
    let good = and(&shop.stock().await, "allowances", json!([]));
    let line = |name: &str, value: Value| {
        let mut body = good.clone();
        body["lines"][0][name] = value;
        body
    };
    for (body, status, code, at) in [
        (with(&good, "/kind", json!("barter")), 422, "validation.choice", "/kind"),
        (with(&good, "/customer_id", Value::Null), 422, "validation.required", "/customer_id"),
        (with(&good, "/currency", json!("USD")), 422, "validation.currency_mismatch", "/currency"),
        (line("quantity", json!("0")), 422, "validation.positive", "/lines/0/quantity"),
        (line("quantity", json!(4)), 422, "validation.number", "/lines/0/quantity"),
        (line("unit_price", json!("-1")), 422, "validation.not_negative", "/lines/0/unit_price"),
        (line("base_quantity", json!("0")), 422, "validation.positive", "/lines/0/base_quantity"),
        (line("tax_rate", json!("NONE")), 422, "validation.reference", "/lines/0/tax_rate"),
        (line("tax", json!({"category": "S"})), 422, "validation.tax", "/lines/0/tax/rate"),
        (
            line("tax", json!({"category": "E", "rate": "5"})),
            422,
            "validation.tax",
            "/lines/0/tax/rate",
        ),
        (
            line("allowances", json!([{"percent": "101"}])),
            422,
            "validation.range",
            "/lines/0/allowances/0",
        ),
        (line("allowances", json!([{}])), 422, "validation.adjustment", "/lines/0/allowances/0"),
        (
            line("allowances", json!([{"amount": "0.001"}])),
            422,
            "validation.scale",
            "/lines/0/allowances/0/amount",
        ),
        (line("allowances", json!([{"amount": "99"}])), 422, "invoice.negative_line", "/lines/0"),
        (and(&good, "prepaid", json!("99")), 422, "invoice.negative_total", ""),
        (line("colour", json!("red")), 422, "validation.unknown_field", "/lines/0/colour"),
    ] {
        assert_refused(&shop, "invoices", &body, status, code, at).await;
    }
    let mut late = and(&good, "issue", json!(true));
    late["due_date"] = json!("2026-11-22");
    assert_refused(&shop, "invoices", &late, 422, "invoice.due_before_issue", "/due_date").await;
    let empty = with(&and(&good, "issue", json!(true)), "/lines", json!([]));
    assert_refused(&shop, "invoices", &empty, 422, "invoice.empty", "/lines").await;
    let listed = shop.get("invoices?with_total=true", &[]).await.json();
    assert_eq!(listed["page"]["total"], 0, "nothing was half written");
}

#[actix_web::test]
async fn a_payment_is_refused_by_its_field() {
    let shop = Shop::open().await;
    let invoice = shop.stock().await;
    let draft = shop.create("invoices", &invoice).await;
    let issued = shop.create("invoices", &and(&invoice, "issue", json!(true))).await;
    let good = json!({"direction": "in", "customer_id": invoice["customer_id"], "amount": "30.00",
        "currency": "SAR", "method": "cash", "payment_date": "2026-11-23",
        "allocations": [{"invoice_id": issued, "amount": "10.00"}]});
    for (pointer, value, status, code, at) in [
        ("/direction", json!("up"), 422, "validation.choice", "/direction"),
        ("/direction", json!("out"), 422, "payment.mismatch", "/allocations/0/invoice_id"),
        ("/amount", json!("0"), 422, "validation.positive", "/amount"),
        ("/amount", json!("9.99"), 422, "payment.exceeds_amount", ""),
        ("/method", json!("gold"), 422, "validation.choice", "/method"),
        ("/payment_date", json!("2026-11-24"), 422, "payment.date_in_future", "/payment_date"),
        ("/currency", json!("USD"), 422, "payment.mismatch", "/allocations/0/invoice_id"),
        (
            "/allocations/0/amount",
            json!("26.46"),
            409,
            "payment.exceeds_balance",
            "/allocations/0/amount",
        ),
        ("/allocations/0/amount", json!("-1"), 422, "validation.positive", "/allocations/0/amount"),
        (
            "/allocations/0/invoice_id",
            json!(draft),
            409,
            "invoice.not_issued",
            "/allocations/0/invoice_id",
        ),
        (
            "/allocations/0/invoice_id",
            json!("inv_01kare0z0qf8b8rmyh0z0hdrt5"),
            422,
            "validation.reference",
            "/allocations/0/invoice_id",
        ),
    ] {
        assert_refused(&shop, "payments", &with(&good, pointer, value), status, code, at).await;
    }
    assert_eq!(shop.post("payments", &good).await.status, 201);
}

#[actix_web::test]
async fn what_does_not_exist_is_not_found_and_what_is_no_id_is_malformed() {
    let shop = Shop::open().await;
    for (path, prefix) in [
        ("products", "prd"),
        ("warehouses", "whs"),
        ("tax-rates", "tax"),
        ("units", "unt"),
        ("categories", "cat"),
        ("suppliers", "sup"),
        ("customers", "cus"),
        ("invoices", "inv"),
        ("payments", "pay"),
        ("stock-movements", "mov"),
        ("users", "usr"),
    ] {
        let id = "01kare0z0qf8b8rmyh0z0hdrt5";
        let get = async |id: String| shop.get(&format!("{path}/{id}"), &[]).await.problem();
        assert_eq!(get(format!("{prefix}_{id}")).await, (404, "resource.not_found".to_owned()));
        assert_eq!(get(format!("evt_{id}")).await, (400, "id.wrong_kind".to_owned()), "{path}");
        assert_eq!(get("7".to_owned()).await, (400, "id.malformed".to_owned()), "{path}");
    }
    let missing = format!("invoices/{}/issue", "inv_01kare0z0qf8b8rmyh0z0hdrt5");
    assert_eq!(shop.post(&missing, &json!({})).await.problem().0, 404);
}

#[actix_web::test]
async fn every_route_that_is_not_open_wants_a_token() {
    let shop = Shop::open().await;
    let document = serde_json::to_value(gaara_http::openapi()).unwrap();
    let mut closed = 0;
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            if operation.get("security").is_some() || !path.starts_with("/api/v1/") {
                continue;
            }
            let method: Method = method.to_uppercase().parse().unwrap();
            let path = path.replace("{id}", "inv_01kare0z0qf8b8rmyh0z0hdrt5");
            let mut sent = request(method.clone(), &path, "");
            sent = sent.insert_header(("content-type", "application/json")).set_payload("{}");
            let answer = send(&shop.books, sent.insert_header(("if-match", "\"1\""))).await;
            assert_eq!(answer.problem(), (401, "auth.token_invalid".to_owned()), "{method} {path}");
            assert!(answer.header("www-authenticate").is_some(), "{method} {path}");
            closed += 1;
        }
    }
    assert!(closed > 25, "only {closed} routes found");
}

#[actix_web::test]
async fn who_asks_comes_before_what_is_asked() {
    let shop = Shop::open().await;
    shop.post("auth/logout", &Value::Null).await;
    for (method, path) in [
        (Method::PATCH, "products/7"),
        (Method::GET, "invoices/7"),
        (Method::POST, "invoices/7/issue"),
        (Method::POST, "customers"),
    ] {
        let answer = shop.send(method, path, &[("idempotency-key", "short")], &json!([])).await;
        assert_eq!(answer.problem(), (401, "auth.token_revoked".to_owned()), "{path}");
    }
}
