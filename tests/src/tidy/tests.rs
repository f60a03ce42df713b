//! Each rule on a sample that breaks it and on one that only looks like it.

use super::*;

fn file(text: &str) -> SourceFile {
    SourceFile { path: "src/sample.rs".to_owned(), text: text.to_owned() }
}

/// The findings of one line in an otherwise tidy file.
fn line(code: &str) -> Vec<String> {
    findings(&file(&format!("//! A sample.\n{code}\n")))
}

#[test]
fn a_tidy_file_has_no_findings() {
    assert_eq!(line("fn main() {}"), Vec::<String>::new());
}

#[test]
fn a_finding_names_file_line_and_remedy() {
    let found = line("fn main() {} ");

    assert_eq!(found, ["src/sample.rs:2: whitespace at the end of the line"]);
}

#[test]
fn a_file_without_a_first_sentence_is_found() {
    assert_eq!(findings(&file("fn main() {}\n")).len(), 1);
    assert_eq!(findings(&file("")).len(), 1);
    assert_eq!(findings(&file("\n//! Too late.\n")).len(), 1);
}

#[test]
fn a_file_of_401_lines_is_found_and_one_of_400_is_not() {
    let text = |lines: usize| format!("//! Long.\n{}", "\n".repeat(lines - 1));

    assert_eq!(findings(&file(&text(400))).len(), 0);
    assert_eq!(findings(&file(&text(401))).len(), 1);
}

#[test]
fn unfinished_code_is_found() {
    for name in MACROS {
        assert_eq!(line(&format!("    {name}()")).len(), 1, "{name}");
    }
    assert_eq!(line("fn mastodon() {}").len(), 0);
}

#[test]
fn an_ignored_test_is_found_with_and_without_a_reason() {
    assert_eq!(line(&format!("{IGNORED_TEST}]")).len(), 1);
    assert_eq!(line(&format!("{IGNORED_TEST} = \"slow\"]")).len(), 1);
}

#[test]
fn a_note_for_later_needs_an_issue_number() {
    for note in NOTES {
        assert_eq!(line(&format!("// {note}: later")).len(), 1, "{note}");
        assert_eq!(line(&format!("// {note} #heading")).len(), 1, "{note}");
        assert_eq!(line(&format!("// {note} (#12): later")).len(), 0, "{note}");
    }
}

#[test]
fn a_silenced_lint_is_found_in_every_spelling() {
    for attribute in [
        format!("#[{ALLOW}dead_code)]"),
        format!("#![{ALLOW}dead_code)]"),
        format!("#[cfg_attr(test, {ALLOW}dead_code))]"),
        format!("    {ALLOW}dead_code)"),
    ] {
        assert_eq!(line(&attribute).len(), 1, "{attribute}");
    }
    assert_eq!(line(&format!("    policy.{ALLOW}request);")).len(), 0);
    assert_eq!(line(&format!("    dis{ALLOW}request);")).len(), 0);
}

#[test]
fn a_sleep_is_found_however_it_is_called() {
    for (call, import) in SLEEPS.iter().zip(SLEEP_IMPORTS) {
        assert_eq!(line(&format!("    tokio::time::{call}span).await;")).len(), 1);
        assert_eq!(line(&format!("    {call}span).await;")).len(), 1);
        assert_eq!(line(&format!("use std::{import};")).len(), 1);
        assert_eq!(line(&format!("    \"select pg_{call}5)\"")).len(), 0);
        assert_eq!(line(&format!("    // never {call}span)")).len(), 0);
    }
}
