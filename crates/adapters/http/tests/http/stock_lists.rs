//! Levels now and on earlier days, the ledger page by page, and what to order.

use gaara_kernel::Quantity;
use serde_json::{Value, json};

use crate::yard::{Yard, and, assert_refusal};

/// The first row of the levels of the first warehouse at the end of a day.
async fn as_of(yard: &Yard, date: &str) -> Value {
    let path = format!("stock-levels?warehouse_id={}&as_of={date}", yard.main);
    let answer = yard.shop.get(&path, &[]).await;
    assert_eq!(answer.status, 200, "{:#}", answer.json());
    answer.json()["data"][0].clone()
}

#[actix_web::test]
async fn levels_are_told_as_of_the_end_of_a_day() {
    let yard = Yard::open().await;
    yard.create(&and(&yard.movement("issue", "4"), "effective_date", json!("2026-11-10"))).await;
    yard.moved("receipt", "2").await;

    for (date, on_hand) in [
        ("2026-11-01", "10"),
        ("2026-11-09", "10"),
        ("2026-11-10", "6"),
        ("2026-11-23", "8"),
        ("2027-01-01", "8"),
    ] {
        let row = as_of(&yard, date).await;
        assert_eq!(row["on_hand"], on_hand, "{date}");
        for unknown in ["reserved", "available", "value", "unit_cost"] {
            assert_eq!(row[unknown], Value::Null, "{unknown}");
        }
        assert_eq!((&row["product"]["sku"], &row["currency"]), (&json!("BOLT-M8"), &json!("SAR")));
    }
    let before = as_of(&yard, "2026-10-31").await;
    assert!(before.is_null() || before["on_hand"] == "0", "{before:#}");
    let now = yard.shop.get("stock-levels?sort=-on_hand", &[]).await.json()["data"][0].clone();
    let shown = (&now["on_hand"], &now["available"], &now["value"], &now["unit_cost"]);
    assert_eq!(shown, (&json!("8"), &json!("8"), &json!("14.50"), &json!("1.8125")));
}

#[actix_web::test]
async fn levels_of_an_earlier_day_are_not_sorted_by_what_is_there_now() {
    let yard = Yard::open().await;
    for sort in ["on_hand", "-value", "colour"] {
        let path = format!("stock-levels?as_of=2026-11-10&sort={sort}");
        let answer = yard.shop.get(&path, &[]).await;
        assert_refusal(&answer, 422, "validation.sort", "?sort");
    }
    let answer = yard.shop.get("stock-levels?as_of=10.11.2026", &[]).await;
    assert_refusal(&answer, 422, "validation.date", "?as_of");
}

#[actix_web::test]
async fn the_ledger_is_read_page_by_page_the_newest_first() {
    let yard = Yard::open().await;
    let transfer = and(&yard.movement("transfer", "4"), "to_warehouse_id", json!(yard.side));
    let transfer = yard.create(&transfer).await;
    yard.create(&and(&yard.movement("issue", "1"), "effective_date", json!("2026-11-10"))).await;

    let mut path = "stock-ledger?limit=1&with_total=true".to_owned();
    let mut rows: Vec<Value> = Vec::new();
    loop {
        let page = yard.shop.get(&path, &[]).await.json();
        assert_eq!(page["page"]["total"], 4);
        rows.extend(page["data"].as_array().unwrap().iter().cloned());
        let Some(cursor) = page["page"]["next_cursor"].as_str() else { break };
        path = format!("stock-ledger?limit=1&with_total=true&cursor={cursor}");
    }

    let told = |row: &Value| {
        let text = |name: &str| row[name].as_str().unwrap().to_owned();
        (text("kind"), text("quantity"), text("value"), text("effective_date"))
    };
    let row = |kind: &str, quantity: &str, value: &str, date: &str| {
        (kind.to_owned(), quantity.to_owned(), value.to_owned(), date.to_owned())
    };
    let expected = [
        row("issue", "-1", "-1.75", "2026-11-10"),
        row("transfer", "4", "7.00", "2026-11-23"),
        row("transfer", "-4", "-7.00", "2026-11-23"),
        row("receipt", "10", "17.50", "2026-11-01"),
    ];
    assert_eq!(rows.iter().map(told).collect::<Vec<_>>(), expected);
    let sequences: Vec<i64> = rows.iter().map(|row| row["sequence"].as_i64().unwrap()).collect();
    assert!(sequences.is_sorted_by(|a, b| a > b), "{sequences:?}");
    assert_eq!((&rows[1]["line"], &rows[1]["variance"]), (&json!(1), &json!("0.00")));
    assert_eq!(
        (&rows[1]["warehouse_id"], &rows[1]["movement_id"]),
        (&json!(yard.side), &json!(transfer))
    );

    let count = async |query: String| {
        let answer = yard.shop.get(&format!("stock-ledger?{query}"), &[]).await;
        answer.json()["data"].as_array().unwrap().len()
    };
    assert_eq!(count(format!("product_id={}", yard.product)).await, 4);
    assert_eq!(count(format!("warehouse_id={}", yard.side)).await, 1);
    assert_eq!(count(format!("movement_id={transfer}")).await, 2);
    assert_eq!(count("date_from=2026-11-02&date_to=2026-11-22".to_owned()).await, 1);
    let first = yard.shop.get("stock-ledger?sort=sequence&limit=1", &[]).await.json();
    assert_eq!(first["data"][0], rows[3]);
    let sorted = yard.shop.get("stock-ledger?sort=value", &[]).await;
    assert_refusal(&sorted, 422, "validation.sort", "?sort");
}

#[actix_web::test]
async fn what_happened_twice_and_was_undone_adds_up_to_what_is_there() {
    let yard = Yard::open().await;
    let issue = yard.moved("issue", "3").await;
    yard.act("reverse", &issue).await;
    yard.moved("adjustment", "-1").await;

    let [levels, ledger, _] = yard.books().await;

    let sum = |name: &str| {
        let mut rows = ledger.as_array().unwrap().iter();
        let sum = rows.try_fold(Quantity::ZERO, |sum, row| {
            sum.plus(Quantity::parse(row[name].as_str().unwrap()).unwrap())
        });
        sum.unwrap()
    };
    let told = |name: &str| Quantity::parse(levels[0][name].as_str().unwrap()).unwrap();
    assert_eq!(sum("quantity"), told("on_hand"));
    assert_eq!(sum("value"), told("value"));
}

#[actix_web::test]
async fn nothing_is_to_be_ordered_where_no_minimum_is_set() {
    let yard = Yard::open().await;
    let path = format!("stock-levels/reorder?warehouse_id={}&with_total=true", yard.main);

    let answer = yard.shop.get(&path, &[]).await;

    assert_eq!(answer.status, 200);
    assert_eq!((&answer.json()["data"], &answer.json()["page"]["total"]), (&json!([]), &json!(0)));
    let unknown = yard.shop.get("stock-levels/reorder?product_id=x", &[]).await;
    assert_refusal(&unknown, 422, "validation.unknown_parameter", "?product_id");
}
