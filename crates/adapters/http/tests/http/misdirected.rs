//! Requests that are meant for somebody else, and heads and encodings that nobody needs.

use actix_web::http::Method;
use actix_web::test::TestRequest;
use gaara_http::{Hosts, HttpConfig};

use crate::support::{answer_of, configured, empty, request, send, signed_in};

#[actix_web::test]
async fn a_request_for_another_name_is_misdirected() {
    let books = empty().set_up().await;
    let hosts = Hosts::new(["books.example.com".to_owned()]);
    let server = configured(&books, HttpConfig { hosts, ..HttpConfig::default() }).await;
    let told = async |request: TestRequest| answer_of(&server, request).await;

    for host in ["books.example.com", "BOOKS.example.com:443", "localhost:8080", "127.0.0.1"] {
        let request = TestRequest::with_uri("/health").insert_header(("host", host));
        assert_eq!(told(request).await.status, 200, "{host}");
    }
    for host in ["evil.example", "books.example.com.evil.example", "192.0.2.1", ""] {
        let request = TestRequest::with_uri("/health").insert_header(("host", host));
        let code = told(request).await.problem();
        assert_eq!(code, (421, "http.misdirected".to_owned()), "{host}");
    }
    let absolute = TestRequest::with_uri("http://evil.example/health");
    let absolute = absolute.insert_header(("host", "books.example.com"));
    assert_eq!(told(absolute).await.problem().0, 421);
    let two = TestRequest::with_uri("/health").append_header(("host", "books.example.com"));
    let two = two.append_header(("host", "evil.example"));
    assert_eq!(told(two).await.problem().0, 421);
}

/// A route that is found under another name would miss what is decided by its name.
#[actix_web::test]
async fn a_path_that_hides_letters_leads_nowhere() {
    let (books, token) = signed_in().await;
    let status = async |path| send(&books, request(Method::GET, path, &token)).await.status;
    assert_eq!(status("/api/v1/products").await, 200);
    for path in ["/api/v1/%70roducts", "/api/v1/p%72oducts", "/%61pi/v1/products", "/api/%2e/v1/me"]
    {
        let answer = send(&books, request(Method::GET, path, &token)).await;
        assert_eq!(answer.problem(), (404, "resource.not_found".to_owned()), "{path}");
    }
    assert_eq!(status("/problems/%20").await, 404, "what has to be hidden is looked for");
    assert_eq!(status("/api/v1/products?q=%61").await, 200, "a query may hide what it likes");
}

#[actix_web::test]
async fn a_head_has_an_end() {
    let books = empty().set_up().await;
    let with = |bytes: usize| {
        TestRequest::with_uri("/health").insert_header(("x-filler", "x".repeat(bytes)))
    };
    assert_eq!(send(&books, with(32_000)).await.status, 200);
    let large = send(&books, with(33_000)).await;
    assert_eq!(large.problem(), (431, "http.head_too_large".to_owned()));
    let long = TestRequest::with_uri(&format!("/health?{}", "x".repeat(33_000)));
    assert_eq!(send(&books, long).await.problem().0, 431);
}

#[actix_web::test]
async fn no_request_is_encoded_whatever_it_asks() {
    let books = empty().set_up().await;
    for (method, path) in [(Method::GET, "/health"), (Method::POST, "/api/v1/auth/logout")] {
        let request = TestRequest::with_uri(path).method(method);
        let request = request.insert_header(("content-encoding", "gzip"));
        let code = send(&books, request).await.problem();
        assert_eq!(code, (415, "http.unsupported_encoding".to_owned()), "{path}");
    }
}

#[actix_web::test]
async fn a_wrong_method_is_told_the_right_ones() {
    let books = empty().set_up().await;
    for method in [Method::TRACE, Method::CONNECT, Method::DELETE, Method::OPTIONS] {
        let request = TestRequest::with_uri("/api/v1/products").method(method.clone());
        let answer = send(&books, request).await;
        let code = answer.problem();
        assert_eq!(code, (405, "http.method_not_allowed".to_owned()), "{method}");
        assert_eq!(answer.header("allow"), Some("GET, HEAD, POST"));
    }
}
