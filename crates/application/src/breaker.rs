//! Circuit breakers around calls to others: who is called, and whether that makes sense now.

use std::collections::BTreeMap;
use std::fmt;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use gaara_kernel::{Clock, Entropy, Timestamp};
use gaara_security_policy::{
    Breaker, BreakerHold, BreakerPolicy, BreakerRefusal, BreakerSnapshot, BreakerState,
    CallOutcome, Jitter, Permit,
};
use thiserror::Error;

use crate::measure::{Measure, Measured};

/// Somebody whom the program calls, and how much it puts up with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dependency {
    /// The name in reports, metrics and settings.
    pub name: &'static str,
    /// How much is put up with.
    pub policy: BreakerPolicy,
}

impl Dependency {
    /// A provider of payments.
    pub const PAYMENT: Self = Self { name: "payment", policy: BreakerPolicy::PAYMENT };
    /// The server that carries mail.
    pub const MAIL: Self = Self { name: "mail", policy: BreakerPolicy::MAIL };
    /// Other people's programs that are told of events.
    pub const WEBHOOK: Self = Self { name: "webhook", policy: BreakerPolicy::WEBHOOK };
    /// Where secrets are kept.
    pub const SECRETS: Self = Self { name: "secrets", policy: BreakerPolicy::SECRETS };
    /// Any other service of somebody else's.
    pub const EXTERNAL: Self = Self { name: "external", policy: BreakerPolicy::EXTERNAL };
    /// The shared counters of requests.
    pub const RATE_LIMIT: Self = Self { name: "rate_limit", policy: BreakerPolicy::COUNTERS };
    /// The shared counters of tries.
    pub const THROTTLE: Self = Self { name: "throttle", policy: BreakerPolicy::COUNTERS };

    /// Every dependency that is known by name.
    pub const ALL: [Self; 7] = [
        Self::PAYMENT,
        Self::MAIL,
        Self::WEBHOOK,
        Self::SECRETS,
        Self::EXTERNAL,
        Self::RATE_LIMIT,
        Self::THROTTLE,
    ];

    /// Finds a dependency by its name.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.name == name)
    }
}

/// Somebody is left alone for a while, because calls failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("{name} is left alone, because calls to it failed")]
pub struct DependencyDown {
    /// Who.
    pub name: &'static str,
    /// When to try again.
    pub retry_after: Duration,
}

/// A call that was not made, or failed.
#[derive(Debug, Error)]
pub enum GuardError<E> {
    /// It was not made.
    #[error(transparent)]
    Down(#[from] DependencyDown),
    /// It failed.
    #[error("the call failed")]
    Failed(#[source] E),
}

/// The breaker of one dependency, around calls that take their time.
pub struct Guard {
    name: &'static str,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    breaker: Mutex<Breaker>,
}

impl fmt::Debug for Guard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guard").field("name", &self.name).finish_non_exhaustive()
    }
}

/// A permit that is given back when its call is dropped.
struct Lent<'g> {
    guard: &'g Guard,
    permit: Option<Permit>,
    began: Timestamp,
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        if let Some(permit) = self.permit.take() {
            self.guard.breaker().give_back(permit);
        }
    }
}

impl Lent<'_> {
    fn record(mut self, outcome: CallOutcome) {
        if let Some(permit) = self.permit.take() {
            let (now, jitter) = (self.guard.clock.now(), self.guard.jitter());
            self.guard.breaker().record(permit, outcome, now.since(self.began), now, jitter);
        }
    }
}

impl Guard {
    /// Makes a call if that makes sense now; an error counts as a failure of the other side.
    ///
    /// # Errors
    /// Every variant of [`GuardError`].
    pub async fn call<T: Send, E: Send>(
        &self,
        call: impl Future<Output = Result<T, E>> + Send,
    ) -> Result<T, GuardError<E>> {
        let by_result = |result: &Result<T, E>| {
            Some(if result.is_ok() { CallOutcome::Success } else { CallOutcome::Failure })
        };
        self.call_judged(call, by_result).await
    }

