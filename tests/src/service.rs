//! A PostgreSQL or Redis server of one test's own, to be shared by instances and to be taken away
//! from them.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::tree::root;

/// A server that ends with the test.
pub struct Service {
    script: &'static str,
    directory: TempDir,
    /// Its address.
    pub url: String,
}

impl Service {
    /// Starts a PostgreSQL server.
    ///
    /// # Panics
    /// When it does not start.
    #[must_use]
    pub fn postgres() -> Self {
        Self::start("scripts/postgres.sh")
    }

    /// Starts a Redis server.
    ///
    /// # Panics
    /// When it does not start.
    #[must_use]
    pub fn redis() -> Self {
        Self::start("scripts/redis.sh")
    }

    fn start(script: &'static str) -> Self {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let mut service = Self { script, directory, url: String::new() };
        service.told("start");
        service.told("url").trim().clone_into(&mut service.url);
        service
    }

    /// Ends it at once.
    ///
    /// # Panics
    /// When it does not end.
    pub fn stop(&self) {
        self.told("stop");
    }

    /// Kills PostgreSQL without a word, and starts it again at the same address.
    ///
    /// # Panics
    /// When it does not start again.
    pub fn crash(&self) {
        self.told("crash");
    }

    /// Ends PostgreSQL at once; it can be started [`Service::again`].
    ///
    /// # Panics
    /// When it does not end.
    pub fn halt(&self) {
        self.told("halt");
    }

    /// Starts a PostgreSQL that was halted at the same address.
    ///
    /// # Panics
    /// When it does not start again.
    pub fn again(&self) {
        self.told("again");
    }

    /// Stops PostgreSQL and everything that works for it in its tracks, until the answer is dropped.
    ///
    /// # Panics
    /// When there is nobody to be stopped.
    #[must_use]
    pub fn freeze(&self) -> Frozen<'_> {
        self.told("freeze");
        Frozen(self)
    }

    /// Has PostgreSQL speak TLS with a certificate and its key; clients have to show one of an
    /// authority, where one is named. All are PEM files.
    ///
    /// # Panics
    /// When it does not start again.
    pub fn speak_tls(&self, certificate: &Path, key: &Path, authority: Option<&Path>) {
        self.run("tls", [Some(certificate), Some(key), authority].into_iter().flatten());
    }

    fn told(&self, verb: &str) -> String {
        self.run(verb, [""; 0])
    }

    fn run(&self, verb: &str, more: impl IntoIterator<Item = impl AsRef<OsStr>>) -> String {
        let state = self.directory.path().join("state");
        let mut command = Command::new(root().join(self.script));
        let done = command.arg(verb).arg(state).args(more).output().expect("the script runs");
        assert!(done.status.success(), "{verb}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).expect("text")
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // Ending what has ended is no mistake.
        self.stop();
    }
}

/// A PostgreSQL that says nothing; dropped, it goes on.
pub struct Frozen<'a>(&'a Service);

impl Drop for Frozen<'_> {
    fn drop(&mut self) {
        self.0.told("thaw");
    }
}
