//! Units, categories, suppliers, products and warehouses, route by route.

use actix_web::http::Method;
use serde_json::{Value, json};

use crate::sale::{Shop, bolt};

/// A change on the version that is named.
async fn patch(shop: &Shop, path: &str, version: u32, change: Value) -> (u16, Value) {
    let tag = format!("\"{version}\"");
    let answer = shop.send(Method::PATCH, path, &[("if-match", &tag)], &change).await;
    (answer.status.as_u16(), answer.json())
}

async fn shown(shop: &Shop, path: &str) -> Value {
    let answer = shop.get(path, &[]).await;
    assert_eq!(answer.status, 200, "{path}: {:#}", answer.json());
    answer.json()
}

/// The values of a member of each row of a list.
async fn listed(shop: &Shop, path: &str, member: &str) -> Vec<Value> {
    let list = shown(shop, path).await;
    list["data"].as_array().unwrap().iter().map(|row| row[member].clone()).collect()
}

async fn tax_rate(shop: &Shop) {
    let vat = json!({"code": "VAT15", "category": "S", "rate": "15", "name": {"ar": "ضريبة"}});
    shop.create("tax-rates", &vat).await;
}

#[actix_web::test]
async fn a_unit_is_added_changed_and_shown_in_both_languages() {
    let shop = Shop::open().await;
    let tray = json!({"code": "TRAY", "name": {"en": "Tray", "ar": "طبق"}, "decimals": 1,
        "base": {"unit": "EA", "numerator": 30}});
    let id = shop.create("units", &tray).await;
    let path = format!("units/{id}");

    let (status, changed) = patch(
        &shop,
        &path,
        1,
        json!({"name": {"en": "Egg tray"}, "decimals": 3,
        "base": {"unit": "KG", "numerator": 9, "denominator": 5}}),
    )
    .await;

    assert_eq!(status, 200, "{changed:#}");
    assert_eq!(changed["name"], json!({"en": "Egg tray", "ar": "طبق"}));
    assert_eq!(changed["base"], json!({"unit": "KG", "numerator": 9, "denominator": 5}));
    assert_eq!((&changed["decimals"], &changed["version"]), (&json!(3), &json!(2)));
    let (_, freed) = patch(&shop, &path, 2, json!({"base": null})).await;
    assert_eq!(freed["base"], Value::Null);
    let arabic = shop.get(&path, &[("accept-language", "ar")]).await.json();
    assert_eq!(arabic["display_name"], "طبق");
    let codes = listed(&shop, "units?limit=200", "code").await;
    for code in ["EA", "C62", "KG", "HUR", "TRAY"] {
        assert!(codes.contains(&json!(code)), "{code}");
    }
}

#[actix_web::test]
async fn categories_are_listed_as_a_tree_moved_and_removed() {
    let shop = Shop::open().await;
    let add = async |parent: Value, name: &str| {
        let body = json!({"parent_id": parent, "name": {"en": name}});
        shop.create("categories", &body).await
    };
    let tools = add(Value::Null, "Tools").await;
    let steel = add(Value::Null, "Steel").await;
    let drills = add(json!(tools), "Drills").await;
    let names =
        async |query: &str| listed(&shop, &format!("categories{query}"), "display_name").await;
    assert_eq!(names("").await, ["Tools", "Drills", "Steel"]);
    assert_eq!(names("?parent_id=null").await, ["Tools", "Steel"]);
    assert_eq!(names(&format!("?parent_id={tools}")).await, ["Drills"]);

    let (status, moved) =
        patch(&shop, &format!("categories/{tools}"), 1, json!({"parent_id": steel})).await;

    assert_eq!((status, &moved["path"]), (200, &json!([steel, tools])));
    let below = shown(&shop, &format!("categories/{drills}")).await;
    assert_eq!((&below["path"], &below["version"]), (&json!([steel, tools, drills]), &json!(2)));
    assert_eq!(names("").await, ["Steel", "Tools", "Drills"]);
    let remove = async |id: &str, version: &str| {
        let path = format!("categories/{id}");
        shop.send(Method::DELETE, &path, &[("if-match", version)], &Value::Null).await
    };
    assert_eq!(remove(&tools, "\"2\"").await.problem(), (409, "resource.in_use".to_owned()));
    assert_eq!(remove(&drills, "\"1\"").await.problem().0, 412);
    assert_eq!(remove(&drills, "\"2\"").await.status, 204);
    assert_eq!(remove(&drills, "\"2\"").await.problem().0, 404);
    let path = format!("categories/{tools}");
    let unnamed = shop.send(Method::DELETE, &path, &[], &Value::Null).await;
    assert_eq!(unnamed.problem(), (428, "precondition.required".to_owned()));
}

