//! Statements that break one rule each: written down for checks, worked out of the catalogue for
//! keys and references.

use std::collections::{BTreeMap, BTreeSet};

use super::catalogue::{Catalogue, Column, Kind, Rule, Told};
use crate::databases::Database;

/// What a statement came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The engine refused it, in these words.
    Refused(String),
    /// There was no row to try it on.
    NoRow,
}

/// Runs a statement that has to be refused.
pub(super) async fn outcome(database: &Database, statement: &str) -> Outcome {
    match database.execute(statement).await {
        Ok(0) => Outcome::NoRow,
        Ok(rows) => panic!("{statement}: {rows} rows changed"),
        Err(error) => {
            let name = error.as_database_error().and_then(|it| it.constraint()).unwrap_or_default();
            Outcome::Refused(format!("{error} {name}"))
        }
    }
}

/// A statement of somebody who writes past the program, in the words of an engine: `{bytes 31}`
/// and `{letters 101}` stand for so many of them.
pub(crate) fn written(statement: &str, is_sqlite: bool) -> String {
    let mut text = String::new();
    let mut rest = statement;
    while let Some((before, tail)) =
        rest.split_once("{bytes ").or_else(|| rest.split_once("{letters "))
    {
        let is_bytes = rest[before.len()..].starts_with("{bytes");
        let (count, after) = tail.split_once('}').expect("a number");
        let count: usize = count.parse().expect("a number");
        text.push_str(before);
        let (before, after_it) = match (is_bytes, is_sqlite) {
            (false, _) => ("'", "'"),
            (true, true) => ("X'", "'"),
            (true, false) => ("'\\x", "'::bytea"),
        };
        let signs = if is_bytes { "00" } else { "x" };
        text.extend([before, &signs.repeat(count), after_it]);
        rest = after;
    }
    text + rest
}

/// The table that a statement writes to.
fn table_of(statement: &str) -> &str {
    let words: Vec<&str> = statement.split_whitespace().take(3).collect();
    match words.as_slice() {
        ["UPDATE", table, ..] | ["INSERT", "INTO", table] | ["DELETE", "FROM", table] => table,
        _ => panic!("{statement} writes to no table"),
    }
}

/// What breaks a check that is called so in many tables.
const SHARED: &[(&str, &str)] = &[
    ("version_counted", "version = 0"),
    ("name_present", "name_ar = NULL, name_en = NULL"),
    ("name_length", "name_en = ''"),
    ("code_length", "code = {letters 65}"),
    ("sku_length", "sku = ''"),
    ("email_shape", "email = 'nobody'"),
    ("country_code", "country = 'SAU'"),
    ("currency_code", "currency = 'SA'"),
    ("position_counted", "position = -1"),
    ("index_counted", "adjustment_index = -1"),
    ("tax_category_known", "tax_category = 'X'"),
    ("tax_rate_range", "tax_rate_millionths = -1"),
    ("charge_flag", "is_charge = 2"),
    ("is_open_flag", "is_open = 2"),
    ("is_short_flag", "is_short = 2"),
    ("default_flag", "is_default = 2"),
    ("disabled_flag", "disabled = 2"),
    ("prices_flag", "prices_include_tax = 2"),
    ("details_countries", "details = '{\"billing_address\": {\"country\": \"SAU\"}}'"),
    ("description_present", "description_ar = NULL, description_en = NULL"),
    (
        "gross_price_not_negative",
        "gross_price_millionths = -1 WHERE price_discount_millionths IS NULL",
    ),
    ("net_not_negative", "net_minor = -1, total_minor = tax_amount_minor - 1"),
    (
        "unit_price_not_negative",
        "unit_price_millionths = -1 WHERE price_discount_millionths IS NULL",
    ),
    ("number_sequence_positive", "number_sequence = 0 WHERE status = 'issued'"),
    (
        "line_bears_tax",
        "tax_category = 'S', tax_rate_millionths = 15000000 WHERE line_position IS NOT NULL",
    ),
    ("percent_not_negative", "percent_millionths = -1 WHERE percent_millionths IS NOT NULL"),
    ("instalment_not_negative", "amount_minor = -1"),
    ("barcode_length", "barcode = '1'"),
    ("event_named", "kind = ''"),
];

/// Tries what the catalogue holds on the rows of several databases, and remembers what was refused.
pub(super) struct Trial<'c> {
    catalogue: &'c Catalogue,
    is_sqlite: bool,
    /// Statements for rules that no statement out of the catalogue breaks alone.
    by_hand: BTreeMap<(Kind, &'static str, &'static str), &'static str>,
    /// What was not broken yet, and how the last try ended.
    left: BTreeMap<&'c Rule, String>,
}

