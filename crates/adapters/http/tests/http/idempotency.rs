//! A request that is sent again has its effect once.

use crate::support::{Answer, BOXES, post, request, send, signed_in};
use actix_web::http::Method;
use gaara_testkit::Harness;

const FIRST: &str = r#"{"code": "MAIN", "name": {"en": "Main"}}"#;
const OTHER: &str = r#"{"code": "SIDE", "name": {"en": "Side"}}"#;

async fn with_key(books: &Harness, token: &str, key: &str, body: &'static str) -> Answer {
    send(books, post(token, body).insert_header(("idempotency-key", key))).await
}

#[actix_web::test]
async fn a_replay_gives_the_first_answer_again() {
    let (books, token) = signed_in().await;
    let key = "order-2026-11-23-1";

    let first = with_key(&books, &token, key, FIRST).await;
    let again = with_key(&books, &token, key, FIRST).await;
    let other = with_key(&books, &token, key, OTHER).await;

    assert_eq!((first.status.as_u16(), again.status.as_u16()), (201, 201));
    assert_eq!(first.body, again.body);
    for name in ["location", "etag", "content-type"] {
        assert_eq!(first.header(name), again.header(name), "{name}");
    }
    assert_eq!(first.header("idempotency-replayed"), None);
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    assert_eq!(other.problem(), (422, "idempotency.key_reused".to_owned()));
    let list = send(&books, request(Method::GET, BOXES, &token)).await;
    assert_eq!(list.json()["data"].as_array().unwrap().len(), 1);
}

#[actix_web::test]
async fn a_key_nobody_could_have_made_is_malformed() {
    let (books, token) = signed_in().await;
    let answer = with_key(&books, &token, "short", FIRST).await;
    assert_eq!(answer.problem(), (400, "idempotency.key_invalid".to_owned()));
}