#[actix_web::test]
async fn a_supplier_is_what_a_customer_is_and_can_be_archived() {
    let shop = Shop::open().await;
    let body = json!({"name": {"en": "Gulf Steel", "ar": "حديد الخليج"},
        "email": "Sales@Gulf.example", "tax_id": "310122393500003", "country": "SA",
        "currency": "SAR", "credit_limit": "1000.00", "payment_terms": {"net_days": 60}});
    let id = shop.create("suppliers", &body).await;
    let path = format!("suppliers/{id}");
    let supplier = shown(&shop, &path).await;
    assert_eq!(supplier["email"], "sales@gulf.example");
    assert_eq!(supplier["credit_limit"], "1000.00");
    assert_eq!(supplier["payment_terms"], json!({"net_days": 60}));

    let change = json!({"email": null, "tax_id": null, "currency": "KWD",
        "credit_limit": "5.125", "payment_terms": {"net_days": 0}});
    let (status, changed) = patch(&shop, &path, 1, change).await;
    assert_eq!(status, 200, "{changed:#}");
    assert_eq!((&changed["credit_limit"], &changed["email"]), (&json!("5.125"), &Value::Null));

    let archived = shop.post(&format!("{path}/archive"), &json!({})).await;
    assert_eq!(archived.status, 200);
    assert_eq!(archived.json()["archived_at"], "2026-11-23T09:00:00.000Z");
    let again = shop.post(&format!("{path}/archive"), &json!({})).await;
    assert_eq!(again.problem(), (409, "resource.archived".to_owned()));
    assert_eq!(listed(&shop, "suppliers", "id").await, Vec::<Value>::new());
    assert_eq!(
        listed(&shop, "suppliers?archived=true&q=%D8%AE%D9%84%D9%8A%D8%AC", "id").await,
        [json!(id)]
    );
    let stale = shop
        .send(Method::POST, &format!("{path}/restore"), &[("if-match", "\"1\"")], &json!({}))
        .await;
    assert_eq!(stale.problem(), (412, "precondition.failed".to_owned()));
    let restored = shop.post(&format!("{path}/restore"), &json!({})).await;
    assert_eq!((restored.status.as_u16(), restored.header("etag")), (200, Some("\"4\"")));
    let again = shop.post(&format!("{path}/restore"), &json!({})).await;
    assert_eq!(again.problem(), (409, "resource.not_archived".to_owned()));
    let unknown = shop.post(&format!("{path}/archive"), &json!({"why": "closed"})).await;
    assert_eq!(unknown.problem(), (422, "validation.unknown_field".to_owned()));
}

