//! The executor: how often a use case runs, and what stays of each run.
#![expect(clippy::unwrap_used, reason = "a fixture that fails must end its test")]

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use gaara_application::{
    AuditEntry, AuditFilter, Context, Failure, Fingerprint, IdempotencyKey, ListAuditLog, Once,
    OnceError, Refusal, Reply, Store, StoredReply, UnitOfWork, UseCase,
};
use gaara_identity::{Permission, Role};
use gaara_kernel::{PageLimit, PageRequest, Sort, StoreError};
use gaara_store_memory::MemoryStore;
use gaara_testkit::{Harness, code, number_series};
use tokio::sync::Notify;

/// Adds a number series, but meets another transaction the first few times.
struct Contended {
    conflicts: u32,
    runs: AtomicU32,
    /// Waited for in every run, where there is one.
    held: Option<Arc<Notify>>,
}

impl Contended {
    fn new(conflicts: u32) -> Self {
        Self { conflicts, runs: AtomicU32::new(0), held: None }
    }
}

#[derive(Debug, thiserror::Error)]
#[error(transparent)]
struct ContendedError(#[from] StoreError);

impl Failure for ContendedError {
    fn store_error(&self) -> Option<&StoreError> {
        Some(&self.0)
    }
}

impl UseCase for Contended {
    type Output = u32;
    type Error = ContendedError;
    const PERMISSION: Permission = Permission::EditTaxRates;

    async fn run(&self, unit: &mut dyn UnitOfWork, _: &Context) -> Result<u32, ContendedError> {
        let run = self.runs.fetch_add(1, Ordering::SeqCst) + 1;
        if let Some(held) = &self.held {
            held.notified().await;
        }
        unit.series().add(&number_series("NEW")).await?;
        if run <= self.conflicts { Err(StoreError::Conflict.into()) } else { Ok(run) }
    }

    fn audit(&self, run: &u32) -> AuditEntry {
        AuditEntry::about("series.added", "NEW").with("run", run)
    }
}

fn books() -> (Harness, Arc<MemoryStore>) {
    let store = Arc::new(MemoryStore::new());
    (Harness::new(store.clone()), store)
}

async fn audited(books: &Harness) -> usize {
    let page = PageRequest {
        limit: PageLimit::default(),
        sort: Sort::natural(),
        after: None,
        with_total: false,
    };
    let query = ListAuditLog { filter: AuditFilter::default(), page };
    books.app.ask(&books.system(), &query).await.unwrap().items.len()
}

fn once() -> Once {
    Once {
        key: IdempotencyKey {
            principal: "system".to_owned(),
            route: "POST /series".to_owned(),
            key: "a-key-of-mine-001".to_owned(),
        },
        fingerprint: Fingerprint([0; 32]),
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "an output is rendered by reference")]
fn render(run: &u32) -> StoredReply {
    StoredReply { status: 201, headers: Vec::new(), body: run.to_string().into_bytes() }
}

#[tokio::test]
async fn a_conflict_runs_the_whole_use_case_again_on_clean_ground() {
    let (books, _) = books();
    // Had the first run left its series, the second would find it taken.
    let output = books.app.execute(&books.system(), &Contended::new(2)).await.unwrap();
    assert_eq!(output, 3);
    assert_eq!(audited(&books).await, 1);
}

#[tokio::test]
async fn the_third_conflict_reaches_the_caller_and_nothing_stays() {
    let (books, store) = books();
    let use_case = Contended::new(3);

    let refusal = books.app.execute(&books.system(), &use_case).await.unwrap_err();

    assert!(matches!(refusal, Refusal::Failed(ContendedError(StoreError::Conflict))));
    assert_eq!(use_case.runs.load(Ordering::SeqCst), 3);
    assert_eq!(audited(&books).await, 0);
    let mut unit = store.begin().await.unwrap();
    assert_eq!(unit.series().lock_counter(&code("NEW"), 2026).await.unwrap(), None);
}

#[tokio::test]
async fn a_repeated_run_keeps_one_reply() {
    let (books, _) = books();
    let use_case = Contended::new(1);
    let first = books.app.execute_once(&books.system(), &use_case, &once(), render).await.unwrap();
    let second = books.app.execute_once(&books.system(), &use_case, &once(), render).await.unwrap();
    assert_eq!(first, Reply::Fresh(render(&2)));
    assert_eq!(second, Reply::Replayed(render(&2)));
    assert_eq!(use_case.runs.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_key_that_is_being_worked_on_is_in_progress_and_free_when_that_is_dropped() {
    let (books, _) = books();
    let held = Contended { held: Some(Arc::new(Notify::new())), ..Contended::new(0) };
    let actor = books.system();
    let key = once();

    let mut first = Box::pin(books.app.execute_once(&actor, &held, &key, render));
    assert!(is_waiting(&mut first).await, "the first one waits");
    let free = Contended::new(0);
    let second = books.app.execute_once(&actor, &free, &key, render).await;
    assert!(matches!(second, Err(Refusal::Once(OnceError::InProgress))));

    drop(first);
    let third = books.app.execute_once(&actor, &free, &key, render).await.unwrap();
    assert_eq!(third, Reply::Fresh(render(&1)));
}

/// Polls a future once and answers whether it is still waiting.
async fn is_waiting<F: Future + Unpin>(future: &mut F) -> bool {
    gaara_testkit::poll_at_most(future, 1).await.is_none()
}

#[tokio::test]
async fn a_refused_actor_never_reaches_the_store() {
    let (books, _) = books();
    let use_case = Contended::new(0);
    let refusal = books.app.execute(&books.signed_in(Role::Sales), &use_case).await.unwrap_err();
    assert!(matches!(refusal, Refusal::Forbidden(Permission::EditTaxRates)));
    assert_eq!(use_case.runs.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_unit_that_met_an_error_is_dead() {
    let (_, store) = books();
    let mut unit = store.begin().await.unwrap();
    unit.series().add(&number_series("TWICE")).await.unwrap();
    unit.series().add(&number_series("TWICE")).await.unwrap_err();

    let after = unit.series().add(&number_series("OTHER")).await;
    assert!(matches!(after, Err(StoreError::Internal(_))));
    assert!(unit.commit().await.is_err());
}
