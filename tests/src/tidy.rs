//! What every source file keeps to, as a function from its text to findings.

use crate::tree::SourceFile;

/// The most lines a file may have.
pub const LINES_MAX: usize = 400;

/// Files written by a program, which may be longer.
pub const GENERATED: &[&str] = &[];

// The forbidden words are put together from halves, so that this file does not hold them.
const MACROS: &[&str] = &[concat!("to", "do!"), concat!("unimpl", "emented!")];
const IGNORED_TEST: &str = concat!("#[ig", "nore");
const NOTES: &[&str] = &[concat!("TO", "DO"), concat!("FIX", "ME")];
const ALLOW: &str = concat!("al", "low(");
const SLEEPS: &[&str] = &[concat!("sl", "eep("), concat!("sl", "eep_until(")];
const SLEEP_IMPORTS: &[&str] = &[concat!("thread::", "sleep"), concat!("time::", "sleep")];

/// Everything in `file` that breaks a rule, each as `path:line: what to do about it`.
#[must_use]
pub fn findings(file: &SourceFile) -> Vec<String> {
    let mut found = Vec::new();
    let mut report = |line: usize, message: &str| {
        found.push(format!("{}:{line}: {message}", file.path));
    };

    if !file.text.starts_with("//!") {
        report(1, "the first line says what the file is for, after `//!`");
    }
    let lines = file.text.lines().count();
    if lines > LINES_MAX && !GENERATED.contains(&file.path.as_str()) {
        report(lines, "the file is over 400 lines; split it by what it is about");
    }
    for (index, line) in file.text.split('\n').enumerate() {
        for message in line_findings(line) {
            report(index + 1, message);
        }
    }
    found
}

fn line_findings(line: &str) -> Vec<&'static str> {
    let mut found = Vec::new();
    if line.ends_with(char::is_whitespace) {
        found.push("whitespace at the end of the line");
    }
    if MACROS.iter().any(|name| has_word(line, name)) {
        found.push("unfinished code; finish it or leave it out");
    }
    if line.contains(IGNORED_TEST) {
        found.push("a test that does not run proves nothing; make it run or remove it");
    }
    if NOTES.iter().any(|note| has_word(line, note)) && !names_an_issue(line) {
        found.push("a note for later names its issue, as in (#12)");
    }
    if is_attribute(line) && has_word(line, ALLOW) {
        found.push("use `#[expect(…, reason = \"…\")]`, which fails once it is needless");
    }
    let code = line.trim_start();
    let is_comment = code.starts_with("//");
    if !is_comment
        && (SLEEPS.iter().any(|call| has_word(line, call))
            || SLEEP_IMPORTS.iter().any(|path| line.contains(path)))
    {
        found.push("wait for an event, not for time");
    }
    found
}

/// Whether `word` stands in `line` without a longer name in front of it.
fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(start, _)| {
        line.get(..start)
            .and_then(|before| before.chars().next_back())
            .is_none_or(|before| !before.is_alphanumeric() && before != '_')
    })
}

/// Whether the line opens an attribute, or continues the conditions of one.
fn is_attribute(line: &str) -> bool {
    let code = line.trim_start();
    code.contains("#[") || code.contains("#![") || code.starts_with(ALLOW)
}

fn names_an_issue(line: &str) -> bool {
    line.match_indices('#').any(|(start, mark)| {
        line.get(start + mark.len()..)
            .is_some_and(|after| after.starts_with(|digit: char| digit.is_ascii_digit()))
    })
}

#[cfg(test)]
mod tests;
