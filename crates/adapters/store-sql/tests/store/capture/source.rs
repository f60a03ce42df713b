//! Which method of which port, or of the application, stands on a line of the source.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The folders that are read, from that of the workspace.
const FOLDERS: &[&str] = &["crates/adapters/store-sql/src", "crates/application/src"];

/// The methods, by the file they stand in and the line they begin on.
pub(crate) struct Source(BTreeMap<PathBuf, BTreeMap<u32, Option<String>>>);

impl Source {
    /// Reads all of it.
    pub(crate) fn read() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
        let mut files = BTreeMap::new();
        let mut folders: Vec<PathBuf> = FOLDERS.iter().map(PathBuf::from).collect();
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(root.join(&folder)).expect("a folder of sources") {
                let entry = entry.expect("an entry");
                let path = folder.join(entry.file_name());
                if entry.path().is_dir() {
                    folders.push(path);
                } else {
                    let text = std::fs::read_to_string(entry.path()).expect("a file of sources");
                    let _ = files.insert(path, lines(&text));
                }
            }
        }
        Self(files)
    }

    /// The method that stands on a line, as `Port::method`.
    pub(crate) fn method(&self, file: &Path, line: u32) -> Option<&str> {
        let (_, lines) = self.0.iter().find(|(path, _)| file.ends_with(path))?;
        lines.range(..=line).next_back()?.1.as_deref()
    }

    /// Every method of a port that the store has.
    pub(crate) fn of_ports(&self) -> BTreeSet<&str> {
        let all = self.0.values().flat_map(BTreeMap::values).flatten();
        all.map(String::as_str).filter(|name| !name.starts_with("App::")).collect()
    }
}

/// Where each method begins, and where it is no longer one.
fn lines(text: &str) -> BTreeMap<u32, Option<String>> {
    let mut lines = BTreeMap::new();
    let mut owner = None;
    for (number, line) in (1..).zip(text.lines()) {
        if let Some(head) = line.strip_prefix("impl ") {
            owner = owner_of(head);
        } else if line == "}" {
            owner = None;
            let _ = lines.insert(number, None);
        } else if let Some(name) = method_of(line) {
            let _ = lines.insert(number, owner.map(|owner: &str| format!("{owner}::{name}")));
        }
    }
    lines
}

/// The port that is implemented here, or the application.
fn owner_of(head: &str) -> Option<&str> {
    if head == "App {" {
        return Some("App");
    }
    let (port, of) = head.split_once(" for ")?;
    (of.starts_with("SqlView") || of.starts_with("SqlTransaction")).then_some(port)
}

fn method_of(line: &str) -> Option<&str> {
    let line = line.strip_prefix("    ")?;
    let line = ["pub(crate) ", "pub "].iter().find_map(|it| line.strip_prefix(it)).unwrap_or(line);
    line.strip_prefix("async fn ")?.split(['(', '<']).next()
}
