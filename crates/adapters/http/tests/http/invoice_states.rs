//! Every action on a document in every state: what is allowed, and what the rest answers.

use actix_web::http::Method;
use serde_json::{Value, json};

use crate::desk::Desk;
use crate::support::Answer;
use crate::yard::{and, assert_refusal};

const STATES: [&str; 6] = ["draft", "unpaid", "partially_paid", "paid", "credited", "void"];

/// Actions, and the code of each refusal by state; an empty code is allowed.
const CELLS: [(&str, [&str; 6]); 7] = [
    (
        "edit",
        [
            "",
            "invoice.immutable",
            "invoice.immutable",
            "invoice.immutable",
            "invoice.immutable",
            "invoice.void",
        ],
    ),
    ("note", ["", "", "", "", "", "invoice.void"]),
    (
        "issue",
        [
            "",
            "invoice.already_issued",
            "invoice.already_issued",
            "invoice.already_issued",
            "invoice.already_issued",
            "invoice.void",
        ],
    ),
    ("credit", ["invoice.not_issued", "", "", "", "credit.exceeds_remaining", "invoice.void"]),
    (
        "void",
        [
            "invoice.not_issued",
            "",
            "invoice.has_allocations",
            "invoice.has_allocations",
            "invoice.has_credit_notes",
            "invoice.void",
        ],
    ),
    (
        "delete",
        [
            "",
            "invoice.immutable",
            "invoice.immutable",
            "invoice.immutable",
            "invoice.immutable",
            "invoice.immutable",
        ],
    ),
    ("pay", ["invoice.not_issued", "", "", "-", "-", "invoice.void"]),
];

/// An invoice over services of 26.45, in a state.
async fn in_state(desk: &Desk, state: &str) -> String {
    let body = and(&desk.sale, "warehouse_id", Value::Null);
    if state == "draft" {
        return desk.draft(&body).await;
    }
    let id = desk.issued(&body).await;
    let answer = match state {
        "partially_paid" => Some(desk.pay(&id, "10.00").await),
        "paid" => Some(desk.pay(&id, "26.45").await),
        "credited" => {
            let full = json!({"full": true, "issue": true});
            Some(desk.act(&id, "credit-notes", &full).await)
        }
        "void" => Some(desk.act(&id, "void", &json!({})).await),
        _ => None,
    };
    if let Some(answer) = answer {
        assert!(answer.status.is_success(), "{:#}", answer.json());
    }
    id
}

async fn act(desk: &Desk, action: &str, id: &str) -> Answer {
    match action {
        "edit" => desk.patch(id, &json!({"due_date": "2026-12-30"})).await,
        "note" => desk.patch(id, &json!({"note": {"en": "Call first"}, "tags": ["late"]})).await,
        "credit" => {
            let some = json!({"lines": [{"line": 1, "quantity": "1"}], "issue": true});
            desk.act(id, "credit-notes", &some).await
        }
        "delete" => desk.on_version(Method::DELETE, id, &json!({})).await,
        "pay" => desk.pay(id, "1.00").await,
        verb => desk.act(id, verb, &json!({})).await,
    }
}

#[actix_web::test]
async fn every_cell_of_actions_and_states_answers_as_it_should() {
    let desk = Desk::open().await;
    for (action, codes) in CELLS {
        for (state, code) in STATES.into_iter().zip(codes).filter(|(_, code)| *code != "-") {
            let id = in_state(&desk, state).await;
            let before = (desk.show(&id).await, desk.books().await);
            let shown = &before.0;
            let is_same = [&shown["status"], &shown["payment_status"]].contains(&&json!(state));
            assert!(is_same, "{shown:#}");

            let answer = act(&desk, action, &id).await;

            let cell = format!("{action} of a {state} invoice");
            if code.is_empty() {
                assert!(answer.status.is_success(), "{cell}: {:#}", answer.json());
                continue;
            }
            let status = if code == "credit.exceeds_remaining" { 422 } else { 409 };
            assert_eq!(answer.problem(), (status, code.to_owned()), "{cell}");
            assert_eq!((desk.show(&id).await, desk.books().await), before, "{cell}");
        }
    }
}

