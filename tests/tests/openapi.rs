//! The published OpenAPI document is the one the routes make.
#![expect(clippy::unwrap_used, reason = "a document that cannot be read must end the test")]

use std::collections::BTreeSet;
use std::fs;

use gaara_tests::tree::root;
use serde_json::Value;

fn document() -> String {
    gaara_http::openapi().to_pretty_json().unwrap() + "\n"
}

#[test]
fn the_published_document_is_the_one_the_routes_make() {
    let path = root().join("docs/openapi.json");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, document()).unwrap();
    }
    assert!(
        fs::read_to_string(path).unwrap() == document(),
        "docs/openapi.json is not what the routes make; `UPDATE_DOCS=1` writes it anew"
    );
}

/// Every number of the books is a text, so that no client rounds it.
#[test]
fn no_amount_is_a_number() {
    let document: Value = serde_json::from_str(&document()).unwrap();
    let mut numbers = BTreeSet::new();
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        for (field, schema) in schema["properties"].as_object().into_iter().flatten() {
            if schema["type"] == "number" {
                numbers.insert(format!("{name}.{field}"));
            }
        }
    }
    assert_eq!(numbers, BTreeSet::new());
}
