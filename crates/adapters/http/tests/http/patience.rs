//! How long answering may take, and what an answer says that needs somebody else.

use std::time::Duration;

use actix_web::http::Method;
use gaara_http::HttpConfig;

use crate::support::{answer_of, configured, request, send, signed_in};

#[actix_web::test]
async fn what_takes_too_long_is_ended_and_told() {
    let (books, token) = signed_in().await;
    let config = HttpConfig {
        request_timeout: Duration::from_millis(20),
        export_timeout: Duration::from_millis(40),
        ..HttpConfig::default()
    };
    let server = configured(&books, config).await;

    for accept in ["application/json", "text/csv"] {
        let asked = request(Method::GET, "/api/v1/test/forever", &token);
        let answer = answer_of(&server, asked.insert_header(("accept", accept))).await;
        assert_eq!(answer.problem(), (503, "http.timeout".to_owned()));
        assert_eq!(answer.header("retry-after"), Some("1"));
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
    }
}

#[actix_web::test]
async fn what_needs_somebody_who_is_left_alone_says_when_to_come_back() {
    let (books, token) = signed_in().await;

    let answer = send(&books, request(Method::GET, "/api/v1/test/dependency", &token)).await;

    assert_eq!(answer.problem(), (503, "dependency.unavailable".to_owned()));
    assert_eq!(answer.header("retry-after"), Some("30"));
    assert_eq!(answer.json()["params"]["name"], "payment");
}
