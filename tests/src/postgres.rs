//! A PostgreSQL server of one test's own, to be killed.

use std::process::Command;

use tempfile::TempDir;

use crate::tree::root;

/// A PostgreSQL server that ends with the test.
pub struct Postgres {
    directory: TempDir,
    /// Its address.
    pub url: String,
}

impl Postgres {
    /// Starts one.
    ///
    /// # Panics
    /// When it does not start.
    #[must_use]
    pub fn start() -> Self {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let mut postgres = Self { directory, url: String::new() };
        postgres.script("start");
        postgres.script("url").trim().clone_into(&mut postgres.url);
        postgres
    }

    /// Kills it without a word, and starts it again at the same address.
    ///
    /// # Panics
    /// When it does not start again.
    pub fn crash(&self) {
        self.script("crash");
    }

    fn script(&self, verb: &str) -> String {
        let state = self.directory.path().join("state");
        let script = root().join("scripts/postgres.sh");
        let done = Command::new(script).arg(verb).arg(state).output().expect("the script runs");
        assert!(done.status.success(), "{verb}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).expect("text")
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // Ending what has ended is no mistake.
        self.script("stop");
    }
}