impl<'c> Trial<'c> {
    pub(super) fn of(
        catalogue: &'c Catalogue,
        is_sqlite: bool,
        by_hand: &[(Kind, &'static str, &'static str, &'static str)],
    ) -> Self {
        let tried = |rule: &&Rule| matches!(rule.kind, Kind::Check | Kind::Key | Kind::Reference);
        let by_hand =
            by_hand.iter().map(|(kind, table, columns, text)| ((*kind, *table, *columns), *text));
        Self {
            catalogue,
            is_sqlite,
            by_hand: by_hand.collect(),
            left: catalogue.rules.keys().filter(tried).map(|rule| (rule, String::new())).collect(),
        }
    }

    /// Every statement has to be refused by the rule whose name begins so.
    pub(super) async fn checks(&mut self, database: &Database, breaches: &[(&str, &str)]) {
        for (statement, rule) in breaches {
            let text = written(statement, self.is_sqlite);
            let Outcome::Refused(words) = outcome(database, &text).await else {
                panic!("{text} met no row");
            };
            assert!(words.contains(rule), "{text}: {words}");
            let table = table_of(statement);
            self.left.retain(|left, _| {
                left.kind != Kind::Check || left.table != table || !names(&words, &left.shape)
            });
        }
    }

    /// Tries the checks that are called alike in many tables, and were not tried yet.
    pub(super) async fn shared_checks(&mut self, database: &Database) {
        let left: Vec<&Rule> = self.left.keys().copied().collect();
        for rule in left.into_iter().filter(|rule| rule.kind == Kind::Check) {
            for (_, set) in SHARED.iter().filter(|(name, _)| *name == rule.shape) {
                let statement = format!("UPDATE {} SET {set}", rule.table);
                let statement = written(&statement, self.is_sqlite);
                let refused = outcome(database, &statement).await;
                match refused {
                    Outcome::Refused(words) if names(&words, &rule.shape) => {
                        let _ = self.left.remove(rule);
                    }
                    Outcome::Refused(words) => {
                        let _ = self.left.insert(rule, format!("{statement}: {words}"));
                    }
                    Outcome::NoRow => {}
                }
            }
        }
    }

    /// Tries every key and every reference that was not tried yet.
    pub(super) async fn keys_and_references(&mut self, database: &Database) {
        let left: Vec<&Rule> = self.left.keys().copied().collect();
        for rule in left {
            let told = self.catalogue.rules.get(rule).expect("it is in there");
            let statement =
                match self.by_hand.get(&(rule.kind, &rule.table, told.columns.join(", ").as_str()))
                {
                    Some(statement) => written(statement, self.is_sqlite),
                    None if rule.kind == Kind::Key => self.copy(rule, told, None),
                    None if rule.kind == Kind::Reference => self.astray(rule, told),
                    None => continue,
                };
            let Outcome::Refused(words) = outcome(database, &statement).await else { continue };
            let expected = self.refusal(rule, told);
            if words.contains(&expected) {
                let _ = self.left.remove(rule);
            } else {
                let tried = format!("{statement}\n    {words}\n    in place of {expected}");
                let _ = self.left.insert(rule, tried);
            }
        }
    }

    /// Leaves out what cannot be broken alone.
    pub(super) fn excuse(&mut self, excused: &[(&str, &str, &str)]) {
        self.left.retain(|rule, _| {
            !excused.iter().any(|(table, shape, _)| {
                (*table == "*" || *table == rule.table) && *shape == rule.shape
            })
        });
    }

    /// What was broken by nothing, and how the last try ended.
    pub(super) fn left(&self) -> Vec<String> {
        let line = |(rule, tried): (&&Rule, &String)| {
            format!("{} {:?} {}: {tried}", rule.table, rule.kind, rule.shape)
        };
        self.left.iter().map(line).collect()
    }

    fn refusal(&self, rule: &Rule, told: &Told) -> String {
        match (self.is_sqlite, rule.kind) {
            (false, _) => format!(" {}", told.name),
            (true, Kind::Reference) => "FOREIGN KEY constraint failed".to_owned(),
            (true, _) => {
                let columns: Vec<String> =
                    told.columns.iter().map(|column| format!("{}.{column}", rule.table)).collect();
                format!("UNIQUE constraint failed: {}", columns.join(", "))
            }
        }
    }

    fn columns(&self, table: &str) -> &'c [Column] {
        self.catalogue.columns.get(table).map(Vec::as_slice).unwrap_or_default()
    }

    /// The keys of a table besides this rule.
    fn other_keys(&self, rule: &Rule) -> impl Iterator<Item = &'c Told> {
        let (table, itself) = (rule.table.clone(), rule.clone());
        let keys = self.catalogue.of_kind(Kind::Key);
        keys.filter(move |(key, _)| key.table == table && **key != itself).map(|(_, told)| told)
    }

