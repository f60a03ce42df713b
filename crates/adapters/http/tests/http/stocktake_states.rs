//! Every action on a stocktake in every state: what is allowed, and what the rest answers.

use actix_web::http::Method;
use serde_json::{Value, json};

use crate::support::Answer;
use crate::yard::{Yard, assert_refusal};

/// Actions and states, and the code of each refusal; an empty code is allowed.
const CELLS: [(&str, [(&str, &str); 4]); 5] = [
    (
        "edit",
        [
            ("draft", ""),
            ("counting", "stocktake.started"),
            ("posted", "stocktake.posted"),
            ("cancelled", "stocktake.cancelled"),
        ],
    ),
    (
        "start",
        [
            ("draft", ""),
            ("counting", "stocktake.started"),
            ("posted", "stocktake.posted"),
            ("cancelled", "stocktake.cancelled"),
        ],
    ),
    (
        "count",
        [
            ("draft", "stocktake.not_started"),
            ("counting", ""),
            ("posted", "stocktake.posted"),
            ("cancelled", "stocktake.cancelled"),
        ],
    ),
    (
        "post",
        [
            ("draft", "stocktake.not_started"),
            ("counting", ""),
            ("posted", "stocktake.posted"),
            ("cancelled", "stocktake.cancelled"),
        ],
    ),
    (
        "cancel",
        [
            ("draft", ""),
            ("counting", ""),
            ("posted", "stocktake.posted"),
            ("cancelled", "stocktake.cancelled"),
        ],
    ),
];

/// The state that an action leads to.
const fn led_to(action: &str) -> &'static str {
    match action.as_bytes() {
        b"edit" => "draft",
        b"start" | b"count" => "counting",
        b"post" => "posted",
        _ => "cancelled",
    }
}

async fn show(yard: &Yard, id: &str) -> Value {
    let answer = yard.shop.get(&format!("stocktakes/{id}"), &[]).await;
    assert_eq!(answer.status, 200, "{:#}", answer.json());
    answer.json()
}

/// Does something to a stocktake, on the version it is at.
async fn act(yard: &Yard, action: &str, id: &str) -> Answer {
    let path = format!("stocktakes/{id}");
    let version = format!("\"{}\"", show(yard, id).await["version"]);
    let expected = [("if-match", version.as_str())];
    match action {
        "edit" => yard.shop.send(Method::PATCH, &path, &expected, &json!({"note": "a"})).await,
        "count" => {
            let counts = json!({"counts": [{"product_id": yard.product, "quantity": "10"}]});
            yard.shop.send(Method::PUT, &format!("{path}/counts"), &expected, &counts).await
        }
        "post" => yard.shop.post(&format!("{path}/post"), &json!({"uncounted": "keep"})).await,
        verb => yard.shop.post(&format!("{path}/{verb}"), &json!({})).await,
    }
}

async fn in_state(yard: &Yard, state: &str) -> String {
    let id = yard.shop.create("stocktakes", &json!({"warehouse_id": yard.main})).await;
    let actions: &[&str] = match state {
        "counting" => &["start"],
        "posted" => &["start", "post"],
        "cancelled" => &["cancel"],
        _ => &[],
    };
    for action in actions {
        assert_eq!(act(yard, action, &id).await.status, 200, "{action}");
    }
    assert_eq!(show(yard, &id).await["status"], state);
    id
}

#[actix_web::test]
async fn every_cell_of_actions_and_states_answers_as_it_should() {
    let yard = Yard::open().await;
    for (action, states) in CELLS {
        for (state, code) in states {
            let id = in_state(&yard, state).await;
            let before = (show(&yard, &id).await, yard.books().await);

            let answer = act(&yard, action, &id).await;

            let cell = format!("{action} of a {state} stocktake");
            if code.is_empty() {
                assert_eq!(answer.status, 200, "{cell}\n{:#}", answer.json());
                let shown = answer.json();
                assert_eq!(shown["status"], led_to(action), "{cell}");
                let tag = format!("\"{}\"", shown["version"]);
                assert_eq!(answer.header("etag"), Some(tag.as_str()), "{cell}");
                assert_eq!(show(&yard, &id).await, shown, "{cell}");
            } else {
                assert_refusal(&answer, 409, code, "");
                assert_eq!((show(&yard, &id).await, yard.books().await), before, "{cell}");
            }
            // Whatever still counts would be in the way of the next one.
            act(&yard, "cancel", &id).await;
        }
    }
}

