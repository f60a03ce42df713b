//! The page about security names what proves it, and what it names is there.

use std::fs;

use gaara_tests::tree::{SourceFile, root, rust_files};

/// One row of the table: id, requirement, whether it is met, and by what.
type Row<'a> = [&'a str; 4];

fn rows(page: &str) -> Vec<Row<'_>> {
    let row = |line| {
        let mut cells = str::split(line, '|').map(str::trim).skip(1);
        let row = [cells.next()?, cells.next()?, cells.next()?, cells.next()?];
        row[0].starts_with(|first: char| first.is_ascii_digit()).then_some(row)
    };
    page.lines().filter_map(row).collect()
}

/// What a row claims without ground.
fn findings([id, _, met, by]: &Row<'_>, files: &[SourceFile]) -> Vec<String> {
    let named: Vec<&str> = by.split('`').skip(1).step_by(2).collect();
    let mut findings = Vec::new();
    for name in &named {
        let is_test = !name.contains(['/', '.', '-', ' ']) && name.contains('_');
        let is_path = name.contains('/') || name.contains('.');
        let definition = format!("fn {name}(");
        if is_test && !files.iter().any(|file| file.text.contains(&definition)) {
            findings.push(format!("{id}: there is no test {name}"));
        }
        if is_path && !root().join(name).exists() {
            findings.push(format!("{id}: there is no file {name}"));
        }
    }
    match *met {
        "yes" if named.is_empty() && !by.contains("review") && !by.contains("above") => {
            if !by.contains("compiler") {
                findings.push(format!("{id}: yes by nothing that can be looked at"));
            }
        }
        "yes" | "partly" | "no" | "not yet" | "n/a" | "operator" | "by profile" => {}
        other => findings.push(format!("{id}: `{other}` is no answer")),
    }
    findings
}

#[test]
fn every_answer_of_the_security_page_exists() {
    let page = fs::read_to_string(root().join("docs/security.md")).unwrap();
    let files = rust_files(root()).unwrap();
    let rows = rows(&page);
    assert!(rows.len() > 150, "only {} rows", rows.len());

    let findings: Vec<_> = rows.iter().flat_map(|row| findings(row, &files)).collect();

    assert!(findings.is_empty(), "{}", findings.join("\n"));
}

#[test]
fn a_claim_without_ground_is_found() {
    let files = rust_files(&root().join("tests/tests")).unwrap();
    let told = |met, by| findings(&["1.1.1", "what", met, by], &files).len();

    assert_eq!(told("yes", "`a_claim_without_ground_is_found`"), 0);
    assert_eq!(told("yes", "`no_test_has_this_name`"), 1);
    assert_eq!(told("yes", "`docs/nowhere.md`"), 1);
    assert_eq!(told("yes", "we are careful"), 1);
    assert_eq!(told("perhaps", "`docs/security.md`"), 1);
}
