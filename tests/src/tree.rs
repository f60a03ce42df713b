//! The repository's files, as the guards read them.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

/// Folders that hold nothing written by us, left out where git cannot say so.
const FOREIGN_FOLDERS: &[&str] = &[".git", "data", "node_modules", "target"];

/// The top folder of the workspace.
#[must_use]
pub fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here)
}

/// A source file: its path relative to the root it was read from, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// The path, with `/` between its parts.
    pub path: String,
    /// The whole content.
    pub text: String,
}

/// Every Rust file under `root` that is ours: tracked by git or not yet, but not ignored.
///
/// # Errors
///
/// [`io::Error`] when a folder or a file cannot be read.
pub fn rust_files(root: &Path) -> io::Result<Vec<SourceFile>> {
    let mut paths = match listed_by_git(root) {
        Some(paths) => paths,
        None => found_by_walking(root)?,
    };
    paths.sort();
    paths.dedup();

    // Git still lists a file that was deleted but not yet committed.
    paths.retain(|path| root.join(path).is_file());
    paths
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(root.join(&path))?;
            Ok(SourceFile { path, text })
        })
        .collect()
}

/// What git lists, or nothing outside a repository and without git.
fn listed_by_git(root: &Path) -> Option<Vec<String>> {
    let output = Command::new("git")
        .current_dir(root)
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", "*.rs"])
        .output()
        .ok()?;
    if !output.status.success() {
        return None;
    }
    let listing = String::from_utf8(output.stdout).ok()?;
    let paths = listing.split('\0').filter(|path| !path.is_empty()).map(str::to_owned).collect();
    Some(paths)
}

fn found_by_walking(root: &Path) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(root.join(&folder))? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = folder.join(&name);
            if entry.file_type()?.is_dir() {
                if !FOREIGN_FOLDERS.contains(&name.as_str()) {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let parts: Vec<_> =
                    path.iter().map(|part| part.to_string_lossy().into_owned()).collect();
                found.push(parts.join("/"));
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outside_a_git_repository_the_folders_are_walked() {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in
            [("a.rs", "one"), ("deep/b.rs", "two"), ("deep/c.txt", "no"), ("target/d.rs", "no")]
        {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }

        let files = rust_files(folder.path()).unwrap();

        let paths: Vec<_> = files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, ["a.rs", "deep/b.rs"]);
    }

    #[test]
    fn this_file_is_among_the_files_of_the_repository() {
        let files = rust_files(root()).unwrap();

        assert!(files.iter().any(|file| file.path == "tests/src/tree.rs"));
    }
}
