//! Bad input for the catalogue: each has its code, and leaves nothing behind.

use actix_web::http::Method;
use serde_json::{Value, json};

use crate::refusals::{and, assert_refused, with};
use crate::sale::{Shop, bolt};

const WAREHOUSE: &str = "whs_01kare0z0qf8b8rmyh0z0hdrt5";

async fn assert_change_refused(shop: &Shop, path: &str, change: &Value, code: &str, at: &str) {
    let answer = shop.send(Method::PATCH, path, &[("if-match", "\"1\"")], change).await;
    assert_eq!(answer.problem().1, code, "{change}\n{:#}", answer.json());
    let pointers: Vec<String> = answer.fields().into_iter().map(|field| field.0).collect();
    assert_eq!(pointers, [at], "{change}");
}

#[actix_web::test]
async fn a_factor_out_of_range_is_told_its_own_range() {
    let shop = Shop::open().await;
    let base = json!({"unit": "EA", "numerator": 30, "denominator": 1});
    let good = json!({"code": "TRAY", "name": {"en": "Tray"}, "decimals": 0, "base": base});
    for (pointer, value) in [
        ("/base/numerator", json!(-1)),
        ("/base/numerator", json!(0)),
        ("/base/denominator", json!(u64::MAX)),
    ] {
        let answer = shop.post("units", &with(&good, pointer, value.clone())).await;
        let params = json!({"min": "1", "max": "1000000000000"});
        assert_eq!(answer.json()["errors"][0]["params"], params, "{pointer} {value}");
    }
}

#[actix_web::test]
async fn a_unit_is_refused_by_its_field() {
    let shop = Shop::open().await;
    let good = json!({"code": "TRAY", "name": {"en": "Tray"}, "decimals": 0,
        "base": {"unit": "EA", "numerator": 30, "denominator": 1}});
    for (pointer, value, status, code) in [
        ("/code", json!("a b"), 422, "validation.code"),
        ("/name", json!({}), 422, "validation.text_empty"),
        ("/decimals", json!(7), 422, "validation.range"),
        ("/decimals", json!(-1), 422, "validation.range"),
        ("/decimals", json!("2"), 422, "validation.type"),
        ("/decimals", json!(1.5), 422, "validation.type"),
        ("/base/unit", json!("NONE"), 422, "validation.reference"),
        ("/base/unit", json!("DZN"), 422, "unit.base_chained"),
        ("/base/unit", json!("TRAY"), 422, "unit.base_chained"),
        ("/base/numerator", json!(0), 422, "validation.range"),
        ("/base/numerator", json!(1_000_000_000_001_u64), 422, "validation.range"),
        ("/base/numerator", json!("30"), 422, "validation.type"),
        ("/base/denominator", json!(0), 422, "validation.range"),
        ("/base/denominator", json!(-3), 422, "validation.range"),
    ] {
        let body = with(&good, pointer, value);
        assert_refused(&shop, "units", &body, status, code, pointer).await;
    }
    let again = with(&good, "/code", json!("EA"));
    assert_refused(
        &shop,
        "units",
        &with(&again, "/base", Value::Null),
        409,
        "resource.duplicate",
        "",
    )
    .await;
    let id = shop.create("units", &good).await;
    let path = format!("units/{id}");
    shop.create("products", &and(&with(&bolt(), "/tax_rate", Value::Null), "unit", json!("TRAY")))
        .await;
    for (change, code, at) in [
        (json!({"base": null}), "resource.in_use", "/base"),
        (json!({"code": "X"}), "validation.unknown_field", "/code"),
        (json!({"name": null}), "validation.required", "/name"),
        (json!({"name": {"en": null}}), "validation.text_empty", "/name"),
    ] {
        assert_change_refused(&shop, &path, &change, code, at).await;
    }
    let finer = json!({"decimals": 2});
    let finer = shop.send(Method::PATCH, &path, &[("if-match", "\"1\"")], &finer).await;
    assert_eq!(finer.status, 200);
    let coarser = json!({"decimals": 1});
    let coarser = shop.send(Method::PATCH, &path, &[("if-match", "\"2\"")], &coarser).await;
    assert_eq!(coarser.problem(), (409, "resource.in_use".to_owned()));
}

