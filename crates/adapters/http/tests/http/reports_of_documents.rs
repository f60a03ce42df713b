//! Reports about documents over HTTP: figures, tables, refusals, and who may read them.

use actix_web::http::Method;
use serde_json::{Value, json};

use crate::yard::{Yard, and, assert_refusal};

/// A yard whose customer bought four pieces on 1 November and paid ten of it on the 10th, and
/// twenty more than it owed afterwards.
async fn sold() -> (Yard, String) {
    let yard = Yard::open().await;
    let invoice = and(&yard.invoice, "issue_date", json!("2026-11-01"));
    let invoice = and(&and(&invoice, "due_date", json!("2026-11-09")), "issue", json!(true));
    let issued = yard.shop.create("invoices", &invoice).await;
    let customer = invoice["customer_id"].as_str().unwrap().to_owned();
    let payment = json!({"direction": "in", "customer_id": customer, "amount": "30.00",
        "currency": "SAR", "payment_date": "2026-11-10", "method": "cash",
        "allocations": [{"invoice_id": issued, "amount": "10.00"}]});
    yard.shop.create("payments", &payment).await;
    (yard, customer)
}

async fn report(yard: &Yard, path: &str) -> Value {
    let answer = yard.shop.get(&format!("reports/{path}"), &[]).await;
    assert_eq!(answer.status, 200, "{path}");
    answer.json()
}

#[actix_web::test]
async fn receivables_are_told_by_how_long_they_have_been_due() {
    let (yard, customer) = sold().await;

    let told = report(&yard, "aged-receivables").await;

    let row = &told["data"][0];
    assert_eq!((&told["as_of"], &row["party_id"]), (&json!("2026-11-23"), &json!(customer)));
    let open = row["open"].as_str().unwrap();
    let figures = ["current", "days_1_30", "days_31_60", "credit"].map(|name| &row[name]);
    assert_eq!(figures, [&json!("0.00"), &json!(open), &json!("0.00"), &json!("20.00")]);
    assert_eq!(told["totals"][0]["open"], json!(open));
    let before = report(&yard, "aged-receivables?as_of=2026-11-09").await;
    assert_eq!(before["data"][0]["current"], before["data"][0]["open"]);
    assert_eq!(before["data"][0]["credit"], json!("0.00"));
    assert_eq!(report(&yard, "aged-receivables?as_of=2026-10-31").await["data"], json!([]));
}

#[actix_web::test]
async fn a_statement_tells_each_step_and_what_was_owed_after_it() {
    let (yard, customer) = sold().await;
    let of = |rest: &str| format!("customer-statement?customer_id={customer}{rest}");

    let told = report(&yard, &of("")).await;

    let rows = told["data"].as_array().unwrap();
    assert_eq!(
        (&told["date_from"], &told["date_to"]),
        (&json!("2026-11-01"), &json!("2026-11-23"))
    );
    assert_eq!((&told["opening_balance"], rows.len()), (&json!("0.00"), 2));
    assert_eq!(
        (&rows[0]["type"], &rows[0]["number"]),
        (&json!("invoice"), &json!("INV-2026-00001"))
    );
    assert_eq!((&rows[1]["type"], &rows[1]["amount"]), (&json!("payment"), &json!("-30.00")));
    assert_eq!(rows[1]["balance"], told["closing_balance"]);
    let later = report(&yard, &of("&date_from=2026-11-02")).await;
    assert_eq!(later["opening_balance"], rows[0]["balance"]);
    let backward = yard.shop.get(&format!("reports/{}", of("&date_from=2026-12-01")), &[]).await;
    assert_refusal(&backward, 422, "report.period_backward", "?date_to");
    let nobody = yard.shop.get("reports/customer-statement", &[]).await;
    assert_refusal(&nobody, 422, "validation.required", "?customer_id");
    let unknown = "reports/customer-statement?customer_id=cus_01kare0z0qf8b8rmyh0z0hdrt5";
    assert_eq!(yard.shop.get(unknown, &[]).await.status, 404);
}

