//! Credit notes over HTTP: over lines and over everything, drafted and issued, sold and bought.

use actix_web::http::Method;
use serde_json::{Value, json};

use crate::desk::Desk;
use crate::yard::{and, assert_refusal};

#[actix_web::test]
async fn a_note_over_some_pieces_takes_them_back_at_their_cost() {
    let desk = Desk::open().await;
    let id = desk.issued(&desk.sale).await;
    let body = json!({"lines": [{"line": 1, "quantity": "2"}], "restock": true,
        "reason": "Broken", "reason_code": "KSA-17", "issue": true});

    let answer = desk.act(&id, "credit-notes", &body).await;

    assert_eq!(answer.status, 201, "{:#}", answer.json());
    let note = answer.json();
    let note_id = note["id"].as_str().unwrap();
    assert!(note_id.starts_with("crn_"));
    assert_eq!(answer.header("location"), Some(format!("/api/v1/invoices/{note_id}").as_str()));
    for (pointer, expected) in [
        ("/type", json!("credit_note")),
        ("/kind", json!("sale")),
        ("/number", json!("CRN-2026-00001")),
        ("/corrects/invoice_id", json!(id)),
        ("/corrects/number", json!("INV-2026-00001")),
        ("/corrects/issue_date", json!("2026-11-23")),
        ("/corrects/reason", json!("Broken")),
        ("/corrects/reason_code", json!("KSA-17")),
        ("/lines/0/corrects_line", json!(1)),
        ("/lines/0/net", json!("11.50")),
        ("/lines/0/cost", json!("3.50")),
        ("/totals/payable", json!("13.23")),
        ("/credited", json!("13.23")),
        ("/open", json!("0.00")),
    ] {
        assert_eq!(note.pointer(pointer), Some(&expected), "{pointer}");
    }
    assert_eq!(desk.show(note_id).await, note);
    let invoice = desk.show(&id).await;
    assert_eq!((&invoice["credited"], &invoice["open"]), (&json!("13.23"), &json!("13.22")));
    assert_eq!(desk.on_hand().await, "8");
    let wrong = note_id.replace("crn_", "inv_");
    let answer = desk.shop.get(&format!("invoices/{wrong}"), &[]).await;
    assert_refusal(&answer, 400, "id.wrong_kind", "");
    assert_eq!(answer.json()["params"]["expected"], "crn");
}

#[actix_web::test]
async fn any_number_of_notes_comes_to_the_invoice_exactly() {
    let desk = Desk::open().await;
    let id = desk.issued(&desk.sale).await;
    let one = json!({"lines": [{"line": 1, "quantity": "1"}], "issue": true});
    for _ in 0..3 {
        assert_eq!(desk.act(&id, "credit-notes", &one).await.status, 201);
    }
    let rest = desk.act(&id, "credit-notes", &json!({"full": true, "issue": true})).await;
    assert_eq!(rest.status, 201, "{:#}", rest.json());

    let invoice = desk.show(&id).await;
    for (name, expected) in [
        ("payment_status", "credited"),
        ("credited", "26.45"),
        ("credit_notes", "26.45"),
        ("open", "0.00"),
    ] {
        assert_eq!(invoice[name], expected, "{name}");
    }
    let listed = desk.shop.get(&format!("invoices?corrects_id={id}"), &[]).await.json();
    assert_eq!(listed["data"].as_array().unwrap().len(), 4);
}

#[actix_web::test]
async fn what_is_not_there_is_not_taken_back() {
    let desk = Desk::open().await;
    let plain = and(&desk.sale, "warehouse_id", Value::Null);
    let id = desk.issued(&plain).await;
    let some = |line: u32, quantity: &str| json!({"lines": [{"line": line, "quantity": quantity}], "issue": true});
    for (body, code, at) in [
        (some(1, "5"), "credit.exceeds_remaining", "/lines"),
        (some(2, "1"), "credit.line_unknown", "/lines"),
        (some(0, "1"), "credit.line_unknown", "/lines/0/line"),
        (some(1, "0"), "validation.positive", "/lines"),
        (json!({"full": true, "currency": "USD"}), "credit.currency_mismatch", "/currency"),
        (json!({"full": true, "restock": true}), "credit.nothing_to_restock", "/restock"),
        (json!({}), "credit.scope", "/lines"),
        (and(&some(1, "1"), "full", json!(true)), "credit.scope", "/full"),
        (
            json!({"full": true, "supplier_reference": "C-1"}),
            "invoice.reference_unexpected",
            "/supplier_reference",
        ),
        (json!({"full": true, "type_code": "380"}), "validation.type_code", "/type_code"),
    ] {
        desk.refuses_to((&id, "credit-notes", &body), (422, code, at)).await;
    }
    let note = desk.act(&id, "credit-notes", &some(1, "1")).await.json();
    let note = note["id"].as_str().unwrap();
    let full = json!({"full": true});
    desk.refuses_to((note, "credit-notes", &full), (422, "credit.of_credit_note", "")).await;
    let missing = "inv_01kare0z0qf8b8rmyh0z0hdrt5";
    desk.refuses_to((missing, "credit-notes", &full), (404, "resource.not_found", "")).await;
}

