//! Connections: how they are opened, waited for, lost and given back.

use std::sync::Arc;
use std::time::Duration;

use gaara_application::Store;
use gaara_kernel::StoreError;
use gaara_store_sql::{Durability, SqlConfig, SqlStore};
use gaara_testkit::{Harness, code, number_series, poll_at_most};

use crate::databases::{self, Database, on_both_engines};

on_both_engines! {
    a_beginning_dropped_at_any_poll_leaves_a_usable_store,
    who_waits_too_long_for_a_connection_is_told,
    a_relaxed_store_works_too,
    a_closed_store_is_unavailable,
}

const SHORT: Duration = Duration::from_millis(100);

async fn add_series(store: &SqlStore, name: &str) -> Result<(), StoreError> {
    let mut unit = store.begin().await?;
    unit.series().add(&number_series(name)).await?;
    unit.commit().await
}

async fn a_beginning_dropped_at_any_poll_leaves_a_usable_store(
    (store, _database): (Arc<SqlStore>, Database),
) {
    for polls in 1..=30 {
        drop(poll_at_most(store.begin(), polls).await);
        drop(poll_at_most(store.view(), polls).await);
        let half = async {
            let mut unit = store.begin().await?;
            unit.series().add(&number_series("HALF")).await?;
            unit.series().lock_counter(&code("HALF"), 2026).await
        };
        drop(poll_at_most(half, polls).await);
        add_series(&store, &format!("WHOLE{polls}")).await.unwrap();
    }
    let mut unit = store.begin().await.unwrap();
    assert_eq!(unit.series().lock_counter(&code("HALF"), 2026).await.unwrap(), None);
    assert!(unit.series().lock_counter(&code("WHOLE30"), 2026).await.unwrap().is_some());
}

async fn who_waits_too_long_for_a_connection_is_told(
    (_store, database): (Arc<SqlStore>, Database),
) {
    let mut config = database.config.clone();
    (config.write_connections_max, config.read_connections_max) = (1, 1);
    config.acquire_timeout = SHORT;
    let store = SqlStore::connect(&config).await.unwrap();
    let unit = store.begin().await.unwrap();
    let view = store.view().await.unwrap();

    let second = store.begin().await.map(|_| ());
    assert!(matches!(second, Err(StoreError::Unavailable(_))), "{second:?}");
    let second = store.view().await.map(|_| ());
    assert!(matches!(second, Err(StoreError::Unavailable(_))), "{second:?}");
    drop((unit, view));
    add_series(&store, "LATER").await.unwrap();
    store.ping().await.unwrap();
}

async fn a_relaxed_store_works_too((_store, database): (Arc<SqlStore>, Database)) {
    let config = SqlConfig { durability: Durability::Relaxed, ..database.config.clone() };
    let store = SqlStore::connect(&config).await.unwrap();
    add_series(&store, "RELAXED").await.unwrap();
}

async fn a_closed_store_is_unavailable((store, _database): (Arc<SqlStore>, Database)) {
    store.ping().await.unwrap();
    store.close().await.unwrap();
    let result = store.ping().await;
    assert!(matches!(result, Err(StoreError::Unavailable(_))), "{result:?}");
}

/// The threads of a web server have a runtime each, and end while others still work.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_opened_elsewhere_outlives_whoever_opened_it() {
    let (store, _database) = databases::postgres().await;
    // Whoever opens another one has to be elsewhere.
    let (first, seen) = (store.begin().await.unwrap(), store.view().await.unwrap());
    let opened = elsewhere(&store, |store| async move {
        drop((store.begin().await.unwrap(), store.view().await.unwrap()));
        store.ping().await.unwrap();
        while store.count_connections().0 < 2 {
            tokio::task::yield_now().await;
        }
    });
    let ended = opened.await;
    let mut second = store.begin().await.unwrap();
    let mut looking = store.view().await.unwrap();
    // Only now its runtime ends.
    drop(ended);
    second.series().add(&number_series("SECOND")).await.unwrap();
    assert_eq!(looking.find_organization().await.unwrap(), None);
    second.commit().await.unwrap();
    drop((first, seen));
}

/// Does something under a runtime of its own thread; the answer ends both when it is dropped.
async fn elsewhere<F: Future<Output = ()> + Send>(
    store: &Arc<SqlStore>,
    work: impl FnOnce(Arc<SqlStore>) -> F + Send + 'static,
) -> Elsewhere {
    let store = Arc::clone(store);
    let (done, is_done) = tokio::sync::oneshot::channel();
    let (end, ends) = std::sync::mpsc::channel::<()>();
    let thread = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(work(store));
        done.send(()).unwrap();
        // Until the other end is gone.
        ends.recv().unwrap_err();
    });
    is_done.await.unwrap();
    Elsewhere { end: Some(end), thread: Some(thread) }
}

