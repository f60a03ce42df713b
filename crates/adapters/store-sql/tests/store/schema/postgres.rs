//! The catalogue of PostgreSQL.

use sea_orm::DatabaseConnection;

use super::catalogue::{Catalogue, Column, Kind, Told, indexed, reference, rows, text};

const CHECKS: &str = "SELECT conrelid::regclass::text AS table_name, conname::text AS name \
     FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace";

const REFERENCES: &str = "SELECT c.conrelid::regclass::text AS table_name, c.conname::text AS name, \
     c.confrelid::regclass::text AS target, \
     (SELECT string_agg(a.attname, ', ' ORDER BY k.place) FROM unnest(c.conkey) \
      WITH ORDINALITY AS k (number, place) JOIN pg_attribute a \
      ON a.attrelid = c.conrelid AND a.attnum = k.number) AS columns, \
     (SELECT string_agg(a.attname, ', ' ORDER BY k.place) FROM unnest(c.confkey) \
      WITH ORDINALITY AS k (number, place) JOIN pg_attribute a \
      ON a.attrelid = c.confrelid AND a.attnum = k.number) AS keys, \
     CASE c.confdeltype WHEN 'a' THEN 'no action' WHEN 'r' THEN 'restrict' WHEN 'c' THEN 'cascade' \
     WHEN 'n' THEN 'set null' ELSE 'set default' END AS rule \
     FROM pg_constraint c WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace";

const INDEXES: &str = "SELECT x.indrelid::regclass::text AS table_name, i.relname::text AS name, \
     x.indisunique AS is_key, x.indpred IS NOT NULL AS is_partial, \
     COALESCE(pg_get_expr(x.indpred, x.indrelid), '') AS rows_held, \
     (SELECT string_agg(a.attname, ', ' ORDER BY k.place) FROM unnest(x.indkey) \
      WITH ORDINALITY AS k (number, place) JOIN pg_attribute a \
      ON a.attrelid = x.indrelid AND a.attnum = k.number) AS columns \
     FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid \
     WHERE i.relnamespace = 'public'::regnamespace AND x.indrelid <> 'seaql_migrations'::regclass";

const TRIGGERS: &str = "SELECT tgrelid::regclass::text AS table_name, tgname::text AS name \
     FROM pg_trigger WHERE NOT tgisinternal";

const COLUMNS: &str = "SELECT a.attrelid::regclass::text AS table_name, a.attname::text AS name, \
     format_type(a.atttypid, NULL) AS type_name FROM pg_attribute a JOIN pg_class t \
     ON t.oid = a.attrelid WHERE t.relnamespace = 'public'::regnamespace AND t.relkind = 'r' \
     AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY a.attnum";

/// Reads everything.
pub(super) async fn read(connection: &DatabaseConnection, catalogue: &mut Catalogue) {
    for row in rows(connection, CHECKS).await {
        let name = text(&row, "name");
        let told = Told { name: name.clone(), ..Told::default() };
        catalogue.add(&text(&row, "table_name"), Kind::Check, name, told);
    }
    for row in rows(connection, REFERENCES).await {
        let (columns, keys) = (text(&row, "columns"), text(&row, "keys"));
        let shape = reference(&columns, &text(&row, "target"), &keys, &text(&row, "rule"));
        let told = Told { name: text(&row, "name"), columns: listed(&columns), ..Told::default() };
        catalogue.add(&text(&row, "table_name"), Kind::Reference, shape, told);
    }
    for row in rows(connection, INDEXES).await {
        let columns = listed(&text(&row, "columns"));
        let is_key: bool = row.try_get("", "is_key").expect("a flag");
        let kind = if is_key { Kind::Key } else { Kind::Index };
        let shape = indexed(&columns, row.try_get("", "is_partial").expect("a flag"));
        let told = Told { name: text(&row, "name"), text: text(&row, "rows_held"), columns };
        // Indexes have names on both engines, and two may hold other rows of the same columns.
        let shape = if is_key { shape } else { format!("{} {shape}", told.name) };
        catalogue.add(&text(&row, "table_name"), kind, shape, told);
    }
    for row in rows(connection, TRIGGERS).await {
        let name = text(&row, "name");
        let told = Told { name: name.clone(), ..Told::default() };
        catalogue.add(&text(&row, "table_name"), Kind::Trigger, name, told);
    }
    for row in rows(connection, COLUMNS).await {
        let column = Column { name: text(&row, "name"), of: text(&row, "type_name") };
        catalogue.columns.entry(text(&row, "table_name")).or_default().push(column);
    }
    catalogue.columns.remove("seaql_migrations");
}

fn listed(columns: &str) -> Vec<String> {
    columns.split(", ").map(|name| name.trim_matches('"').to_owned()).collect()
}
