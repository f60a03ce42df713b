//! The catalogue of SQLite: its own tables, and the text of what it was given for the checks.

use std::collections::BTreeMap;

use sea_orm::DatabaseConnection;

use super::catalogue::{Catalogue, Column, Kind, Told, indexed, reference, rows, text};

/// Reads everything.
pub(super) async fn read(connection: &DatabaseConnection, catalogue: &mut Catalogue) {
    let tables = "SELECT name, sql FROM sqlite_schema WHERE type = 'table' \
                  AND name NOT LIKE 'sqlite_%' AND name <> 'seaql_migrations'";
    for row in rows(connection, tables).await {
        let (table, sql) = (text(&row, "name"), text(&row, "sql"));
        for (name, rule) in checks(&sql) {
            let told = Told { name: name.clone(), text: rule, ..Told::default() };
            catalogue.add(&table, Kind::Check, name, told);
        }
        columns(connection, catalogue, &table).await;
        references(connection, catalogue, &table).await;
        indexes(connection, catalogue, &table).await;
    }
    let triggers = "SELECT tbl_name, name FROM sqlite_schema WHERE type = 'trigger'";
    for row in rows(connection, triggers).await {
        let name = text(&row, "name");
        let told = Told { name: name.clone(), ..Told::default() };
        catalogue.add(&text(&row, "tbl_name"), Kind::Trigger, name, told);
    }
}

/// The columns that can be written, and the primary key.
async fn columns(connection: &DatabaseConnection, catalogue: &mut Catalogue, table: &str) {
    let query = format!("SELECT name, type, pk, hidden FROM pragma_table_xinfo('{table}')");
    let mut key = BTreeMap::new();
    for row in rows(connection, &query).await {
        let (name, place) = (text(&row, "name"), row.try_get::<i64>("", "pk").expect("a number"));
        if place > 0 {
            let _ = key.insert(place, name.clone());
        }
        if row.try_get::<i64>("", "hidden").expect("a number") == 0 {
            let column = Column { name, of: text(&row, "type").to_lowercase() };
            catalogue.columns.entry(table.to_owned()).or_default().push(column);
        }
    }
    let columns: Vec<String> = key.into_values().collect();
    let told = Told { columns: columns.clone(), ..Told::default() };
    catalogue.add(table, Kind::Key, indexed(&columns, false), told);
}

async fn references(connection: &DatabaseConnection, catalogue: &mut Catalogue, table: &str) {
    let query = format!(
        "SELECT id, \"table\" AS target, \"from\" AS own, \"to\" AS key, on_delete \
         FROM pragma_foreign_key_list('{table}') ORDER BY id, seq"
    );
    let mut found: BTreeMap<i64, (Vec<String>, Vec<String>, String, String)> = BTreeMap::new();
    for row in rows(connection, &query).await {
        let entry = found.entry(row.try_get("", "id").expect("a number")).or_default();
        entry.0.push(text(&row, "own"));
        entry.1.push(text(&row, "key"));
        entry.2 = text(&row, "target");
        entry.3 = text(&row, "on_delete");
    }
    for (columns, keys, target, rule) in found.into_values() {
        let shape = reference(&columns.join(", "), &target, &keys.join(", "), &rule);
        catalogue.add(table, Kind::Reference, shape, Told { columns, ..Told::default() });
    }
}

async fn indexes(connection: &DatabaseConnection, catalogue: &mut Catalogue, table: &str) {
    let query = format!(
        "SELECT l.name, l.\"unique\" AS is_key, l.partial, l.origin, \
         COALESCE(s.sql, '') AS sql FROM pragma_index_list('{table}') l \
         LEFT JOIN sqlite_schema s ON s.name = l.name WHERE l.origin <> 'pk'"
    );
    for row in rows(connection, &query).await {
        let (name, sql) = (text(&row, "name"), text(&row, "sql"));
        let flag = |column: &str| row.try_get::<i64>("", column).expect("a flag") == 1;
        let query = format!("SELECT name FROM pragma_index_info('{name}') ORDER BY seqno");
        let columns: Vec<String> =
            rows(connection, &query).await.iter().map(|row| text(row, "name")).collect();
        let (is_key, shape) = (flag("is_key"), indexed(&columns, flag("partial")));
        let rows_held = sql.split_once(" WHERE ").map(|(_, rows)| flat(rows)).unwrap_or_default();
        let shape = if is_key { shape } else { format!("{name} {shape}") };
        let name = if text(&row, "origin") == "c" { name } else { String::new() };
        let kind = if is_key { Kind::Key } else { Kind::Index };
        catalogue.add(table, kind, shape, Told { name, text: rows_held, columns });
    }
}

/// The checks in the text of a table, each by its name. A check without a name has none here, and
/// is missed where it is counted.
fn checks(sql: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = sql;
    while let Some((before, after)) = rest.split_once("CHECK") {
        let words: Vec<&str> = before.split_whitespace().collect();
        let name = match words.as_slice() {
            [.., "CONSTRAINT", name] => (*name).to_owned(),
            _ => panic!("a check without a name in {sql}"),
        };
        let (inside, left) = bracketed(after);
        found.push((name, flat(inside)));
        rest = left;
    }
    found
}

/// What stands in the brackets that a text begins with, and what comes after them.
fn bracketed(text: &str) -> (&str, &str) {
    let (mut depth, mut quoted) = (0, false);
    let text = text.trim_start();
    for (at, sign) in text.char_indices() {
        match sign {
            '\'' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let (inside, left) = text.split_at(at);
            let inside = inside.strip_prefix('(').expect("a bracket");
            return (inside, left.strip_prefix(')').expect("a bracket"));
        }
    }
    panic!("brackets without an end: {text}")
}

/// A text on one line.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
