//! Why each rule of the schema is there, as the file of reasons has it.

use std::collections::BTreeSet;

use super::catalogue::Kind;

const REASONS: &str = include_str!("reasons.txt");

/// The reason for a rule: its own, or that of all rules that are called so.
pub(super) fn reason(table: &str, kind: Kind, name: &str) -> Option<&'static str> {
    let own = format!("{table}.{name}");
    let rest = name.strip_prefix(table).and_then(|rest| rest.strip_prefix('_')).unwrap_or(name);
    let shared = format!("{}.{rest}", word(kind));
    [own, shared].iter().find_map(|key| find(key))
}

fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Check => "check",
        Kind::Reference => "reference",
        Kind::Key => "key",
        Kind::Index => "index",
        Kind::Trigger => "trigger",
    }
}

fn lines() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = REASONS.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split_once(": ").expect("a name, a colon and a reason"))
}

fn find(key: &str) -> Option<&'static str> {
    lines().find(|(name, _)| *name == key).map(|(_, reason)| reason)
}

/// Reasons for rules that are not there.
pub(super) fn idle(rules: &[(String, Kind, String)]) -> Vec<&'static str> {
    let mut used = BTreeSet::new();
    for (table, kind, name) in rules {
        let _ = used.insert(reason(table, *kind, name));
    }
    lines().filter(|(_, reason)| !used.contains(&Some(*reason))).map(|(name, _)| name).collect()
}