#[actix_web::test]
async fn what_an_allowed_action_leads_to_is_shown() {
    let desk = Desk::open().await;

    let draft = in_state(&desk, "draft").await;
    let edited = act(&desk, "edit", &draft).await.json();
    assert_eq!((&edited["due_date"], &edited["version"]), (&json!("2026-12-30"), &json!(2)));
    let noted = act(&desk, "note", &draft).await.json();
    assert_eq!((&noted["note"]["en"], &noted["tags"]), (&json!("Call first"), &json!(["late"])));
    let issued = act(&desk, "issue", &draft).await.json();
    assert_eq!((&issued["status"], &issued["due_date"]), (&json!("issued"), &json!("2026-12-30")));
    let voided = act(&desk, "void", &draft).await.json();
    assert_eq!((&voided["status"], &voided["payment_status"]), (&json!("void"), &json!("none")));
    assert_eq!((&voided["number"], &voided["open"]), (&issued["number"], &json!("0.00")));
    assert_eq!(voided["totals"], issued["totals"]);

    let draft = in_state(&desk, "draft").await;
    assert_eq!(act(&desk, "delete", &draft).await.status, 204);
    let gone = desk.shop.get(&format!("invoices/{draft}"), &[]).await;
    assert_refusal(&gone, 404, "resource.not_found", "");
    let next = in_state(&desk, "unpaid").await;
    assert_eq!(desk.show(&next).await["number"], "INV-2026-00002", "a draft leaves no gap");
}

#[actix_web::test]
async fn a_void_gives_the_goods_back_by_a_movement_of_its_own() {
    let desk = Desk::open().await;
    let id = desk.issued(&desk.sale).await;
    assert_eq!(desk.on_hand().await, "6");

    let reason = json!({"reason": "Issued twice"});
    let voided = desk.act(&id, "void", &reason).await.json();

    assert_eq!(
        (&voided["status"], &voided["void_reason"]),
        (&json!("void"), &json!("Issued twice"))
    );
    assert_eq!(desk.on_hand().await, "10");
    let ledger = desk.shop.get("stock-ledger", &[]).await.json();
    assert_eq!(ledger["data"].as_array().unwrap().len(), 3, "in, out, and back");
}

#[actix_web::test]
async fn changes_name_the_version_and_ids_their_kind() {
    let desk = Desk::open().await;
    let id = desk.draft(&desk.sale).await;
    let path = format!("invoices/{id}");
    let note = json!({"note": {"en": "x"}});

    for method in [Method::PATCH, Method::DELETE] {
        let answer = desk.shop.send(method.clone(), &path, &[], &note).await;
        assert_refusal(&answer, 428, "precondition.required", "");
        let stale = [("if-match", "\"7\"")];
        let answer = desk.shop.send(method, &path, &stale, &note).await;
        assert_refusal(&answer, 412, "precondition.failed", "");
    }
    for verb in ["issue", "void"] {
        let path = format!("{path}/{verb}");
        let answer =
            desk.shop.send(Method::POST, &path, &[("if-match", "\"7\"")], &json!({})).await;
        let expected = if verb == "issue" { "precondition.failed" } else { "invoice.not_issued" };
        assert_eq!(answer.problem().1, expected);
    }
    let note = id.replace("inv_", "crn_");
    for (path, status, code) in [
        (format!("invoices/{note}"), 400, "id.wrong_kind"),
        ("invoices/cus_01kare0z0qf8b8rmyh0z0hdrt5".to_owned(), 400, "id.wrong_kind"),
        ("invoices/inv_01kare0z0qf8b8rmyh0z0hdrt5".to_owned(), 404, "resource.not_found"),
        ("invoices/inv_x".to_owned(), 400, "id.malformed"),
    ] {
        assert_refusal(&desk.shop.get(&path, &[]).await, status, code, "");
    }
    let known = desk.shop.get(&path, &[("if-none-match", "\"1\"")]).await;
    assert_eq!(known.status, 304);
}

#[actix_web::test]
async fn each_role_does_what_it_may() {
    let desk = Desk::open().await;
    let body = and(&desk.sale, "warehouse_id", Value::Null);
    for (role, drafts, issues, voids, reads) in [
        ("sales", 201, 200, 403, 200),
        ("accountant", 201, 200, 200, 200),
        ("auditor", 403, 403, 403, 200),
        ("storekeeper", 403, 403, 403, 403),
    ] {
        let draft = desk.draft(&body).await;
        let issued = desk.issued(&body).await;
        let own = desk.shop.joined_by(role).await;
        let statuses = [
            own.post("invoices", &body).await.status.as_u16(),
            own.post(&format!("invoices/{draft}/issue"), &json!({})).await.status.as_u16(),
            own.post(&format!("invoices/{issued}/void"), &json!({})).await.status.as_u16(),
            own.get("invoices", &[]).await.status.as_u16(),
        ];
        assert_eq!(statuses, [drafts, issues, voids, reads], "{role}");
    }
}
