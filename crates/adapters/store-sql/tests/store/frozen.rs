//! A PostgreSQL server that says nothing any more, or is started anew: whoever needs it is told soon,
//! and it works again by itself.
#![cfg(unix)]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use gaara_application::Store;
use gaara_kernel::StoreError;
use gaara_store_sql::{SqlConfig, SqlStore};
use gaara_testkit::{code, number_series};
use tempfile::TempDir;

/// How soon somebody has to be told.
const SOON: Duration = Duration::from_secs(5);

/// A server of the test's own; nobody else is disturbed.
struct Server {
    state: PathBuf,
    url: String,
    _directory: TempDir,
}

impl Server {
    fn start() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let state = directory.path().join("state");
        assert!(script("start", &state).success(), "a server starts");
        let told = std::fs::read_to_string(&state).unwrap();
        let lines: Vec<&str> = told.lines().collect();
        let [_, _, _, url] = lines.as_slice() else { panic!("{told}") };
        let url = (*url).to_owned();
        Self { state, url, _directory: directory }
    }

    /// Stops the server and everything that works for it in its tracks.
    fn freeze(&self) {
        assert!(script("freeze", &self.state).success(), "a server freezes");
    }

    fn thaw(&self) {
        assert!(script("thaw", &self.state).success(), "a server thaws");
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
        let _ = script("thaw", &self.state);
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

    server.freeze();
    let asked = tokio::time::Instant::now();
    let (written, read, answer) =
        tokio::join!(write(&store, "LOST"), async { store.view().await.map(drop) }, store.ping());
    let waited = asked.elapsed();
    server.thaw();

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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_runs_when_a_server_freezes_ends_soon_and_its_connection_is_thrown_away() {
    let server = Server::start();
    let mut config = SqlConfig::new(&server.url);
    // There is one connection of each kind, so whoever keeps one keeps everybody out.
    (config.write_connections_max, config.read_connections_max) = (1, 1);
    let store = SqlStore::connect(&config).await.unwrap();
    store.migrate_up().await.unwrap();
    let mut unit = store.begin().await.unwrap();
    unit.series().add(&number_series("LOST")).await.unwrap();
    let mut view = store.view().await.unwrap();

    server.freeze();
    let asked = tokio::time::Instant::now();
    let written = async {
        let done = unit.series().add(&number_series("NEVER")).await;
        // Nobody is asked again who has said nothing.
        let more = unit.series().lock_counter(&code("LOST"), 2026).await.map(drop);
        (done, more, unit.rollback().await)
    };
    let read = async { view.find_organization().await.map(drop) };
    let ((written, more, undone), read) = tokio::join!(written, read);
    let waited = asked.elapsed();
    drop(view);

    assert!(waited < SOON, "{waited:?}");
    for told in [written, more, undone, read] {
        assert!(matches!(told, Err(StoreError::Unavailable(_))), "{told:?}");
    }
    // While the server is frozen: the connections are not kept until it thaws.
    let thrown_away = async {
        while store.count_connections() != (0, 0) {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(SOON, thrown_away).await.expect("both are given up");
    server.thaw();
    write(&store, "AFTER").await.unwrap();
    store.view().await.unwrap();
    let mut unit = store.begin().await.unwrap();
    assert_eq!(unit.series().lock_counter(&code("LOST"), 2026).await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_commit_that_is_not_answered_is_told_as_such() {
    let server = Server::start();
    let store = SqlStore::connect(&SqlConfig::new(&server.url)).await.unwrap();
    store.migrate_up().await.unwrap();
    let mut unit = store.begin().await.unwrap();
    unit.series().add(&number_series("DOUBT")).await.unwrap();

    server.freeze();
    let asked = tokio::time::Instant::now();
    let told = unit.commit().await;
    let waited = asked.elapsed();
    server.thaw();

    assert!(waited < SOON, "{waited:?}");
    assert!(matches!(told, Err(StoreError::Unconfirmed(_))), "{told:?}");
    // It was asked for before the server fell silent, so it is done when the server goes on.
    let mut unit = store.begin().await.unwrap();
    assert!(unit.series().lock_counter(&code("DOUBT"), 2026).await.unwrap().is_some());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_statement_that_is_slow_is_waited_for_while_the_server_lives() {
    let server = Server::start();
    let config = SqlConfig::new(&server.url);
    let store = SqlStore::connect(&config).await.unwrap();
    // Longer than anybody is patient, and shorter than a lock is waited for.
    let held = config.acquire_timeout / 2 + Duration::from_millis(500);
    store.migrate_up().await.unwrap();
    write(&store, "INV").await.unwrap();
    let mut holder = store.begin().await.unwrap();
    holder.series().lock_counter(&code("INV"), 2026).await.unwrap();

    let mut second = store.begin().await.unwrap();
    let waiting = async {
        let began = tokio::time::Instant::now();
        second.series().lock_counter(&code("INV"), 2026).await.map(|_| began.elapsed())
    };
    let freeing = async {
        tokio::time::timeout(held, std::future::pending::<()>()).await.unwrap_err();
        holder.rollback().await.unwrap();
    };
    let (waited, ()) = tokio::join!(waiting, freeing);
    assert!(waited.unwrap() > config.acquire_timeout / 2);
}
