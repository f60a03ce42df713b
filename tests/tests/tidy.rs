//! Every Rust file of the repository keeps the rules of `docs/style.md` that a program can check.

use gaara_tests::{tidy, tree};

#[test]
fn every_file_is_tidy() {
    let files = tree::rust_files(tree::root()).unwrap();
    assert!(
        files.len() > 10,
        "only {} files found; the guard looks in the wrong place",
        files.len()
    );

    let findings: Vec<_> = files.iter().flat_map(tidy::findings).collect();

    assert!(findings.is_empty(), "{} findings:\n{}", findings.len(), findings.join("\n"));
}

#[test]
fn every_exemption_for_generated_files_is_still_needed() {
    let files = tree::rust_files(tree::root()).unwrap();

    for path in tidy::GENERATED {
        let file = files.iter().find(|file| file.path == **path);
        let lines = file.map_or(0, |file| file.text.lines().count());
        assert!(lines > tidy::LINES_MAX, "{path} needs no exemption: {lines} lines");
    }
}
