//! Errors in both languages, whoever made them.

use actix_web::http::Method;
use actix_web::test::TestRequest;

use crate::support::{BOXES, empty, request, send, signed_in};

#[actix_web::test]
async fn an_error_speaks_the_language_that_was_asked_for() {
    let books = empty().set_up().await;
    let ask = |language| TestRequest::with_uri(BOXES).insert_header(("accept-language", language));

    let arabic = send(&books, ask("fr, ar-SA;q=0.9, en;q=0.5")).await;
    let english = send(&books, ask("de")).await;

    assert_eq!(arabic.problem(), (401, "auth.token_missing".to_owned()));
    assert_eq!(arabic.header("content-language"), Some("ar"));
    assert_eq!(english.header("content-language"), Some("en"));
    assert_eq!(english.header("vary"), Some("Accept-Language"));
    assert_eq!(arabic.json()["detail"], arabic.json()["messages"]["ar"]);
    assert_eq!(english.json()["detail"], english.json()["messages"]["en"]);
    assert_eq!(arabic.json()["messages"], english.json()["messages"]);
    assert_eq!(english.json()["instance"], BOXES);
}

#[actix_web::test]
async fn a_missing_and_a_bad_token_are_told_apart() {
    let books = empty().set_up().await;
    let with = |value: &str| TestRequest::with_uri(BOXES).insert_header(("authorization", value));

    let missing = send(&books, TestRequest::with_uri(BOXES)).await;
    assert_eq!(missing.problem(), (401, "auth.token_missing".to_owned()));
    assert_eq!(missing.header("www-authenticate"), Some("Bearer"));
    for value in ["Basic YTpi", "Bearer", "Bearer ", "Bearer x", &"Bearer y".repeat(1000)] {
        let bad = send(&books, with(value)).await;
        assert_eq!(bad.problem(), (401, "auth.token_invalid".to_owned()), "{value}");
        assert_eq!(bad.header("www-authenticate"), Some("Bearer error=\"invalid_token\""));
    }
}

#[actix_web::test]
async fn a_wrong_method_names_the_right_ones() {
    let books = empty().set_up().await;
    for method in [Method::DELETE, Method::POST, Method::TRACE, Method::OPTIONS] {
        let answer = send(&books, TestRequest::with_uri("/health").method(method)).await;
        assert_eq!(answer.problem(), (405, "http.method_not_allowed".to_owned()));
        assert_eq!(answer.header("allow"), Some("GET, HEAD"));
    }
    let code = TestRequest::with_uri("/problems/internal").method(Method::PUT);
    assert_eq!(send(&books, code).await.header("allow"), Some("GET, HEAD"));
}

#[actix_web::test]
async fn nothing_is_told_about_a_place_that_does_not_exist() {
    let books = empty().set_up().await;
    for path in ["/", "/api/v1/nothing", "/api/docs/nothing.js", "/problems/nothing", "/%ff"] {
        let answer = send(&books, TestRequest::with_uri(path)).await;
        assert_eq!(answer.problem(), (404, "resource.not_found".to_owned()), "{path}");
    }
}

#[actix_web::test]
async fn a_failure_of_ours_never_tells_its_cause() {
    let (books, token) = signed_in().await;
    for path in ["/api/v1/test/failure", "/api/v1/test/panic"] {
        let answer = send(&books, request(Method::GET, path, &token)).await;
        assert_eq!(answer.problem(), (500, "internal".to_owned()));
        let text = String::from_utf8(answer.body).unwrap();
        assert!(!text.contains("SELECT") && !text.contains("fell over"));
    }
}

#[actix_web::test]
async fn errors_of_the_framework_are_envelopes_too() {
    let (books, token) = signed_in().await;
    let answer = send(&books, request(Method::GET, "/api/v1/test/framework", &token)).await;
    assert_eq!(answer.problem(), (400, "http.malformed".to_owned()));
}

#[actix_web::test]
async fn until_somebody_sets_it_up_the_api_is_closed() {
    let books = empty();

    let closed = send(&books, TestRequest::with_uri(BOXES)).await;
    assert_eq!(closed.problem(), (503, "setup.required".to_owned()));
    assert!(closed.header("retry-after").is_some());
    for path in ["/health", "/health/live", "/health/ready", "/api/schema", "/problems/internal"] {
        assert_eq!(send(&books, TestRequest::with_uri(path)).await.status, 200, "{path}");
    }
    let open = send(&books.set_up().await, TestRequest::with_uri(BOXES)).await;
    assert_eq!(open.problem(), (401, "auth.token_missing".to_owned()));
}
