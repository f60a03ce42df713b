//! Every action on a movement in every state: what is allowed, and what the rest answers.

use actix_web::http::Method;
use serde_json::json;

use crate::yard::{Yard, assert_refusal};

/// Actions and states, and the code of each refusal; an empty code is allowed.
const CELLS: [(&str, [(&str, &str); 4]); 5] = [
    (
        "edit",
        [
            ("draft", ""),
            ("posted", "movement.immutable"),
            ("reversed", "movement.immutable"),
            ("cancelled", "movement.cancelled"),
        ],
    ),
    (
        "post",
        [
            ("draft", ""),
            ("posted", "movement.already_posted"),
            ("reversed", "movement.reversed"),
            ("cancelled", "movement.cancelled"),
        ],
    ),
    (
        "reverse",
        [
            ("draft", "movement.not_posted"),
            ("posted", ""),
            ("reversed", "movement.reversed"),
            ("cancelled", "movement.cancelled"),
        ],
    ),
    (
        "cancel",
        [
            ("draft", ""),
            ("posted", "movement.already_posted"),
            ("reversed", "movement.reversed"),
            ("cancelled", "movement.cancelled"),
        ],
    ),
    (
        "delete",
        [
            ("draft", "movement.use_cancel"),
            ("posted", "movement.immutable"),
            ("reversed", "movement.immutable"),
            ("cancelled", "movement.immutable"),
        ],
    ),
];

/// The state that an action leads to.
const fn led_to(action: &str) -> &'static str {
    match action.as_bytes() {
        b"edit" => "draft",
        b"post" => "posted",
        b"reverse" => "reversed",
        _ => "cancelled",
    }
}

async fn in_state(yard: &Yard, state: &str) -> String {
    let id = match state {
        "draft" | "cancelled" => yard.draft("receipt", "1").await,
        _ => yard.moved("receipt", "1").await,
    };
    let verb = match state {
        "cancelled" => Some("cancel"),
        "reversed" => Some("reverse"),
        _ => None,
    };
    if let Some(verb) = verb {
        assert_eq!(yard.act(verb, &id).await.status, 200);
    }
    assert_eq!(yard.show(&id).await["status"], state);
    id
}

#[actix_web::test]
async fn every_cell_of_actions_and_states_answers_as_it_should() {
    let yard = Yard::open().await;
    for (action, states) in CELLS {
        for (state, code) in states {
            let id = in_state(&yard, state).await;
            let before = (yard.show(&id).await, yard.books().await);

            let answer = yard.act(action, &id).await;

            let cell = format!("{action} of a {state} movement");
            if code.is_empty() {
                assert_eq!(answer.status, 200, "{cell}\n{:#}", answer.json());
                let shown = answer.json();
                assert_eq!(shown["status"], led_to(action), "{cell}");
                let tag = format!("\"{}\"", shown["version"]);
                assert_eq!(answer.header("etag"), Some(tag.as_str()), "{cell}");
                assert_eq!(yard.show(&id).await, shown, "{cell}");
            } else {
                assert_refusal(&answer, 409, code, "");
                assert_eq!((yard.show(&id).await, yard.books().await), before, "{cell}");
            }
        }
    }
}

#[actix_web::test]
async fn what_does_not_exist_can_have_nothing_done_to_it() {
    let yard = Yard::open().await;
    let path = "stock-movements/mov_01kare0z0qf8b8rmyh0z0hdrt5";
    for verb in ["post", "reverse", "cancel"] {
        let answer = yard.shop.post(&format!("{path}/{verb}"), &json!({})).await;
        assert_refusal(&answer, 404, "resource.not_found", "");
    }
    for method in [Method::PATCH, Method::DELETE] {
        let answer = yard.shop.send(method, path, &[("if-match", "\"1\"")], &json!({})).await;
        assert_refusal(&answer, 404, "resource.not_found", "");
    }
}

#[actix_web::test]
async fn a_version_must_be_named_where_the_rule_says_so_and_must_be_the_last() {
    let yard = Yard::open().await;
    let id = yard.draft("receipt", "1").await;
    let path = format!("stock-movements/{id}");
    let note = json!({"note": "a"});
    for method in [Method::PATCH, Method::DELETE] {
        let answer = yard.shop.send(method, &path, &[], &note).await;
        assert_refusal(&answer, 428, "precondition.required", "");
    }
    let patch = async |version: &'static str| {
        let header = [("if-match", version)];
        yard.shop.send(Method::PATCH, &path, &header, &note).await
    };
    let first = patch("\"1\"").await;
    assert_eq!((first.status.as_u16(), first.header("etag")), (200, Some("\"2\"")));
    let second = patch("\"1\"").await;
    assert_refusal(&second, 412, "precondition.failed", "");
    assert_eq!(second.json()["params"]["current_version"], "2");

    for verb in ["post", "cancel"] {
        let path = format!("{path}/{verb}");
        let header = [("if-match", "\"1\"")];
        let answer = yard.shop.send(Method::POST, &path, &header, &json!({})).await;
        assert_refusal(&answer, 412, "precondition.failed", "");
    }
    let header = [("if-match", "\"7\"")];
    let reverse = format!("stock-movements/{}/reverse", yard.receipt);
    let stale = yard.shop.send(Method::POST, &reverse, &header, &json!({})).await;
    assert_refusal(&stale, 412, "precondition.failed", "");
}