#[actix_web::test]
async fn a_category_is_refused_by_its_place() {
    let shop = Shop::open().await;
    let mut parent = Value::Null;
    let mut ids = Vec::new();
    for level in 0..10 {
        let body = json!({"parent_id": parent, "name": {"en": format!("Level {level}")}});
        let id = shop.create("categories", &body).await;
        parent = json!(id);
        ids.push(id);
    }
    let eleventh = json!({"parent_id": parent, "name": {"en": "Level 10"}});
    assert_refused(&shop, "categories", &eleventh, 422, "category.too_deep", "/parent_id").await;
    let nowhere = "cat_01kare0z0qf8b8rmyh0z0hdrt5";
    let orphan = with(&eleventh, "/parent_id", json!(nowhere));
    assert_refused(&shop, "categories", &orphan, 422, "validation.reference", "/parent_id").await;
    let nameless = with(&orphan, "/name", Value::Null);
    assert_refused(&shop, "categories", &nameless, 422, "validation.required", "/name").await;
    let path = format!("categories/{}", ids[0]);
    for (change, code, at) in [
        (json!({"parent_id": ids[9]}), "category.cycle", "/parent_id"),
        (json!({"parent_id": ids[0]}), "category.cycle", "/parent_id"),
        (json!({"parent_id": nowhere}), "validation.reference", "/parent_id"),
        (json!({"parent_id": "prd_01kare0z0qf8b8rmyh0z0hdrt5"}), "id.wrong_kind", "/parent_id"),
        (json!({"path": []}), "validation.unknown_field", "/path"),
    ] {
        assert_change_refused(&shop, &path, &change, code, at).await;
    }
    let other = shop.create("categories", &json!({"name": {"en": "Other"}})).await;
    let path = format!("categories/{}", ids[0]);
    let deeper = json!({"parent_id": other});
    assert_change_refused(&shop, &path, &deeper, "category.too_deep", "/parent_id").await;
    let list = shop.get("categories?parent_id=top", &[]).await;
    assert_eq!(list.problem(), (400, "id.malformed".to_owned()));
}

#[actix_web::test]
async fn the_parts_of_a_product_are_refused_by_their_place() {
    let shop = Shop::open().await;
    shop.stock().await;
    let main = shop.get("warehouses", &[]).await.json()["data"][0]["id"].clone();
    let packaging = json!({"unit": "BOX", "numerator": 5, "barcodes": ["4006381333931"]});
    let rule = json!({"warehouse_id": main, "minimum": "1", "maximum": "2"});
    let good = json!({"sku": "NUT", "name": {"en": "Nut"}, "unit": "EA", "unit_price": "1",
        "currency": "SAR", "packagings": [packaging], "reorder": [rule]});
    let own = "/packagings/0/unit";
    for (body, status, code, at) in [
        (with(&good, own, json!("EA")), 422, "product.packaging_unit", own),
        (with(&good, own, json!("NONE")), 422, "validation.reference", own),
        (
            with(&good, "/packagings/0/numerator", json!(0)),
            422,
            "validation.range",
            "/packagings/0/numerator",
        ),
        (
            with(&good, "/packagings", json!([packaging, {"unit": "BOX", "numerator": 2}])),
            422,
            "validation.repeated",
            "/packagings/1/unit",
        ),
        (
            with(&good, "/packagings/0/barcodes/0", json!("6281000000014")),
            409,
            "resource.duplicate",
            "/packagings/0/barcodes/0",
        ),
        (
            and(&good, "barcodes", json!(["4006381333931"])),
            422,
            "validation.repeated",
            "/packagings/0/barcodes/0",
        ),
        (
            with(&good, "/packagings", json!(vec![packaging.clone(); 21])),
            422,
            "validation.too_many",
            "/packagings",
        ),
        (
            with(&good, "/reorder/0/minimum", json!("-1")),
            422,
            "validation.not_negative",
            "/reorder/0/minimum",
        ),
        (
            with(&good, "/reorder/0/maximum", json!("0")),
            422,
            "product.reorder_maximum",
            "/reorder/0/maximum",
        ),
        (
            with(&good, "/reorder/0/maximum", json!("2.5")),
            422,
            "stock.quantity_not_whole",
            "/reorder/0/maximum",
        ),
        (
            with(&and(&good, "unit", json!("KG")), "/reorder/0/maximum", json!("2.0001")),
            422,
            "validation.scale",
            "/reorder/0/maximum",
        ),
        (
            with(&good, "/reorder/0/warehouse_id", json!(WAREHOUSE)),
            422,
            "validation.reference",
            "/reorder/0/warehouse_id",
        ),
        (
            with(&good, "/reorder", json!([rule, rule])),
            422,
            "validation.repeated",
            "/reorder/1/warehouse_id",
        ),
        (and(&good, "kind", json!("service")), 422, "product.not_stocked", "/reorder"),
        (and(&good, "costing", json!("standard")), 422, "validation.required", "/standard_cost"),
        (and(&good, "standard_cost", json!("1")), 422, "validation.choice", "/standard_cost"),
        (
            and(&and(&good, "costing", json!("standard")), "standard_cost", json!("-1")),
            422,
            "validation.not_negative",
            "/standard_cost",
        ),
        (with(&good, "/sku", json!("BOLT-M8")), 409, "resource.duplicate", "/sku"),
    ] {
        assert_refused(&shop, "products", &body, status, code, at).await;
    }
    let stocked = shop.get("products?sku=BOLT-M8", &[]).await.json()["data"][0].clone();
    let path = format!("products/{}", stocked["id"].as_str().unwrap());
    for (change, code, at) in [
        (json!({"unit": "KG"}), "resource.in_use", "/unit"),
        (json!({"costing": "fifo"}), "resource.in_use", "/costing"),
        (json!({"kind": "service"}), "validation.unknown_field", "/kind"),
        (json!({"packagings": null}), "validation.required", "/packagings"),
        (json!({"barcodes": null}), "validation.required", "/barcodes"),
        (json!({"sku": null}), "validation.required", "/sku"),
        (json!({"unit_price": "-1"}), "validation.not_negative", "/unit_price"),
    ] {
        assert_change_refused(&shop, &path, &change, code, at).await;
    }
    for query in ["archived=no", "barcode=1", "category_id=7", "q=", "kind=x"] {
        let answer = shop.get(&format!("products?{query}"), &[]).await;
        assert!(answer.status.is_client_error(), "{query}");
    }
}

