//! Reports over HTTP: figures, tables, and who may read them.

use serde_json::json;

use crate::yard::{Yard, assert_refusal};

#[actix_web::test]
async fn the_stock_is_valued_by_product_category_and_warehouse() {
    let yard = Yard::open().await;
    yard.moved("receipt", "2").await;

    let by = async |query: &str| {
        let answer = yard.shop.get(&format!("reports/stock-valuation{query}"), &[]).await;
        assert_eq!(answer.status, 200, "{query}");
        answer.json()
    };
    let (product, category, warehouse) =
        (by("").await, by("?group_by=category").await, by("?group_by=warehouse").await);

    assert_eq!((&product["group_by"], &product["total"]), (&json!("product"), &json!("21.50")));
    let row = &product["data"][0];
    let expected = (&json!(yard.product), &json!("BOLT-M8"), &json!("12"), &json!("21.50"));
    assert_eq!((&row["id"], &row["code"], &row["on_hand"], &row["value"]), expected);
    let row = &category["data"][0];
    let nothing = &json!(null);
    assert_eq!((&row["id"], &row["name"], &row["on_hand"]), (nothing, nothing, nothing));
    assert_eq!((&row["value"], &category["total"]), (&json!("21.50"), &json!("21.50")));
    assert_eq!(warehouse["data"][0]["id"], json!(yard.main));
    let empty = by(&format!("?warehouse_id={}", yard.side)).await;
    assert_eq!((&empty["data"], &empty["total"]), (&json!([]), &json!("0.00")));
}

#[actix_web::test]
async fn a_report_is_a_table_as_well() {
    let yard = Yard::open().await;

    let headers = [("accept", "text/csv"), ("accept-language", "ar")];
    let answer = yard.shop.get("reports/stock-valuation", &headers).await;

    let text = String::from_utf8(answer.body.clone()).unwrap();
    let expected = format!(
        "\u{FEFF}المعرّف,الرمز,الاسم (بالإنجليزية),الاسم (بالعربية),الموجود,القيمة,العملة\r\n\
         {},BOLT-M8,Bolt M8,برغي M8,10,17.50,SAR\r\n",
        yard.product
    );
    assert_eq!(text, expected);
    let file = answer.header("content-disposition");
    assert_eq!(file, Some("attachment; filename=\"stock-valuation.csv\""));
}

#[actix_web::test]
async fn a_report_has_neither_pages_nor_an_order() {
    let yard = Yard::open().await;
    for name in ["limit", "cursor", "sort", "with_total"] {
        let answer = yard.shop.get(&format!("reports/stock-valuation?{name}=1"), &[]).await;
        assert_refusal(&answer, 422, "validation.unknown_parameter", &format!("?{name}"));
    }
    let answer = yard.shop.get("reports/stock-valuation?group_by=colour", &[]).await;
    assert_refusal(&answer, 422, "validation.choice", "?group_by");
}
