//! Guards around calls: who gets through, and what dropped and judged calls leave behind.

use std::convert::Infallible;
use std::future::pending;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use gaara_application::{
    Breakers, Dependency, FallbackRateLimiter, Guard, GuardError, Measure, Measured as _,
    RateLimitError, RateLimiter,
};
use gaara_kernel::Timestamp;
use gaara_security_policy::{BreakerHold, BreakerState, CallOutcome, RateDecision, RateRule};
use gaara_store_memory::MemoryRateLimiter;
use gaara_testkit::{CountedEntropy, StoppedClock, poll_at_most};
use tokio::sync::Semaphore;

struct Bench {
    clock: Arc<StoppedClock>,
    breakers: Breakers,
}

impl Bench {
    fn new() -> Self {
        let clock = Arc::new(StoppedClock::default());
        let breakers = Breakers::new(clock.clone(), Arc::new(CountedEntropy::default()));
        Self { clock, breakers }
    }
}

async fn fail(guard: &Guard) -> Result<(), GuardError<&'static str>> {
    guard.call(async { Err("refused") }).await
}

async fn open(bench: &Bench) -> Arc<Guard> {
    let guard = bench.breakers.guard(Dependency::EXTERNAL);
    for _ in 0..10 {
        assert!(matches!(fail(&guard).await, Err(GuardError::Failed("refused"))));
    }
    assert_eq!(guard.snapshot().state, BreakerState::Open);
    guard
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_a_thousand_tasks_at_half_open_exactly_three_reach_the_remote() {
    let bench = Bench::new();
    let guard = open(&bench).await;
    bench.clock.advance(Duration::from_secs(40));
    let (reached, gate) = (Arc::new(AtomicUsize::new(0)), Arc::new(Semaphore::new(0)));

    let (refused, mut refusals) = tokio::sync::mpsc::unbounded_channel();
    let tasks: Vec<_> = (0..1_000)
        .map(|_| {
            let (guard, reached) = (Arc::clone(&guard), Arc::clone(&reached));
            let (gate, refused) = (Arc::clone(&gate), refused.clone());
            tokio::spawn(async move {
                let remote = async {
                    reached.fetch_add(1, Ordering::SeqCst);
                    gate.acquire().await.unwrap().forget();
                    Ok::<_, Infallible>(())
                };
                if guard.call(remote).await.is_err() {
                    refused.send(()).unwrap();
                }
            })
        })
        .collect();
    // All others were turned away before the first answer comes.
    for _ in 0..997 {
        refusals.recv().await.unwrap();
    }
    gate.add_permits(3);
    for task in tasks {
        task.await.unwrap();
    }

    assert_eq!(reached.load(Ordering::SeqCst), 3);
    assert_eq!(guard.snapshot().state, BreakerState::Closed);
}

#[tokio::test]
async fn a_call_that_is_dropped_gives_its_permit_back() {
    let bench = Bench::new();
    let guard = open(&bench).await;
    bench.clock.advance(Duration::from_secs(40));
    for _ in 0..10 {
        let stuck = Box::pin(guard.call(pending::<Result<(), Infallible>>()));
        assert!(poll_at_most(stuck, 1).await.is_none());
    }
    for _ in 0..3 {
        guard.call(async { Ok::<_, Infallible>(()) }).await.unwrap();
    }
    assert_eq!(guard.snapshot().state, BreakerState::Closed);
}

#[tokio::test]
async fn an_open_breaker_says_who_is_left_alone_and_for_how_long() {
    let bench = Bench::new();
    let guard = open(&bench).await;
    let GuardError::Down(down) = fail(&guard).await.unwrap_err() else { panic!("it was called") };
    assert_eq!(down.name, "external");
    assert!((27..=33).contains(&down.retry_after.as_secs()), "{down:?}");
}

#[tokio::test]
async fn a_refusal_of_what_was_asked_says_nothing_bad_about_the_remote() {
    let bench = Bench::new();
    let guard = bench.breakers.guard(Dependency::PAYMENT);
    for _ in 0..30 {
        let declined = async { Err::<(), _>("card declined") };
        let judged = guard.call_judged(declined, |_| Some(CallOutcome::Success)).await;
        assert!(matches!(judged, Err(GuardError::Failed(_))));
        let unknown = guard.call_judged(async { Err::<(), _>("nobody knows") }, |_| None).await;
        assert!(matches!(unknown, Err(GuardError::Failed(_))));
    }
    let snapshot = guard.snapshot();
    assert_eq!((snapshot.state, snapshot.calls), (BreakerState::Closed, 20));
}

#[tokio::test]
async fn reports_name_every_breaker_and_operators_decide() {
    let bench = Bench::new();
    let mail = bench.breakers.guard(Dependency::MAIL);
    let _ = bench.breakers.guard(Dependency::SECRETS);
    mail.hold(Some(BreakerHold::ForcedOpen));

    assert!(matches!(
        fail(&bench.breakers.guard(Dependency::MAIL)).await,
        Err(GuardError::Down(_))
    ));
    let reports = bench.breakers.reports();
    let told: Vec<_> =
        reports.iter().map(|report| (report.name, report.snapshot.state.as_str())).collect();
    assert_eq!(told, [("mail", "forced_open"), ("secrets", "closed")]);
    assert_eq!(reports[0].snapshot.refusals, 1);

    let figures = bench.breakers.measures();
    let figure = |name, labels: &[(&str, &str)]| {
        let is_it = |it: &&Measure| it.name == name && it.labels == labels;
        figures.iter().find(is_it).map(|measure| measure.value)
    };
    let mail = ("dependency", "mail");
    assert_eq!(figure("gaara_breaker_state", &[mail, ("state", "forced_open")]), Some(1));
    assert_eq!(figure("gaara_breaker_state", &[mail, ("state", "closed")]), Some(0));
    assert_eq!(figure("gaara_breaker_refusals_total", &[mail]), Some(1));
}

/// Shared counters that fail as long as they are told to.
struct Counters {
    asked: AtomicUsize,
    away: std::sync::atomic::AtomicBool,
    kept: MemoryRateLimiter,
}

#[async_trait::async_trait]
impl RateLimiter for Counters {
    async fn charge(
        &self,
        key: &str,
        rule: RateRule,
        now: Timestamp,
    ) -> Result<RateDecision, RateLimitError> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        if self.away.load(Ordering::SeqCst) {
            return Err(RateLimitError("connection refused".into()));
        }
        self.kept.charge(key, rule, now).await
    }
}

