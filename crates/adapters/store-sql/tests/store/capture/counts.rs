//! How many statements each use case takes, as a page of the documentation tells it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::ops::RangeInclusive;

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../docs/statements.md");
const HEAD: &str = "# How many statements each use case takes\n\n\
     The fewest and the most that one transaction or view of it sent while the contract of the store \
     was kept, without those that begin and end it.\n\
     What is refused early takes few; what is done with an idempotency key takes two more.\n\
     Lines, rows of a page and documents add none: tests in \
     `crates/adapters/store-sql/tests/store/*statements.rs` compare two with two hundred.\n\
     `App::…` is a method of the application that is no use case, such as signing in.\n\n\
     `UPDATE_DOCS=1 scripts/with-services.sh cargo nextest run -j 1 -p gaara-store-sql \
     no_statement_reads` writes this page anew.\n\n\
     | Use case | SQLite | PostgreSQL |\n|---|---|---|\n";

/// Both engines' numbers by use case.
type Table = BTreeMap<String, [String; 2]>;

/// Holds what one engine was asked against the page, or writes its column anew.
pub(crate) fn assert_as_written(counts: &BTreeMap<String, RangeInclusive<usize>>, is_sqlite: bool) {
    let written = std::fs::read_to_string(PAGE).unwrap_or_default();
    let mut table = parsed(&written);
    for (name, range) in counts {
        let [sqlite, postgres] = table.entry(name.clone()).or_default();
        *(if is_sqlite { sqlite } else { postgres }) = told(range);
    }
    let known: BTreeSet<&String> = counts.keys().collect();
    table.retain(|name, _| known.contains(name));
    let page = page(&table);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(PAGE, page).expect("the page can be written");
        return;
    }
    let changed: Vec<_> = page.lines().filter(|line| !written.contains(line)).collect();
    assert!(page == written, "docs/statements.md is out of date; new lines: {changed:#?}");
}

fn told(range: &RangeInclusive<usize>) -> String {
    let (fewest, most) = (range.start(), range.end());
    if fewest == most { fewest.to_string() } else { format!("{fewest}–{most}") }
}

fn parsed(page: &str) -> Table {
    let rows = page.lines().filter_map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [name, sqlite, postgres] = cells.as_slice() else { return None };
        let name = name.strip_prefix('`')?.strip_suffix('`')?;
        Some((name.to_owned(), [(*sqlite).to_owned(), (*postgres).to_owned()]))
    });
    rows.collect()
}

fn page(table: &Table) -> String {
    let mut page = HEAD.to_owned();
    for (name, [sqlite, postgres]) in table {
        let _ = writeln!(page, "| `{name}` | {sqlite} | {postgres} |");
    }
    page
}