#[actix_web::test]
async fn sales_are_told_with_cost_and_margin() {
    let (yard, customer) = sold().await;

    let months = report(&yard, "sales").await;
    let products = report(&yard, "sales?group_by=product").await;
    let customers = report(&yard, "sales?group_by=customer&date_from=2026-11-01").await;
    let days = report(&yard, "sales?group_by=day&date_from=2026-11-02").await;

    let row = &months["data"][0];
    assert_eq!((&months["group_by"], &row["period"]), (&json!("month"), &json!("2026-11")));
    assert_eq!(row["cost"], json!("7.00"));
    for told in [&products, &customers] {
        let names = ["net", "tax", "gross", "cost", "margin"];
        assert_eq!(names.map(|name| &told["total"][name]), names.map(|name| &row[name]));
    }
    assert_eq!(products["data"][0]["id"], json!(yard.product));
    assert_eq!(customers["data"][0]["id"], json!(customer));
    assert_eq!((&days["data"], &days["total"]["cost"]), (&json!([]), &json!(null)));
}

#[actix_web::test]
async fn a_tax_return_is_told_by_category_and_rate() {
    let (yard, _) = sold().await;

    let told = report(&yard, "tax-return").await;

    let row = &told["data"][0];
    let expected = (&json!("sales"), &json!("S"), &json!("15"));
    assert_eq!((&row["side"], &row["category"], &row["rate"]), expected);
    assert_eq!(told["due"], row["tax"]);
    assert_eq!(told["purchases"]["tax"], json!("0.00"));
    let table = yard.shop.get("reports/tax-return", &[("accept", "text/csv")]).await;
    let text = String::from_utf8(table.body).unwrap();
    let [taxable, tax] = ["taxable", "tax"].map(|name| row[name].as_str().unwrap().to_owned());
    let expected = format!(
        "\u{FEFF}Side,Category,Rate,Taxable amount,Tax,Currency\r\nsales,S,15,{taxable},{tax},SAR\r\n"
    );
    assert_eq!(text, expected);
}

/// Three of something at 10 dollars, when a dollar is 3.75: what the books are told, and what is
/// owed, in the currency that it is owed in.
#[actix_web::test]
async fn a_document_in_another_currency_counts_at_its_frozen_rate() {
    let yard = Yard::open().await;
    let rate = json!({"rate": "3.75"});
    let path = "exchange-rates/USD/2026-11-01";
    assert_eq!(yard.shop.send(Method::PUT, path, &[], &rate).await.status, 201);
    let buyer = json!({"name": {"en": "Far Away"}, "country": "US", "currency": "USD",
        "payment_terms": {"net_days": 0}});
    let customer = yard.shop.create("customers", &buyer).await;
    let line = json!({"description": {"en": "Advice"}, "quantity": "3", "unit_price": "10.01",
        "tax": {"category": "S", "rate": "15"}});
    let sale = json!({"kind": "sale", "customer_id": customer, "currency": "USD",
        "issue_date": "2026-11-02", "lines": [line], "issue": true});
    let answer = yard.shop.post("invoices", &sale).await.json();
    let later = json!({"rate": "4"});
    let path = "exchange-rates/USD/2026-11-03";
    assert_eq!(yard.shop.send(Method::PUT, path, &[], &later).await.status, 201);

    let sales = report(&yard, "sales?group_by=customer").await;
    let taxes = report(&yard, "tax-return").await;
    let owed = report(&yard, "aged-receivables").await;

    let base = ["base_tax_exclusive", "base_tax"].map(|name| &answer[name]);
    assert_eq!(base, [&json!("112.61"), &json!("16.88")], "30.03 and 4.50 at 3.75");
    assert_eq!(["net", "tax"].map(|name| &sales["total"][name]), base);
    assert_eq!(["taxable", "tax"].map(|name| &taxes["data"][0][name]), base);
    let row = ["currency", "days_1_30", "open"].map(|name| &owed["data"][0][name]);
    assert_eq!(row, [&json!("USD"), &json!("34.53"), &json!("34.53")]);
}

#[actix_web::test]
async fn who_does_not_keep_the_books_reads_no_report_about_them() {
    let (yard, customer) = sold().await;
    let statement = format!("customer-statement?customer_id={customer}");
    let paths = ["aged-receivables", "sales", "tax-return", &statement];
    for (role, status) in
        [("accountant", 200), ("auditor", 200), ("sales", 403), ("storekeeper", 403)]
    {
        let shop = yard.shop.joined_by(role).await;
        for path in paths {
            let answer = shop.get(&format!("reports/{path}"), &[]).await;
            assert_eq!(answer.status, status, "{role} {path}");
        }
    }
}