    /// Makes a call if that makes sense now; `judge` says what its result tells about the other
    /// side: a refusal of what was asked is a success, and `None` tells nothing.
    ///
    /// # Errors
    /// Every variant of [`GuardError`].
    pub async fn call_judged<T: Send, E: Send>(
        &self,
        call: impl Future<Output = Result<T, E>> + Send,
        judge: impl FnOnce(&Result<T, E>) -> Option<CallOutcome> + Send,
    ) -> Result<T, GuardError<E>> {
        let lent = self.lend()?;
        let result = call.await;
        match judge(&result) {
            Some(outcome) => lent.record(outcome),
            None => drop(lent),
        }
        result.map_err(GuardError::Failed)
    }

    fn lend(&self) -> Result<Lent<'_>, DependencyDown> {
        let (began, jitter) = (self.clock.now(), self.jitter());
        let admitted = self.breaker().admit(began, jitter);
        let down = |BreakerRefusal { retry_after }| DependencyDown { name: self.name, retry_after };
        let permit = admitted.map_err(down)?;
        Ok(Lent { guard: self, permit: Some(permit), began })
    }

    /// What the breaker knows.
    #[must_use]
    pub fn snapshot(&self) -> BreakerSnapshot {
        self.breaker().snapshot(self.clock.now())
    }

    /// Decides over the head of the breaker, or lets it decide again with `None`.
    pub fn hold(&self, hold: Option<BreakerHold>) {
        self.breaker().hold(hold);
    }

    fn jitter(&self) -> Jitter {
        let mut byte = [0];
        self.entropy.fill(&mut byte);
        Jitter::from_byte(byte[0])
    }

    fn breaker(&self) -> MutexGuard<'_, Breaker> {
        self.breaker.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How one dependency is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BreakerReport {
    /// Who.
    pub name: &'static str,
    /// What its breaker knows.
    pub snapshot: BreakerSnapshot,
}

/// The breakers of a program, by the names of those it calls; clones share them.
#[derive(Clone)]
pub struct Breakers {
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    guards: Arc<Mutex<BTreeMap<&'static str, Arc<Guard>>>>,
}

impl Breakers {
    /// No breakers yet; they take the present and their jitter from here.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>, entropy: Arc<dyn Entropy>) -> Self {
        Self { clock, entropy, guards: Arc::default() }
    }

    /// The breaker of a dependency; the first who asks makes it.
    #[must_use]
    pub fn guard(&self, dependency: Dependency) -> Arc<Guard> {
        let mut guards = self.guards.lock().unwrap_or_else(PoisonError::into_inner);
        let guard = guards.entry(dependency.name).or_insert_with(|| {
            Arc::new(Guard {
                name: dependency.name,
                clock: Arc::clone(&self.clock),
                entropy: Arc::clone(&self.entropy),
                breaker: Mutex::new(Breaker::new(dependency.policy)),
            })
        });
        Arc::clone(guard)
    }

    /// How each dependency is that has a breaker, by name.
    #[must_use]
    pub fn reports(&self) -> Vec<BreakerReport> {
        let guards = self.guards.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let report =
            |(name, guard): (_, Arc<Guard>)| BreakerReport { name, snapshot: guard.snapshot() };
        guards.into_iter().map(report).collect()
    }
}

impl Measured for Breakers {
    fn measures(&self) -> Vec<Measure> {
        let figures = |BreakerReport { name, snapshot }| {
            let of = |figure, value| Measure::of(figure, value).with("dependency", name);
            let states = BreakerState::ALL.map(|state| {
                of("gaara_breaker_state", (state == snapshot.state).into())
                    .with("state", state.as_str())
            });
            let counts = [
                of("gaara_breaker_openings_total", snapshot.openings),
                of("gaara_breaker_refusals_total", snapshot.refusals),
            ];
            states.into_iter().chain(counts)
        };
        self.reports().into_iter().flat_map(figures).collect()
    }
}
