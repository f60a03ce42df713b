//! A PostgreSQL server that says nothing any more, or is started anew: whoever needs it is told soon,
//! and it works again by itself.
#![cfg(unix)]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use gaara_application::Store;
use gaara_kernel::StoreError;
use gaara_store_sql::{SqlConfig, SqlStore};
use gaara_testkit::number_series;
use tempfile::TempDir;

/// How soon somebody has to be told.
const SOON: Duration = Duration::from_secs(5);

/// A server of the test's own; nobody else is disturbed.
struct Server {
    state: PathBuf,
    url: String,
    process: String,
    _directory: TempDir,
}

impl Server {
    fn start() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let state = directory.path().join("state");
        assert!(script("start", &state).success(), "a server starts");
        let told = std::fs::read_to_string(&state).unwrap();
        let lines: Vec<&str> = told.lines().collect();
        let [_, process, _, url] = lines.as_slice() else { panic!("{told}") };
        let (process, url) = ((*process).to_owned(), (*url).to_owned());
        Self { state, url, process, _directory: directory }
    }

    /// Sends a signal to the server and everything that works for it.
    fn signal(&self, signal: &str) {
        let parts = Command::new("ps").args(["-o", "pid=", "--ppid", &self.process]).output();
        let parts = String::from_utf8(parts.unwrap().stdout).unwrap();
        let all = parts.split_whitespace().chain([self.process.as_str()]);
        // Who has ended meanwhile hears nothing.
        let _ = Command::new("kill").arg(signal).args(all).status().unwrap();
    }

    /// Ends every connection, as a restart does.
    fn end_connections(&self) {
        let text = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                    WHERE application_name = 'gaara'";
        let ended = Command::new("psql").args([&self.url, "--quiet", "--command", text]).output();
        assert!(ended.unwrap().status.success());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.signal("-CONT");
        let _ = script("stop", &self.state);
    }
}

fn script(word: &str, state: &Path) -> std::process::ExitStatus {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../scripts/postgres.sh");
    Command::new(path).arg(word).arg(state).stdout(std::process::Stdio::null()).status().unwrap()
}

async fn write(store: &SqlStore, name: &str) -> Result<(), StoreError> {
    let mut unit = store.begin().await?;
    unit.series().add(&number_series(name)).await?;
    unit.commit().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_says_nothing_is_unavailable_soon_and_works_again_by_itself() {
    let server = Server::start();
    let store = SqlStore::connect(&SqlConfig::new(&server.url)).await.unwrap();
    store.migrate_up().await.unwrap();
    write(&store, "BEFORE").await.unwrap();
    store.view().await.unwrap();

    server.signal("-STOP");
    let asked = tokio::time::Instant::now();
    let (written, read, answer) =
        tokio::join!(write(&store, "LOST"), async { store.view().await.map(drop) }, store.ping());
    let waited = asked.elapsed();
    server.signal("-CONT");

    assert!(waited < SOON, "{waited:?}");
    for told in [written, read, answer] {
        assert!(matches!(told, Err(StoreError::Unavailable(_))), "{told:?}");
    }
    write(&store, "AFTER").await.unwrap();
    store.ping().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lost_connections_are_made_anew() {
    let server = Server::start();
    let store = SqlStore::connect(&SqlConfig::new(&server.url)).await.unwrap();
    store.migrate_up().await.unwrap();
    let mut unit = store.begin().await.unwrap();
    unit.series().add(&number_series("LOST")).await.unwrap();

    server.end_connections();

    let lost = unit.commit().await;
    assert!(matches!(lost, Err(StoreError::Unavailable(_))), "{lost:?}");
    write(&store, "AFTER").await.unwrap();
    store.view().await.unwrap();
}
