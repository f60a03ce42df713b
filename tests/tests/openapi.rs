//! The published OpenAPI document is the one the routes make.
#![expect(clippy::unwrap_used, reason = "a document that cannot be read must end the test")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use gaara_tests::tree::{root, rust_files};
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

/// The document knows schemas by name alone: of two with one name it would show one, in the places
/// of both.
#[test]
fn no_two_schemas_share_a_name() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in rust_files(root()).unwrap() {
        let mut is_schema = false;
        for line in file.text.lines().map(str::trim_start) {
            is_schema |= line.starts_with("#[derive(") && line.contains("ToSchema");
            let mut words = line.split(|sign: char| !sign.is_alphanumeric() && sign != '_');
            let declared = words.find(|word| ["struct", "enum"].contains(word));
            if is_schema && declared.is_some() && !line.starts_with(['/', '#']) {
                let name = words.next().unwrap().to_owned();
                places.entry(name).or_default().push(file.path.clone());
                is_schema = false;
            }
        }
    }
    assert!(places.len() > 100, "only {} schemas found", places.len());
    places.retain(|_, places| places.len() > 1);
    assert_eq!(places, BTreeMap::new());
}
