//! Pages of other sites: those on the list may use the API, all others may not.

use actix_web::http::Method;
use actix_web::test::TestRequest;
use gaara_http::HttpConfig;

use crate::support::{Answer, Server, answer_of, configured, empty, request, signed_in};

const APP: &str = "https://app.example.com";

fn config() -> HttpConfig {
    HttpConfig { origins: APP.parse().unwrap(), ..HttpConfig::default() }
}

async fn server() -> Server {
    configured(&empty().set_up().await, config()).await
}

fn preflight(origin: &str, path: &str) -> TestRequest {
    TestRequest::with_uri(path)
        .method(Method::OPTIONS)
        .insert_header(("origin", origin))
        .insert_header(("access-control-request-method", "PATCH"))
        .insert_header(("access-control-request-headers", "authorization, if-match"))
}

fn names_nobody(answer: &Answer) -> bool {
    ["access-control-allow-origin", "access-control-allow-credentials"]
        .into_iter()
        .all(|name| answer.header(name).is_none())
}

#[actix_web::test]
async fn a_listed_site_is_told_without_a_token_what_it_may_send() {
    let answer = answer_of(&server().await, preflight(APP, "/api/v1/products/prd_1")).await;

    assert_eq!(answer.status, 204);
    assert_eq!(answer.header("access-control-allow-origin"), Some(APP));
    assert_eq!(answer.header("access-control-allow-credentials"), Some("true"));
    assert_eq!(answer.header("access-control-max-age"), Some("600"));
    let methods = answer.header("access-control-allow-methods").unwrap();
    assert!(methods.contains("PATCH") && !methods.contains("POST"), "{methods}");
    let headers = answer.header("access-control-allow-headers").unwrap();
    for name in ["authorization", "if-match", "idempotency-key", "x-csrf-token"] {
        assert!(headers.contains(name), "{headers}");
    }
    let varies: Vec<_> = answer.headers.get_all("vary").map(|it| it.to_str().unwrap()).collect();
    assert!(varies.contains(&"Origin"), "{varies:?}");
}

#[actix_web::test]
async fn origins_that_only_look_alike_are_told_nothing() {
    let server = server().await;
    for origin in [
        "https://app.example.com.evil",
        "null",
        "https://app.example.com:8443",
        "https://APP.EXAMPLE.COM",
        "http://app.example.com",
        "https://evil.example",
        "*",
    ] {
        let asked = answer_of(&server, preflight(origin, "/api/v1/products")).await;
        assert_eq!(asked.problem(), (403, "http.origin_denied".to_owned()), "{origin}");
        assert!(names_nobody(&asked), "{origin}");
        let read = TestRequest::with_uri("/health").insert_header(("origin", origin));
        let read = answer_of(&server, read).await;
        assert!(read.status == 200 && names_nobody(&read), "{origin}");
    }
    let twice =
        preflight(APP, "/api/v1/products").append_header(("origin", "https://evil.example"));
    assert!(names_nobody(&answer_of(&server, twice).await));
}

#[actix_web::test]
async fn errors_can_be_read_by_a_listed_site_as_well() {
    let server = server().await;
    for (path, status) in
        [("/api/v1/products", 401), ("/nowhere", 404), ("/api/v1/test/panic", 500)]
    {
        let answer = answer_of(&server, TestRequest::with_uri(path).insert_header(("origin", APP)));
        let answer = answer.await;
        assert_eq!(answer.status, status);
        assert_eq!(answer.header("access-control-allow-origin"), Some(APP), "{path}");
        let read = answer.header("access-control-expose-headers").unwrap();
        assert!(read.contains("etag") && read.contains("ratelimit"), "{read}");
    }
}

#[actix_web::test]
async fn without_a_list_nobody_is_told_anything() {
    let (books, token) = signed_in().await;
    let server = configured(&books, HttpConfig::default()).await;
    let asked = answer_of(&server, preflight(APP, "/api/v1/products")).await;
    assert_eq!(asked.problem(), (403, "http.origin_denied".to_owned()));
    let read = request(Method::GET, "/api/v1/products", &token).insert_header(("origin", APP));
    let read = answer_of(&server, read).await;
    assert!(read.status == 200 && names_nobody(&read));
}