#[actix_web::test]
async fn a_draft_of_a_note_is_changed_issued_and_voided() {
    let desk = Desk::open().await;
    let id = desk.issued(&desk.sale).await;
    let body = json!({"lines": [{"line": 1, "quantity": "1"}], "restock": true,
        "note": {"en": "Sorry"}});
    let drafted = desk.act(&id, "credit-notes", &body).await.json();
    let note = drafted["id"].as_str().unwrap();
    assert_eq!((&drafted["status"], &drafted["number"]), (&json!("draft"), &Value::Null));
    assert_eq!(desk.show(&id).await["credited"], "0.00", "a draft takes nothing back");

    let change = json!({"lines": [{"line": 1, "quantity": "3"}], "reason": "Broken"});
    let changed = desk.patch(note, &change).await;
    assert_eq!(changed.status, 200, "{:#}", changed.json());
    let changed = changed.json();
    assert_eq!(changed["lines"][0]["quantity"], "3");
    assert_eq!(
        (&changed["note"]["en"], &changed["warehouse_id"]),
        (&json!("Sorry"), &desk.sale["warehouse_id"]),
        "what is absent stays"
    );
    let issued = desk.act(note, "issue", &json!({})).await;
    assert_eq!(issued.status, 200, "{:#}", issued.json());
    assert_eq!(desk.on_hand().await, "9");
    desk.refuses_to((&id, "void", &json!({})), (409, "invoice.has_credit_notes", "")).await;
    let voided = desk.act(note, "void", &json!({"reason": "Not broken"})).await;
    assert_eq!(voided.status, 200, "{:#}", voided.json());
    let invoice = desk.show(&id).await;
    assert_eq!(
        (&invoice["credited"], &invoice["payment_status"]),
        (&json!("0.00"), &json!("unpaid"))
    );
    assert_eq!(desk.on_hand().await, "6");
    let more = desk.act(&id, "credit-notes", &json!({"full": true, "issue": true})).await;
    assert_eq!(more.json()["totals"]["payable"], "26.45", "what was voided is left again");
}

#[actix_web::test]
async fn a_removed_draft_of_a_note_leaves_the_invoice_alone() {
    let desk = Desk::open().await;
    let id = desk.issued(&desk.sale).await;
    let drafted = desk.act(&id, "credit-notes", &json!({"full": true})).await.json();
    let note = drafted["id"].as_str().unwrap();
    let before = desk.show(&id).await;

    assert_eq!(desk.on_version(Method::DELETE, note, &json!({})).await.status, 204);

    assert_eq!(desk.show(&id).await, before);
    let gone = desk.shop.get(&format!("invoices/{note}"), &[]).await;
    assert_refusal(&gone, 404, "resource.not_found", "");
}

/// What is left of a note is paid back to whom it belongs, under the id that the note has.
#[actix_web::test]
async fn the_rest_of_a_note_is_paid_back_under_its_own_id() {
    let desk = Desk::open().await;
    let id = desk.issued(&desk.sale).await;
    let sold = desk.show(&id).await;
    let amount = sold["totals"]["payable"].as_str().unwrap().to_owned();
    assert_eq!(desk.pay(&id, &amount).await.status, 201);
    let note = desk.act(&id, "credit-notes", &json!({"full": true, "issue": true})).await.json();
    let note = note["id"].as_str().unwrap().to_owned();
    let back = |document: &str| {
        json!({"direction": "out", "customer_id": sold["customer_id"], "amount": amount,
            "currency": "SAR", "method": "cash",
            "allocations": [{"invoice_id": document, "amount": amount}]})
    };

    let forged = note.replace("crn_", "inv_");
    for wrong in [&id, &forged] {
        let refused = desk.shop.post("payments", &back(wrong)).await;
        assert_eq!(refused.problem(), (422, "payment.mismatch".to_owned()), "{wrong}");
    }
    let paid = desk.shop.post("payments", &back(&note)).await;

    assert_eq!(paid.status, 201, "{:#}", paid.json());
    assert_eq!(paid.json()["allocations"][0]["invoice_id"], json!(note));
    assert_eq!(desk.show(&note).await["payment_status"], "paid");
    let found = desk.shop.get(&format!("payments?invoice_id={note}"), &[]).await.json();
    assert_eq!(found["data"].as_array().unwrap().len(), 1);
}