#[actix_web::test]
async fn a_supplier_and_a_warehouse_are_refused_by_their_field() {
    let shop = Shop::open().await;
    let good = json!({"name": {"en": "Gulf"}, "email": "a@b.sa", "country": "SA",
        "currency": "SAR", "credit_limit": "10", "payment_terms": {"net_days": 30}});
    for (pointer, value, code) in [
        ("/name", Value::Null, "validation.required"),
        ("/email", json!("a@"), "validation.email"),
        ("/country", json!("KSA"), "validation.country"),
        ("/currency", json!("sar"), "validation.currency"),
        ("/credit_limit", json!("-1"), "validation.not_negative"),
        ("/credit_limit", json!("1.001"), "validation.scale"),
        ("/payment_terms/net_days", json!(3651), "validation.range"),
    ] {
        let body = with(&good, pointer, value);
        assert_refused(&shop, "suppliers", &body, 422, code, pointer).await;
    }
    let id = shop.create("suppliers", &good).await;
    assert_refused(&shop, "suppliers", &good, 409, "resource.duplicate", "").await;
    let path = format!("suppliers/{id}");
    for (change, code, at) in [
        (json!({"currency": "USD"}), "validation.required", "/credit_limit"),
        (json!({"credit_limit": "0.001"}), "validation.scale", "/credit_limit"),
        (json!({"credit_limit": "-1"}), "validation.not_negative", "/credit_limit"),
        (json!({"credit_limit": 5}), "validation.number", "/credit_limit"),
        (json!({"country": null}), "validation.required", "/country"),
        (json!({"payment_terms": null}), "validation.required", "/payment_terms"),
        (json!({"payment_terms": {}}), "validation.required", "/payment_terms/net_days"),
    ] {
        assert_change_refused(&shop, &path, &change, code, at).await;
    }
    let warehouse = |code: &str| json!({"code": code, "name": {"en": code}});
    shop.create("warehouses", &warehouse("MAIN")).await;
    let other = shop.create("warehouses", &warehouse("SIDE")).await;
    let path = format!("warehouses/{other}");
    assert_change_refused(&shop, &path, &json!({"code": "a b"}), "validation.code", "/code").await;
    let taken =
        shop.send(Method::PATCH, &path, &[("if-match", "\"1\"")], &json!({"code": "MAIN"})).await;
    assert_eq!(taken.problem(), (409, "resource.duplicate".to_owned()));
    for step in ["archive", "restore"] {
        let missing = shop.post(&format!("warehouses/{WAREHOUSE}/{step}"), &json!({})).await;
        assert_eq!(missing.problem(), (404, "resource.not_found".to_owned()));
    }
}