/// A thread with a runtime, until it is dropped.
struct Elsewhere {
    end: Option<std::sync::mpsc::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Drop for Elsewhere {
    fn drop(&mut self) {
        drop(self.end.take());
        let _ = self.thread.take().map(std::thread::JoinHandle::join);
    }
}

#[tokio::test]
async fn another_process_that_writes_an_sqlite_file_is_a_conflict() {
    let (store, database) = databases::sqlite().await;
    let config = SqlConfig { busy_timeout: SHORT, ..database.config.clone() };
    let other = SqlStore::connect(&config).await.unwrap();
    let unit = store.begin().await.unwrap();

    let result = other.begin().await.map(|_| ());
    assert!(matches!(result, Err(StoreError::Conflict)), "{result:?}");
    unit.rollback().await.unwrap();
    add_series(&other, "NOW").await.unwrap();
}

#[cfg(unix)]
#[tokio::test]
async fn an_sqlite_file_belongs_to_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;

    let (store, database) = databases::sqlite().await;
    add_series(&store, "ONE").await.unwrap();
    let path = database.config.url.trim_start_matches("sqlite:");
    for file in [path.to_owned(), format!("{path}-wal"), format!("{path}-shm")] {
        let mode = std::fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{file}");
    }
}

#[tokio::test]
async fn an_address_that_cannot_be_used_is_told_without_its_password() {
    let connect = |url: &'static str| async move {
        let mut config = SqlConfig::new(url);
        config.acquire_timeout = SHORT;
        SqlStore::connect(&config).await.map(|_| ()).unwrap_err()
    };
    for url in ["mysql://gaara:secret@localhost/books", "sqlite::memory:", "sqlite:", "books"] {
        let error = connect(url).await;
        assert!(matches!(error, StoreError::Internal(_)), "{url}: {error:?}");
        assert!(!format!("{error:?}").contains("secret"));
    }
    for url in ["postgres://gaara:secret@127.0.0.1:1/books", "sqlite:/nowhere/at/all/books.db"] {
        let error = connect(url).await;
        assert!(matches!(error, StoreError::Unavailable(_)), "{url}: {error:?}");
        assert!(!format!("{error:?}").contains("secret"));
    }
}

/// Two stores on one PostgreSQL database, the first of which holds the counter of `INV`.
async fn held_counter(limits: impl Fn(&mut SqlConfig)) -> (Database, StoreError) {
    let (holder, database) = databases::postgres().await;
    add_series(&holder, "INV").await.unwrap();
    let mut unit = holder.begin().await.unwrap();
    unit.series().lock_counter(&code("INV"), 2026).await.unwrap();

    let mut config = database.config.clone();
    limits(&mut config);
    let waiting = SqlStore::connect(&config).await.unwrap();
    let mut second = waiting.begin().await.unwrap();
    let error = second.series().lock_counter(&code("INV"), 2026).await.unwrap_err();
    (database, error)
}

#[tokio::test]
async fn who_waits_too_long_for_a_lock_meets_a_conflict() {
    let (_database, error) = held_counter(|config| config.lock_timeout = SHORT).await;
    assert!(matches!(error, StoreError::Conflict), "{error:?}");
}

#[tokio::test]
async fn a_statement_that_takes_too_long_is_given_up() {
    let (_database, error) = held_counter(|config| config.statement_timeout = SHORT).await;
    assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
}

#[tokio::test]
async fn of_two_that_wait_for_one_another_one_meets_a_conflict() {
    let (store, _database) = databases::postgres().await;
    for name in ["A", "B"] {
        add_series(&store, name).await.unwrap();
    }
    let (mut one, mut two) = (store.begin().await.unwrap(), store.begin().await.unwrap());
    one.series().lock_counter(&code("A"), 2026).await.unwrap();
    two.series().lock_counter(&code("B"), 2026).await.unwrap();

    let (b, a) = (code("B"), code("A"));
    let crossing = async {
        let result = one.series().lock_counter(&b, 2026).await;
        drop(one);
        result
    };
    let crossed = async {
        let result = two.series().lock_counter(&a, 2026).await;
        drop(two);
        result
    };
    let results: [Result<_, StoreError>; 2] = tokio::join!(crossing, crossed).into();
    let conflicts = results.iter().filter(|result| matches!(result, Err(StoreError::Conflict)));
    assert_eq!(conflicts.count(), 1, "{results:?}");
}

#[tokio::test]
async fn many_hold_a_product_side_by_side_and_nobody_locks_it_meanwhile() {
    let (holder, database) = databases::postgres().await;
    let books = Harness::new(holder.clone()).set_up().await;
    books.add_vat().await;
    let product = books.add_product("BOLT-M8").await;
    let warehouse = books.add_warehouse("MAIN").await;
    let mut config = database.config.clone();
    config.lock_timeout = SHORT;
    let other = SqlStore::connect(&config).await.unwrap();

    let mut one = holder.begin().await.unwrap();
    let mut two = other.begin().await.unwrap();
    for unit in [&mut one, &mut two] {
        assert_eq!(unit.products().hold_many(&[product]).await.unwrap().len(), 1);
        assert!(unit.warehouses().hold(warehouse).await.unwrap().is_some());
    }
    let mut three = other.begin().await.unwrap();
    let result = three.products().lock(product).await;
    assert!(matches!(result, Err(StoreError::Conflict)), "{result:?}");
    drop(three);
    let mut three = other.begin().await.unwrap();
    let result = three.warehouses().lock(warehouse).await;
    assert!(matches!(result, Err(StoreError::Conflict)), "{result:?}");
    drop((one, two, three));
    let mut last = other.begin().await.unwrap();
    assert!(last.products().lock(product).await.unwrap().is_some());
}
