//! What bodies are refused, and that everything wrong is told at once.

use serde_json::json;

use crate::support::{post, send, signed_in};

const GOOD: &str = r#"{"code": "MAIN", "name": {"en": "Main", "ar": "الرئيسي"}}"#;

async fn refused(body: &str) -> (u16, String, Vec<(String, String)>) {
    let (books, token) = signed_in().await;
    let answer = send(&books, post(&token, body.to_owned())).await;
    let (status, code) = answer.problem();
    (status, code, answer.fields())
}

fn fields(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(pointer, code)| ((*pointer).to_owned(), (*code).to_owned())).collect()
}

#[actix_web::test]
async fn a_good_body_is_taken() {
    let (books, token) = signed_in().await;

    let answer = send(&books, post(&token, GOOD)).await;

    assert_eq!(answer.status, 201);
    assert_eq!(answer.header("etag"), Some("\"1\""));
    let location = answer.header("location").unwrap();
    assert!(location.starts_with("/api/v1/test/boxes/whs_"), "{location}");
    assert_eq!(answer.json()["display_name"], "Main");
}

#[actix_web::test]
async fn a_body_that_is_not_json_is_malformed() {
    for body in ["", "{", "\u{feff}{}", &"[".repeat(1000), &format!("{GOOD}{GOOD}")] {
        let (status, code, _) = refused(body).await;
        assert_eq!((status, code.as_str()), (400, "json.invalid"), "{body}");
    }
}

#[actix_web::test]
async fn a_field_that_stands_twice_is_malformed() {
    let (status, code, found) = refused(r#"{"name": {"en": "A", "en": "B"}}"#).await;

    assert_eq!((status, code.as_str()), (400, "json.duplicate_field"));
    assert_eq!(found, fields(&[("/name/en", "json.duplicate_field")]));
}

#[actix_web::test]
async fn everything_wrong_is_told_at_once() {
    let body = json!({
        "code": "a b", "name": {"fr": "Boîte"}, "role": "admin", "note": "x".repeat(21),
        "size": {"quantity": 5, "colour": "red"},
        "parts": [{"quantity": "1"}, {"quantity": "1.0000001"}, {}],
    });

    let (status, code, found) = refused(&body.to_string()).await;

    assert_eq!((status, code.as_str()), (422, "validation.failed"));
    let expected = [
        ("/code", "validation.code"),
        ("/name/fr", "validation.unknown_field"),
        ("/note", "validation.text_too_long"),
        ("/parts/1/quantity", "validation.scale"),
        ("/parts/2/quantity", "validation.required"),
        ("/role", "validation.unknown_field"),
        ("/size/colour", "validation.unknown_field"),
        ("/size/quantity", "validation.number"),
    ];
    assert_eq!(found, fields(&expected));
}

#[actix_web::test]
async fn one_kind_of_fault_gives_the_whole_its_code() {
    let (status, code, found) = refused("{}").await;

    assert_eq!((status, code.as_str()), (422, "validation.required"));
    let expected = [("/code", "validation.required"), ("/name", "validation.required")];
    assert_eq!(found, fields(&expected));
}

#[actix_web::test]
async fn an_id_of_another_kind_is_malformed() {
    let (books, token) = signed_in().await;
    let user = send(&books, post(&token, GOOD)).await.json()["id"].as_str().unwrap().to_owned();
    let user = user.replace("whs_", "usr_");

    let (status, code, found) = refused(&json!({"id": user}).to_string()).await;

    assert_eq!((status, code.as_str()), (400, "id.wrong_kind"));
    assert!(found.contains(&("/id".to_owned(), "id.wrong_kind".to_owned())));
}

#[actix_web::test]
async fn a_shape_that_does_not_fit_is_told_by_its_place() {
    let cases = [
        ("[]", ""),
        ("null", ""),
        (r#"["MAIN", {"en": "Main"}]"#, ""),
        (r#"{"size": []}"#, "/size"),
        (r#"{"size": ["1"]}"#, "/size"),
        (r#"{"parts": {}}"#, "/parts"),
        (r#"{"parts": [{}, ["1"]]}"#, "/parts/1"),
        (r#"{"parts": [null]}"#, "/parts/0"),
    ];

    for (body, pointer) in cases {
        let (status, code, found) = refused(body).await;
        assert_eq!((status, code.as_str()), (422, "validation.type"), "{body}");
        assert_eq!(found, fields(&[(pointer, "validation.type")]), "{body}");
    }
}

#[actix_web::test]
async fn too_many_entries_are_refused() {
    let parts = vec![json!({"quantity": "1"}); 4];
    let body = json!({"code": "A", "name": {"en": "A"}, "parts": parts});

    let (status, code, found) = refused(&body.to_string()).await;

    assert_eq!((status, code.as_str()), (422, "validation.too_many"));
    assert_eq!(found, fields(&[("/parts", "validation.too_many")]));
}

#[actix_web::test]
async fn a_refusal_is_no_longer_than_anybody_reads() {
    let (books, token) = signed_in().await;
    let names: Vec<String> = (0..5_000).map(|name| format!("\"x{name}\": 1")).collect();
    let refused = send(&books, post(&token, format!("{{{}}}", names.join(",")))).await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.fields().len(), 100);
}

#[actix_web::test]
async fn a_body_has_a_size_a_type_and_no_encoding() {
    let (books, token) = signed_in().await;
    let large = format!("{{\"note\": \"{}\"}}", "x".repeat(300 * 1024));

    let large = send(&books, post(&token, large)).await;
    let text = post(&token, GOOD).insert_header(("content-type", "text/plain"));
    let text = send(&books, text).await;
    let both = post(&token, GOOD).append_header(("content-type", "text/plain"));
    let both = send(&books, both).await;
    let packed = post(&token, GOOD).insert_header(("content-encoding", "gzip"));
    let packed = send(&books, packed).await;
    let patch = "application/merge-patch+json; charset=utf-8";
    let patch = send(&books, post(&token, GOOD).insert_header(("content-type", patch))).await;

    assert_eq!(large.problem(), (413, "http.body_too_large".to_owned()));
    assert_eq!(text.problem(), (415, "http.unsupported_media_type".to_owned()));
    assert_eq!(both.problem(), (415, "http.unsupported_media_type".to_owned()));
    assert_eq!(packed.problem(), (415, "http.unsupported_encoding".to_owned()));
    assert_eq!(patch.status, 201);
}

#[actix_web::test]
async fn a_taken_code_names_its_field() {
    let (books, token) = signed_in().await;
    send(&books, post(&token, GOOD)).await;

    let again = send(&books, post(&token, GOOD)).await;

    assert_eq!(again.problem(), (409, "resource.duplicate".to_owned()));
    assert_eq!(again.json()["params"]["field"], "warehouse.code");
}
