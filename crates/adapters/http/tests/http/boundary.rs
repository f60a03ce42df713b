//! What every answer carries.

use actix_web::http::Method;
use actix_web::test::TestRequest;
use gaara_security_policy::RESPONSE_HEADERS;

use crate::support::{BOXES, empty, request, send, signed_in};

#[actix_web::test]
async fn security_headers_stand_on_every_answer() {
    let (books, token) = signed_in().await;
    let requests = [
        TestRequest::with_uri("/health"),
        TestRequest::with_uri("/nowhere"),
        TestRequest::with_uri("/health").method(Method::DELETE),
        TestRequest::with_uri(BOXES),
        request(Method::GET, BOXES, &token),
        request(Method::GET, "/api/v1/test/panic", &token),
        request(Method::GET, "/api/v1/test/failure", &token),
    ];

    for request in requests {
        let answer = send(&books, request).await;
        for (name, value) in RESPONSE_HEADERS {
            assert_eq!(answer.header(name), Some(value), "{} {name}", answer.status);
        }
    }
}

#[actix_web::test]
async fn the_trace_of_a_client_is_kept() {
    let books = empty().set_up().await;
    let trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    let parent = format!("00-{trace}-00f067aa0ba902b7-01");

    let kept = TestRequest::with_uri(BOXES).insert_header(("traceparent", parent));
    let kept = send(&books, kept).await;
    let new = TestRequest::with_uri(BOXES).insert_header(("traceparent", "nonsense"));
    let new = send(&books, new).await;

    assert_eq!(kept.json()["trace_id"], trace);
    assert_eq!(kept.header("x-trace-id"), Some(trace));
    assert!(kept.header("traceresponse").unwrap().starts_with(&format!("00-{trace}-")));
    assert_eq!(new.header("x-trace-id").unwrap().len(), 32);
    assert_ne!(new.header("x-trace-id"), Some(trace));
}

#[actix_web::test]
async fn the_documentation_page_may_run_its_own_scripts() {
    let books = empty();

    let page = send(&books, TestRequest::with_uri("/api/docs/")).await;
    let script = send(&books, TestRequest::with_uri("/api/docs/swagger-initializer.js")).await;
    let short = send(&books, TestRequest::with_uri("/api/docs")).await;

    assert_eq!(page.status, 200);
    assert!(page.header("content-security-policy").unwrap().contains("script-src 'nonce-"));
    let text = String::from_utf8(page.body).unwrap();
    assert!(text.contains("swagger-ui") && !text.contains("<script>"), "{text}");
    let script = String::from_utf8(script.body).unwrap();
    assert!(script.contains("/api/schema") && !script.contains("petstore"));
    assert_eq!(short.header("location"), Some("/api/docs/"));
}
