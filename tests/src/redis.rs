//! A Redis server of one test's own, to be shared by instances and to be taken away from them.

use std::process::Command;

use tempfile::TempDir;

use crate::tree::root;

/// A Redis server that ends with the test.
pub struct Redis {
    directory: TempDir,
    /// Its address.
    pub url: String,
}

impl Redis {
    /// Starts one.
    ///
    /// # Panics
    /// When it does not start.
    #[must_use]
    pub fn start() -> Self {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let mut redis = Self { directory, url: String::new() };
        redis.script("start");
        redis.script("url").trim().clone_into(&mut redis.url);
        redis
    }

    /// Ends it at once.
    ///
    /// # Panics
    /// When it does not end.
    pub fn stop(&self) {
        self.script("stop");
    }

    fn script(&self, verb: &str) -> String {
        let state = self.directory.path().join("state");
        let script = root().join("scripts/redis.sh");
        let done = Command::new(script).arg(verb).arg(state).output().expect("the script runs");
        assert!(done.status.success(), "{verb}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).expect("text")
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        // Ending what has ended is no mistake.
        self.script("stop");
    }
}
