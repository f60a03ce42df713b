//! Tests of what every table keeps to.

use std::collections::BTreeSet;

use gaara_kernel::Language;
use serde::Serialize;
use serde_json::Value;

use super::*;
use crate::openapi::openapi;

#[derive(Serialize)]
struct Row {
    sku: &'static str,
    note: &'static str,
}

impl CsvRow for Row {
    const COLUMNS: &'static [Column] = &[Column::Sku, Column::Note, Column::MovementId];
}

#[test]
fn a_table_is_written_as_rfc_4180_says() {
    let rows = [
        Row { sku: "A", note: "plain" },
        Row { sku: "B,C", note: "says \"no\"" },
        Row { sku: "two\r\nlines", note: "" },
    ];

    let text = String::from_utf8([head::<Row>(Language::English), lines(&rows)].concat());

    let expected = "\u{FEFF}SKU,Note,Movement\r\nA,plain,\r\n\"B,C\",\"says \"\"no\"\"\",\r\n\
                    \"two\r\nlines\",,\r\n";
    assert_eq!(text.unwrap(), expected);
}

#[test]
fn headers_speak_the_language_asked_for() {
    let text = String::from_utf8(head::<Row>(Language::Arabic)).unwrap();

    assert_eq!(text, "\u{FEFF}رمز الصنف,ملاحظة,الحركة\r\n");
}

#[test]
fn no_two_columns_of_a_table_have_one_header() {
    for table in TABLES {
        for language in [Language::English, Language::Arabic] {
            let headers = table.columns.iter().map(|column| column.header(language));
            let headers: BTreeSet<&str> = headers.collect();
            assert_eq!(headers.len(), table.columns.len(), "{} {headers:?}", table.name);
        }
    }
}

#[test]
fn every_column_is_a_field_of_its_row() {
    let document = serde_json::to_value(openapi()).unwrap();
    for table in TABLES {
        let row = document.pointer(&format!("/components/schemas/{}", (table.schema)())).unwrap();
        for column in table.columns {
            let mut names = column.path().split('.');
            let found = names.try_fold(row, |schema, name| field(&document, schema, name));
            assert!(found.is_some(), "{} has no {}", table.name, column.path());
        }
    }
}

/// A field of a schema, through references, alternatives and inlined parts.
fn field<'a>(document: &'a Value, schema: &'a Value, name: &str) -> Option<&'a Value> {
    if let Some(found) = schema.pointer(&format!("/properties/{name}")) {
        return Some(found);
    }
    if let Some(Value::String(reference)) = schema.get("$ref") {
        return field(document, document.pointer(reference.strip_prefix('#')?)?, name);
    }
    let parts = ["allOf", "oneOf"].iter().filter_map(|key| schema.get(*key)?.as_array());
    parts.flatten().find_map(|part| field(document, part, name))
}

#[test]
fn every_list_and_every_report_is_a_table_as_well() {
    let document = serde_json::to_value(openapi()).unwrap();
    let mut tables = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        let content = &item["get"]["responses"]["200"]["content"];
        let schema = content["application/json"]["schema"]["$ref"].as_str().unwrap_or_default();
        if schema.contains("PageBody_") || path.starts_with("/api/v1/reports/") {
            let about = content[TEXT_CSV]["schema"]["description"].as_str();
            assert!(about.is_some_and(|it| it.starts_with("A table")), "{path} is no table");
            tables.insert(schema);
        }
    }
    assert_eq!(tables.len(), TABLES.len());
}
