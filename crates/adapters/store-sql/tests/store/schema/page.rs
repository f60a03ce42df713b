//! The page that lists every rule of the schema, and why it is there.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::catalogue::{Catalogue, Kind, Rule, Told};
use super::reasons::reason;

const HEAD: &str = "# The schema, rule by rule\n\n\
     What the database refuses by itself, on SQLite and PostgreSQL, and what it finds along.\n\
     The database is the last defence: the program checks the same before, with a message for people.\n\
     This page is made of what both engines hold; `UPDATE_DOCS=1 scripts/with-services.sh cargo \
     nextest run -p gaara-store-sql the_page_of_the_schema` writes it anew, and the reasons are in \
     `crates/adapters/store-sql/tests/store/schema/reasons.txt`.\n\
     Each check, key and reference is broken by a statement of its own in \
     `every_rule_of_the_schema_refuses_what_breaks_it`.\n";

/// The page, or the rules that nobody gave a reason for.
pub(super) fn page(sqlite: &Catalogue, postgres: &Catalogue) -> Result<String, Vec<String>> {
    let rules: BTreeSet<&Rule> = sqlite.rules.keys().chain(postgres.rules.keys()).collect();
    let mut tables: BTreeMap<&str, Vec<&Rule>> = BTreeMap::new();
    for rule in rules {
        tables.entry(&rule.table).or_default().push(rule);
    }
    let (mut text, mut missing) = (HEAD.to_owned(), Vec::new());
    for (table, rules) in tables {
        let _ = write!(text, "\n## {table}\n\n| Rule | What it says | Why |\n|---|---|---|\n");
        for rule in rules {
            let (name, says, place) = told(rule, sqlite.rules.get(rule), postgres.rules.get(rule));
            match reason(table, rule.kind, &name) {
                Some(why) => {
                    let says = says.replace('|', "\\|");
                    let _ = writeln!(text, "| `{name}`{place} | {says} | {why} |");
                }
                None => missing.push(format!("{table}.{name} ({:?})", rule.kind)),
            }
        }
    }
    if missing.is_empty() { Ok(text) } else { Err(missing) }
}

/// The name of a rule, what it says, and where it is when that is not everywhere.
fn told(
    rule: &Rule,
    sqlite: Option<&Told>,
    postgres: Option<&Told>,
) -> (String, String, &'static str) {
    let place = match (sqlite, postgres) {
        (Some(_), Some(_)) => "",
        (Some(_), None) => " (SQLite)",
        _ => " (PostgreSQL)",
    };
    let mut name = [postgres, sqlite].into_iter().flatten().map(|told| told.name.as_str());
    let name = name.find(|name| !name.is_empty()).unwrap_or(&rule.shape).to_owned();
    let mut text = [sqlite, postgres].into_iter().flatten().map(|told| told.text.as_str());
    let text = text.find(|text| !text.is_empty()).unwrap_or_default();
    let columns =
        [postgres, sqlite].into_iter().flatten().next().map(|told| told.columns.join(", "));
    let columns = columns.unwrap_or_default();
    let some = if text.is_empty() { String::new() } else { format!(" where `{text}`") };
    let says = match rule.kind {
        Kind::Check => format!("check `{text}`"),
        Kind::Reference => format!("reference {}", rule.shape),
        Kind::Key if name.ends_with("_pkey") => format!("primary key ({columns})"),
        Kind::Key => format!("key ({columns}){some}"),
        Kind::Index => format!("index ({columns}){some}"),
        Kind::Trigger => "trigger".to_owned(),
    };
    (name, says, place)
}