#[tokio::test]
async fn without_shared_counters_an_instance_applies_its_share_for_five_seconds() {
    let bench = Bench::new();
    let shared = Arc::new(Counters {
        asked: AtomicUsize::new(0),
        away: true.into(),
        kept: MemoryRateLimiter::new(),
    });
    let guard = bench.breakers.guard(Dependency::RATE_LIMIT);
    let local = Arc::new(MemoryRateLimiter::new());
    let limiter = FallbackRateLimiter::new(shared.clone(), local, guard, 4);
    let rule = RateRule::new(20, 100);
    let charge = async || {
        let now = gaara_kernel::Clock::now(&*bench.clock);
        limiter.charge("somebody", rule, now).await.unwrap()
    };

    for _ in 0..5 {
        assert_eq!(charge().await.retry_after, None);
    }
    assert!(charge().await.retry_after.is_some(), "a quarter of twenty");
    assert_eq!(shared.asked.load(Ordering::SeqCst), 1, "the others are spared the wait");

    shared.away.store(false, Ordering::SeqCst);
    bench.clock.advance(Duration::from_millis(5_500));
    assert_eq!(charge().await.rule, rule, "the whole limit again");
}

#[tokio::test]
async fn whoever_asked_too_often_is_told_so_without_asking_the_counters_again() {
    let bench = Bench::new();
    let shared = Arc::new(Counters {
        asked: AtomicUsize::new(0),
        away: false.into(),
        kept: MemoryRateLimiter::new(),
    });
    let guard = bench.breakers.guard(Dependency::RATE_LIMIT);
    let local = Arc::new(MemoryRateLimiter::new());
    let limiter = FallbackRateLimiter::new(shared.clone(), local, guard, 1);
    let charge = async |key| {
        let now = gaara_kernel::Clock::now(&*bench.clock);
        limiter.charge(key, RateRule::new(1, 100), now).await.unwrap().retry_after
    };

    assert_eq!(charge("somebody").await, None);
    assert_eq!(charge("somebody").await, Some(Duration::from_mins(1)));
    bench.clock.advance(Duration::from_secs(59));
    assert_eq!(charge("somebody").await, Some(Duration::from_secs(1)));
    assert_eq!(shared.asked.load(Ordering::SeqCst), 2, "the third was not asked for");

    assert_eq!(charge("another").await, None);
    bench.clock.advance(Duration::from_secs(1));
    assert_eq!(charge("somebody").await, None);
}
