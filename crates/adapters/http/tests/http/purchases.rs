//! Purchases over HTTP, and lists of documents of both sides.

use serde_json::{Value, json};

use crate::desk::Desk;
use crate::yard::{and, line};

#[actix_web::test]
async fn a_purchase_receives_its_goods_at_net_cost() {
    let desk = Desk::open().await;
    let issued = desk.shop.post("invoices", &and(&desk.purchase, "issue", json!(true))).await;
    assert_eq!(issued.status, 201, "{:#}", issued.json());
    let issued = issued.json();

    for (pointer, expected) in [
        ("/kind", json!("purchase")),
        ("/type", json!("invoice")),
        ("/number", json!("BILL-2026-00001")),
        ("/customer_id", Value::Null),
        ("/supplier_id", desk.purchase["supplier_id"].clone()),
        ("/supplier_reference", json!("F-77")),
        ("/due_date", json!("2026-12-03")),
        ("/lines/0/gross_price", json!("2.5")),
        ("/lines/0/price_discount", json!("0.5")),
        ("/lines/0/cost", json!("12.00")),
        ("/seller/name/en", json!("Mill")),
        ("/totals/payable", json!("13.80")),
    ] {
        assert_eq!(issued.pointer(pointer), Some(&expected), "{pointer}");
    }
    assert_eq!(issued["content_digest"].as_str().unwrap().len(), 64);
    assert_eq!(desk.on_hand().await, "16");
    let levels = desk.shop.get("stock-levels", &[]).await.json();
    assert_eq!(levels["data"][0]["value"], "29.50", "17.50 and 12.00");
    let id = issued["id"].as_str().unwrap();
    let back = json!({"full": true, "restock": true, "issue": true, "supplier_reference": "C-1"});
    let note = desk.act(id, "credit-notes", &back).await;
    assert_eq!(note.status, 201, "{:#}", note.json());
    assert_eq!(note.json()["number"], "DBN-2026-00001");
    assert_eq!(desk.on_hand().await, "10");
}

#[actix_web::test]
async fn a_suppliers_reference_stands_once_among_issued_documents() {
    let desk = Desk::open().await;
    let first = desk.issued(&desk.purchase).await;
    let again = desk.draft(&desk.purchase).await;
    let twice = (409, "invoice.duplicate_supplier_reference", "/supplier_reference");
    desk.refuses_to((&again, "issue", &json!({})), twice).await;

    assert_eq!(desk.act(&first, "void", &json!({})).await.status, 200);
    assert_eq!(desk.act(&again, "issue", &json!({})).await.status, 200, "the first is void");
}

#[actix_web::test]
async fn what_was_frozen_stays_whatever_changes_later() {
    let desk = Desk::open().await;
    let id = desk.issued(&desk.purchase).await;
    let before = desk.show(&id).await;
    let supplier = format!("suppliers/{}", desk.purchase["supplier_id"].as_str().unwrap());
    let change = json!({"name": {"en": "Mill & Sons"}});
    let headers = [("if-match", "\"1\"")];
    let patch = actix_web::http::Method::PATCH;
    let changed = desk.shop.send(patch, &supplier, &headers, &change).await;
    assert_eq!(changed.status, 200, "{:#}", changed.json());

    assert_eq!(desk.show(&id).await, before);
    let listed = desk.shop.get("invoices?kind=purchase", &[]).await.json();
    assert_eq!(listed["data"][0]["supplier_display_name"], "Mill");
}

#[actix_web::test]
async fn lists_keep_what_matches() {
    let desk = Desk::open().await;
    let service = and(&desk.sale, "warehouse_id", Value::Null);
    let dated = and(&service, "issue_date", json!("2026-10-01"));
    let overdue = desk.issued(&and(&dated, "due_date", json!("2026-10-31"))).await;
    let tagged = and(&service, "tags", json!(["urgent"]));
    let sold = desk.issued(&tagged).await;
    let bought = desk.issued(&desk.purchase).await;
    let note = desk.act(&sold, "credit-notes", &json!({"full": true, "issue": true})).await.json();
    let note = note["id"].as_str().unwrap();
    let draft = desk.draft(&line(&service, "quantity", json!("1"))).await;
    let number = desk.show(&sold).await["number"].as_str().unwrap().to_owned();
    let supplier = desk.purchase["supplier_id"].as_str().unwrap();
    let customer = desk.sale["customer_id"].as_str().unwrap();

    for (query, expected) in [
        ("kind=purchase".to_owned(), vec![bought.as_str()]),
        ("type=credit_note".to_owned(), vec![note]),
        ("status=draft".to_owned(), vec![draft.as_str()]),
        ("payment_status=credited&type=invoice".to_owned(), vec![sold.as_str()]),
        (format!("supplier_id={supplier}"), vec![bought.as_str()]),
        (format!("customer_id={customer}&status=draft"), vec![draft.as_str()]),
        (format!("number={number}"), vec![sold.as_str()]),
        ("tag=urgent".to_owned(), vec![sold.as_str()]),
        ("overdue=true".to_owned(), vec![overdue.as_str()]),
        ("due_date_to=2026-10-31".to_owned(), vec![overdue.as_str()]),
        ("due_date_from=2026-12-01&due_date_to=2026-12-05".to_owned(), vec![bought.as_str()]),
        ("issue_date_from=2026-10-01&issue_date_to=2026-10-02".to_owned(), vec![overdue.as_str()]),
        ("q=mill".to_owned(), vec![bought.as_str()]),
        ("q=F-77".to_owned(), vec![bought.as_str()]),
    ] {
        let listed = desk.shop.get(&format!("invoices?{query}"), &[]).await.json();
        let ids: Vec<&str> = listed["data"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["id"].as_str().unwrap())
            .collect();
        assert_eq!(ids, expected, "{query}");
    }
    for query in ["kind=rent", "type=bill", "overdue=no", "sort=paid", "supplier_id=cus_x"] {
        let answer = desk.shop.get(&format!("invoices?{query}"), &[]).await;
        assert!(answer.status.is_client_error(), "{query}");
    }
}
