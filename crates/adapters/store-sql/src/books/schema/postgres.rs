//! The schema of PostgreSQL: names and marks, held to a list of what the steps make.
//!
//! How PostgreSQL prints a check or an index differs between its versions, so what they say is not
//! compared; the source of a function is kept as it was given.

use super::Objects;

/// One line for each: table, kind, name, and what is to be said of it.
const MADE: &str = include_str!("postgres.txt");

/// What is there.
pub(super) const OBJECTS: &str = "SELECT of_table::text, kind, name::text, told FROM ( \
     SELECT held.relname AS of_table, 'column' AS kind, part.attname AS name, \
     replace(format_type(part.atttypid, part.atttypmod), ' ', '_') \
     || CASE WHEN part.attnotnull THEN ' present' ELSE '' END \
     || CASE WHEN part.attgenerated <> '' THEN ' derived' ELSE '' END AS told \
     FROM pg_catalog.pg_attribute AS part JOIN pg_catalog.pg_class AS held \
     ON held.oid = part.attrelid AND held.relkind = 'r' \
     WHERE held.relnamespace = current_schema()::regnamespace AND part.attnum > 0 \
     AND NOT part.attisdropped \
     UNION ALL SELECT held.relname, 'constraint', rule.conname, CASE rule.contype \
     WHEN 'c' THEN 'check' WHEN 'f' THEN 'reference' WHEN 'p' THEN 'primary' ELSE 'key' END \
     || CASE WHEN rule.convalidated THEN '' ELSE ' unchecked' END \
     FROM pg_catalog.pg_constraint AS rule JOIN pg_catalog.pg_class AS held \
     ON held.oid = rule.conrelid WHERE rule.connamespace = current_schema()::regnamespace \
     AND rule.contype IN ('c', 'f', 'p', 'u') \
     UNION ALL SELECT held.relname, 'index', made.relname, \
     CASE WHEN entry.indisunique THEN 'unique' ELSE 'plain' END \
     || CASE WHEN entry.indpred IS NULL THEN '' ELSE ' partial' END \
     || CASE WHEN entry.indisvalid THEN '' ELSE ' unfinished' END \
     FROM pg_catalog.pg_index AS entry JOIN pg_catalog.pg_class AS made \
     ON made.oid = entry.indexrelid JOIN pg_catalog.pg_class AS held \
     ON held.oid = entry.indrelid WHERE made.relnamespace = current_schema()::regnamespace \
     UNION ALL SELECT held.relname, 'trigger', acts.tgname, \
     CASE acts.tgenabled WHEN 'O' THEN 'on' WHEN 'A' THEN 'on' ELSE 'off' END \
     FROM pg_catalog.pg_trigger AS acts JOIN pg_catalog.pg_class AS held \
     ON held.oid = acts.tgrelid WHERE held.relnamespace = current_schema()::regnamespace \
     AND (NOT acts.tgisinternal OR acts.tgenabled NOT IN ('O', 'A')) \
     UNION ALL SELECT 'functions', 'function', made.proname, \
     encode(sha256(convert_to(made.prosrc, 'UTF8')), 'hex') \
     FROM pg_catalog.pg_proc AS made WHERE made.pronamespace = current_schema()::regnamespace \
     AND made.proname LIKE 'gaara\\_%') AS objects \
     WHERE of_table <> 'seaql_migrations'";

/// What the steps make.
pub(super) fn made() -> Objects {
    MADE.lines().filter_map(object).collect()
}

fn object(line: &str) -> Option<((String, String), String)> {
    let mut words = line.splitn(4, ' ');
    let (table, kind, name) = (words.next()?, words.next()?, words.next()?);
    let told = words.next().unwrap_or_default();
    Some(((table.to_owned(), format!("{kind} {name}")), told.to_owned()))
}
