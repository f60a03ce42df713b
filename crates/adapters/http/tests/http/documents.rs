//! The documents that are made from the code agree with it.

use std::collections::BTreeSet;
use std::path::Path;

use actix_web::test::TestRequest;
use gaara_http::{Code, csv_page, errors_page, openapi};
use serde_json::Value;

use crate::support::{empty, send};

#[test]
fn the_page_of_errors_is_the_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../docs/errors.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, errors_page()).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == errors_page(), "run UPDATE_DOCS=1 cargo test -p gaara-http");
}

#[test]
fn the_page_of_tables_is_made_of_their_columns() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../docs/csv.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, csv_page()).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == csv_page(), "run UPDATE_DOCS=1 cargo test -p gaara-http");
}

#[test]
fn every_operation_has_its_own_name_and_tells_about_errors() {
    let document = serde_json::to_value(openapi()).unwrap();
    let mut names = BTreeSet::new();

    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let name = operation["operationId"].as_str().unwrap().to_owned();
            assert!(names.insert(name.clone()), "{name} stands twice");
            assert!(operation["tags"].is_array(), "{method} {path} has no tag");
            let problem = &operation["responses"]["default"]["content"]["application/problem+json"];
            assert_eq!(problem["schema"]["$ref"], "#/components/schemas/Problem", "{path}");
        }
    }
    assert!(names.contains("getHealth"));
}

#[test]
fn no_reference_of_the_document_leads_nowhere() {
    let document = serde_json::to_value(openapi()).unwrap();
    let mut references = Vec::new();
    collect(&document, &mut references);

    assert!(!references.is_empty());
    for reference in references {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
}

fn collect(value: &Value, references: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            if let Some(Value::String(reference)) = members.get("$ref") {
                references.push(reference.clone());
            }
            members.values().for_each(|member| collect(member, references));
        }
        Value::Array(entries) => entries.iter().for_each(|entry| collect(entry, references)),
        _ => {}
    }
}

#[actix_web::test]
async fn the_document_is_served() {
    let answer = send(&empty(), TestRequest::with_uri("/api/schema")).await;

    let document = answer.json();
    assert_eq!(document["openapi"].as_str().unwrap().get(..4), Some("3.1."));
    assert_eq!(document["components"]["securitySchemes"]["bearer"]["scheme"], "bearer");
    assert!(document["info"]["contact"].is_object() && document["info"]["license"].is_object());
}

#[actix_web::test]
async fn every_code_has_a_page() {
    let books = empty();
    for code in Code::ALL {
        let path = format!("/problems/{}", code.as_str());
        let page = send(&books, TestRequest::with_uri(&path)).await;
        assert_eq!(page.status, 200, "{path}");
        let text = String::from_utf8(page.body).unwrap();
        assert!(text.contains("dir=\"rtl\"") && text.contains(code.as_str()));
    }
}
