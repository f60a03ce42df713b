//! The sentences of the architecture page marked *Invariant*, and the tests they name.

use crate::tree::SourceFile;

/// The mark at the start of such a sentence.
pub const MARK: &str = "*Invariant*";

/// Every marked sentence of `page` that names no test, or one that is in none of the `files`.
///
/// A test is named in backticks as `function`, `crate::function` or `file.rs::function`; with a
/// file, it has to be in that one.
/// A page without any such sentence is itself a finding, lest a change of the mark switch this off.
#[must_use]
pub fn findings(page: &str, files: &[SourceFile]) -> Vec<String> {
    let mut found = Vec::new();
    let mut sentences = 0_usize;
    for (index, line) in page.lines().enumerate() {
        if !line.trim_start_matches(['-', ' ']).starts_with(MARK) {
            continue;
        }
        sentences += 1;
        let named: Vec<_> = in_backticks(line).filter(|name| is_function(name)).collect();
        if !named.iter().any(|name| exists(name, files)) {
            found.push(format!("line {}: names no test that exists: {line}", index + 1));
        }
        // A file is only ever named together with a test, so that one must exist.
        for name in named.iter().filter(|name| name.contains(".rs::")) {
            if !exists(name, files) {
                found.push(format!("line {}: `{name}` does not exist", index + 1));
            }
        }
    }
    if sentences == 0 {
        found.push(format!("no line starts with {MARK}"));
    }
    found
}

fn in_backticks(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2)
}

/// The last part of a path, in the form of a function's name.
fn is_function(name: &str) -> bool {
    let (_, function) = split(name);
    function.starts_with(|first: char| first.is_ascii_lowercase())
        && function
            .chars()
            .all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_')
}

fn split(name: &str) -> (&str, &str) {
    name.rsplit_once("::").unwrap_or(("", name))
}

fn exists(name: &str, files: &[SourceFile]) -> bool {
    let (place, function) = split(name);
    let is_in_file = std::path::Path::new(place).extension().is_some_and(|end| end == "rs");
    let suffix = format!("/{place}");
    files
        .iter()
        .filter(|file| !is_in_file || file.path == place || file.path.ends_with(&suffix))
        .any(|file| defines(&file.text, function))
}

fn defines(text: &str, function: &str) -> bool {
    let definition = format!("fn {function}");
    text.match_indices(&definition).any(|(start, _)| {
        text.get(start + definition.len()..)
            .and_then(|after| after.chars().next())
            .is_some_and(|after| after == '(' || after == '<')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files() -> Vec<SourceFile> {
        vec![SourceFile {
            path: "tests/tests/tidy.rs".to_owned(),
            text: "#[test]\nfn every_file_is_tidy() {}\n".to_owned(),
        }]
    }

    #[test]
    fn a_sentence_that_names_a_test_is_kept() {
        for name in
            ["every_file_is_tidy", "gaara_tests::every_file_is_tidy", "tidy.rs::every_file_is_tidy"]
        {
            let page = format!("# Title\n\n*Invariant*: `Files` are tidy (`{name}`).\n");

            assert_eq!(findings(&page, &files()), Vec::<String>::new(), "{name}");
        }
    }

    #[test]
    fn a_sentence_without_a_test_is_found() {
        assert_eq!(findings("*Invariant*: files are tidy.\n", &files()).len(), 1);
    }

    #[test]
    fn a_sentence_with_a_test_that_does_not_exist_is_found() {
        for name in ["every_file", "every_file_is_tidy_indeed", "every file is tidy"] {
            let page = format!("*Invariant*: files are tidy (`{name}`).\n");

            assert_eq!(findings(&page, &files()).len(), 1, "{name}");
        }
    }

    #[test]
    fn a_test_named_in_the_wrong_file_is_found() {
        let page = "*Invariant*: tidy (`every_file_is_tidy`, `other.rs::every_file_is_tidy`).\n";

        assert_eq!(findings(page, &files()).len(), 1);
    }

    #[test]
    fn a_page_without_the_mark_is_found() {
        assert_eq!(findings("# Title\n", &files()).len(), 1);
    }
}