    /// A second row that differs from one in whatever other keys need; with `changed`, in that
    /// column too.
    fn copy(&self, rule: &Rule, told: &Told, changed: Option<&str>) -> String {
        let mut fresh: BTreeSet<&str> = changed.into_iter().collect();
        let kept = if rule.kind == Kind::Key { told.columns.as_slice() } else { &[] };
        for other in self.other_keys(rule) {
            if !other.columns.iter().any(|column| fresh.contains(column.as_str())) {
                let free = other.columns.iter().filter(|column| !kept.contains(column));
                fresh.extend(free.min_by_key(|it| self.minded(rule, it)).map(String::as_str));
            }
        }
        let columns = self.columns(&rule.table);
        let names: Vec<String> = columns.iter().map(|it| quoted(&it.name)).collect();
        let value = |column: &Column| {
            let is_fresh = fresh.contains(column.name.as_str());
            if is_fresh { Self::fresh(column) } else { quoted(&column.name) }
        };
        let values: Vec<String> = columns.iter().map(value).collect();
        let system = if self.is_sqlite { "" } else { " OVERRIDING SYSTEM VALUE" };
        format!(
            "INSERT INTO {} ({}){system} SELECT {} FROM {} WHERE {} LIMIT 1",
            rule.table,
            names.join(", "),
            values.join(", "),
            rule.table,
            Self::held(told)
        )
    }

    /// Lets a row refer to what is not there.
    fn astray(&self, rule: &Rule, told: &Told) -> String {
        let last = told.columns.last().expect("a column");
        let append_only = ["stock_ledger", "audit_sealed"].contains(&rule.table.as_str());
        // Others may refer to a row by its keys, and mind when these change.
        let mut keys = self.catalogue.of_kind(Kind::Key);
        if append_only
            || keys.any(|(key, told)| key.table == rule.table && told.columns.contains(last))
        {
            return self.copy(rule, told, Some(last));
        }
        let primary = self.catalogue.of_kind(Kind::Key).find(|(key, told)| {
            key.table == rule.table && (told.name.is_empty() || told.name.ends_with("_pkey"))
        });
        let key = primary.expect("a primary key").1.columns.iter().map(|it| quoted(it));
        let key = key.collect::<Vec<_>>().join(", ");
        let column = self.columns(&rule.table).iter().find(|column| column.name == *last);
        format!(
            "UPDATE {table} SET {column} = {fresh} WHERE ({key}) = (SELECT {key} FROM {table} \
             WHERE {held} LIMIT 1)",
            table = rule.table,
            column = quoted(last),
            fresh = Self::fresh(column.expect("it can be written")),
            held = Self::held(told),
        )
    }

    /// The rows that a rule is about.
    fn held(told: &Told) -> String {
        let is_there = told.columns.iter().map(|column| format!("{} IS NOT NULL", quoted(column)));
        let mut parts: Vec<String> = is_there.collect();
        if !told.text.is_empty() {
            parts.push(format!("({})", told.text));
        }
        parts.join(" AND ")
    }

    /// How likely something else minds another value of a column than what is tried.
    fn minded(&self, rule: &Rule, column: &str) -> usize {
        let mut references = self.catalogue.of_kind(Kind::Reference);
        let refers = |(other, told): (&Rule, &Told)| {
            other.table == rule.table && told.columns.iter().any(|it| it == column)
        };
        // A key is looked at before a reference is.
        if rule.kind == Kind::Reference && references.any(refers) {
            return 3;
        }
        let column = self.columns(&rule.table).iter().find(|it| it.name == column);
        match column.map(|column| column.of.as_str()) {
            Some("blob" | "uuid" | "bytea") => 0,
            Some("text" | "character" | "bpchar") => 2,
            _ => 1,
        }
    }

    /// Another value of a column, as long as the one that is there.
    fn fresh(column: &Column) -> String {
        let name = quoted(&column.name);
        let value = match column.of.as_str() {
            "blob" => format!("randomblob(length({name}))"),
            "uuid" => "gen_random_uuid()".to_owned(),
            "bytea" => format!("substr(sha256({name}) || sha512({name}), 1, length({name}))"),
            "text" | "character" | "bpchar" => format!("'~' || substr({name}, 2)"),
            "date" => format!("{name} + 1"),
            _ => format!("{name} + 1000003"),
        };
        // What is absent stays so: a check may ask for that.
        format!("CASE WHEN {name} IS NOT NULL THEN {value} END")
    }
}

fn quoted(name: &str) -> String {
    format!("\"{name}\"")
}

/// Whether words name a rule, and not one whose name only begins like it.
fn names(words: &str, rule: &str) -> bool {
    words.split(|sign: char| !sign.is_ascii_alphanumeric() && sign != '_').any(|word| word == rule)
}