#[actix_web::test]
async fn what_does_not_exist_can_have_nothing_done_to_it() {
    let yard = Yard::open().await;
    let path = "stocktakes/stk_01kare0z0qf8b8rmyh0z0hdrt5";
    for verb in ["start", "post", "cancel"] {
        let answer = yard.shop.post(&format!("{path}/{verb}"), &json!({})).await;
        assert_refusal(&answer, 404, "resource.not_found", "");
    }
    let expected = [("if-match", "\"1\"")];
    let patch = yard.shop.send(Method::PATCH, path, &expected, &json!({})).await;
    assert_refusal(&patch, 404, "resource.not_found", "");
    let counts = format!("{path}/counts");
    let put = yard.shop.send(Method::PUT, &counts, &expected, &json!({"counts": []})).await;
    assert_refusal(&put, 404, "resource.not_found", "");
    for path in [path.to_owned(), format!("{path}/lines")] {
        let answer = yard.shop.get(&path, &[]).await;
        assert_refusal(&answer, 404, "resource.not_found", "");
    }
}

#[actix_web::test]
async fn a_version_must_be_named_where_the_rule_says_so_and_must_be_the_last() {
    let yard = Yard::open().await;
    let draft = in_state(&yard, "draft").await;
    let (path, note) = (format!("stocktakes/{draft}"), json!({"note": "a"}));
    let unnamed = yard.shop.send(Method::PATCH, &path, &[], &note).await;
    assert_refusal(&unnamed, 428, "precondition.required", "");
    let stale = [("if-match", "\"7\"")];
    let patch = yard.shop.send(Method::PATCH, &path, &stale, &note).await;
    assert_refusal(&patch, 412, "precondition.failed", "");
    assert_eq!(patch.json()["params"]["current_version"], "1");
    for verb in ["start", "cancel"] {
        let path = format!("{path}/{verb}");
        let answer = yard.shop.send(Method::POST, &path, &stale, &json!({})).await;
        assert_refusal(&answer, 412, "precondition.failed", "");
    }

    let counting = format!("stocktakes/{}", in_state(&yard, "counting").await);
    let counts = format!("{counting}/counts");
    let none = json!({"counts": []});
    let unnamed = yard.shop.send(Method::PUT, &counts, &[], &none).await;
    assert_refusal(&unnamed, 428, "precondition.required", "");
    let put = yard.shop.send(Method::PUT, &counts, &stale, &none).await;
    assert_refusal(&put, 412, "precondition.failed", "");
    let post = format!("{counting}/post");
    let answer = yard.shop.send(Method::POST, &post, &stale, &json!({})).await;
    assert_refusal(&answer, 412, "precondition.failed", "");
}

#[actix_web::test]
async fn who_keeps_the_stock_counts_it_and_everybody_sees_it() {
    let yard = Yard::open().await;
    let plan = json!({"warehouse_id": yard.main});
    for (role, planned, posted) in [
        ("sales", 403, 403),
        ("accountant", 403, 403),
        ("auditor", 403, 403),
        ("storekeeper", 201, 200),
    ] {
        let id = in_state(&yard, "counting").await;
        let shop = yard.shop.joined_by(role).await;
        assert_eq!(shop.post("stocktakes", &plan).await.status, planned, "{role}");
        assert_eq!(shop.get(&format!("stocktakes/{id}/lines"), &[]).await.status, 200, "{role}");
        let keep = json!({"uncounted": "keep"});
        let answer = shop.post(&format!("stocktakes/{id}/post"), &keep).await;
        assert_eq!(answer.status, posted, "{role}");
        act(&yard, "cancel", &id).await;
    }
}