#[actix_web::test]
async fn a_product_shows_and_keeps_everything_it_has() {
    let shop = Shop::open().await;
    tax_rate(&shop).await;
    let category = shop.create("categories", &json!({"name": {"en": "Bolts"}})).await;
    let supplier = json!({"name": {"en": "Gulf"}, "country": "SA", "currency": "SAR"});
    let supplier = shop.create("suppliers", &supplier).await;
    let main = json!({"code": "MAIN", "name": {"en": "Main"}});
    let warehouse = shop.create("warehouses", &main).await;
    let mut body = bolt();
    body["category_id"] = json!(category);
    body["supplier_id"] = json!(supplier);
    body["packagings"] = json!([{"unit": "BOX", "numerator": 50, "barcodes": ["4006381333931"]}]);
    body["reorder"] = json!([{"warehouse_id": warehouse, "minimum": "10", "maximum": "100.0"}]);
    body["costing"] = json!("standard");
    body["standard_cost"] = json!("1.250000");

    let id = shop.create("products", &body).await;
    let path = format!("products/{id}");
    let product = shown(&shop, &path).await;

    for (pointer, expected) in [
        ("/category_id", json!(category)),
        ("/supplier_id", json!(supplier)),
        ("/barcodes", json!(["6281000000014"])),
        (
            "/packagings",
            json!([{"unit": "BOX", "numerator": 50, "denominator": 1,
                "barcodes": ["4006381333931"]}]),
        ),
        ("/reorder", json!([{"warehouse_id": warehouse, "minimum": "10", "maximum": "100"}])),
        ("/costing", json!("standard")),
        ("/standard_cost", json!("1.25")),
        ("/archived_at", Value::Null),
    ] {
        assert_eq!(product.pointer(pointer), Some(&expected), "{pointer}");
    }
    let change = json!({"sku": "BOLT-M8X40", "unit": "PCE", "costing": "fifo",
        "category_id": null, "packagings": [], "barcodes": ["4006381333931"]});
    let (status, changed) = patch(&shop, &path, 1, change).await;
    assert_eq!(status, 200, "{changed:#}");
    assert_eq!(changed["standard_cost"], Value::Null, "it goes with its costing");
    assert_eq!((&changed["unit"], &changed["sku"]), (&json!("PCE"), &json!("BOLT-M8X40")));
    assert_eq!(changed["supplier_id"], json!(supplier), "what is absent stays");
    for filter in [
        "barcode=4006381333931",
        "sku=BOLT-M8X40",
        "q=m8x",
        "q=%D8%A8%D8%B1%D8%BA%D9%8A",
        "kind=stocked",
    ] {
        assert_eq!(listed(&shop, &format!("products?{filter}"), "id").await, [json!(id)]);
    }
    let by_supplier = format!("products?supplier_id={supplier}");
    assert_eq!(listed(&shop, &by_supplier, "id").await, [json!(id)]);
    let by_category = format!("products?category_id={category}");
    assert_eq!(listed(&shop, &by_category, "id").await, Vec::<Value>::new());
}

#[actix_web::test]
async fn what_is_archived_takes_part_in_nothing_new() {
    let shop = Shop::open().await;
    let invoice = shop.stock().await;
    let product = invoice["lines"][0]["product_id"].as_str().unwrap().to_owned();
    let warehouse = invoice["warehouse_id"].as_str().unwrap().to_owned();
    for path in [format!("products/{product}"), format!("warehouses/{warehouse}")] {
        let refused = shop.post(&format!("{path}/archive"), &json!({})).await;
        assert_eq!(refused.problem(), (409, "resource.in_use".to_owned()), "{path}");
    }
    let movement = |kind: &str, cost: Value| {
        json!({"kind": kind, "warehouse_id": warehouse, "post": true,
            "lines": [{"product_id": product, "quantity": "10", "unit_cost": cost}]})
    };
    shop.create("stock-movements", &movement("issue", Value::Null)).await;
    let fields = async |path: &str, body: &Value| {
        let answer = shop.post(path, body).await;
        (answer.problem(), answer.fields())
    };
    let archived = |pointer: &str| {
        let code = "resource.archived".to_owned();
        ((409, code.clone()), vec![(pointer.to_owned(), code)])
    };

    let steps = [
        ("products", &product, "/lines/0/product_id"),
        ("warehouses", &warehouse, "/warehouse_id"),
    ];
    for (kind, id, pointer) in steps {
        let done = shop.post(&format!("{kind}/{id}/archive"), &json!({})).await;
        assert_eq!(done.status, 200, "{:#}", done.json());
        let receipt = movement("receipt", json!("1"));
        assert_eq!(fields("stock-movements", &receipt).await, archived(pointer));
        assert_eq!(fields("invoices", &invoice).await, archived(pointer));
        if kind == "products" {
            shop.post(&format!("{kind}/{id}/restore"), &json!({})).await;
        }
    }
    assert_eq!(listed(&shop, "warehouses", "id").await, Vec::<Value>::new());
    assert_eq!(listed(&shop, "warehouses?archived=any", "id").await, [json!(warehouse)]);
    let path = format!("warehouses/{warehouse}");
    let (status, renamed) =
        patch(&shop, &path, 2, json!({"code": "OLD", "name": {"ar": "قديم"}})).await;
    assert_eq!((status, &renamed["code"]), (200, &json!("OLD")));
    assert_eq!(renamed["name"], json!({"en": "Main", "ar": "قديم"}));
}
