//! A circuit breaker: when to leave a remote party alone, and when to try it again.

mod policy;
mod window;

#[cfg(test)]
mod model_tests;
#[cfg(test)]
mod tests;

use std::time::Duration;

use gaara_kernel::Timestamp;

pub use policy::{BreakerPolicy, Jitter};
use window::Window;

/// When to ask again while all calls of a trial are under way.
const TRIAL_PAUSE: Duration = Duration::from_secs(1);

/// The right to make one call. Its epoch tells which period of the breaker it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Permit {
    epoch: u64,
}

/// How a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallOutcome {
    /// The remote party did its part, also when its answer was a refusal.
    Success,
    /// It did not answer, or answered that it cannot.
    Failure,
}

/// The breaker lets no call through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BreakerRefusal {
    /// When to try again.
    pub retry_after: Duration,
}

/// What an operator decided over the head of a breaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BreakerHold {
    /// Nothing passes.
    ForcedOpen,
    /// Everything passes, and nothing is counted.
    Disabled,
}

/// The state of a breaker, as operators see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BreakerState {
    /// Everything passes.
    Closed,
    /// Nothing passes.
    Open,
    /// A few calls pass, to find out whether the remote party is back.
    HalfOpen,
    /// An operator lets nothing pass.
    ForcedOpen,
    /// An operator lets everything pass.
    Disabled,
}

impl BreakerState {
    /// Every state there is.
    pub const ALL: [Self; 5] =
        [Self::Closed, Self::Open, Self::HalfOpen, Self::ForcedOpen, Self::Disabled];

    /// The name of the state in reports and metrics.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Open => "open",
            Self::HalfOpen => "half_open",
            Self::ForcedOpen => "forced_open",
            Self::Disabled => "disabled",
        }
    }
}

/// What a breaker knows at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BreakerSnapshot {
    /// Its state.
    pub state: BreakerState,
    /// How many calls its rates are computed from.
    pub calls: u32,
    /// How many of them failed.
    pub failures: u32,
    /// How many of them were slow.
    pub slow: u32,
    /// How often it opened so far.
    pub openings: u64,
    /// How many calls it refused so far.
    pub refusals: u64,
    /// How long it will still refuse everything; zero unless it is open.
    pub retry_after: Duration,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Phase {
    Closed(Window),
    Open { since: Timestamp, lasts: Duration },
    HalfOpen { since: Timestamp, lent: u32, window: Window },
}

/// A circuit breaker: a function of what happened and of the present.
///
/// Each change of state begins a new epoch, and what a call of an earlier epoch finds out is
/// dropped: an answer that comes late says nothing about the party as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breaker {
    policy: BreakerPolicy,
    hold: Option<BreakerHold>,
    phase: Phase,
    epoch: u64,
    /// How often it opened since it was closed last.
    in_a_row: u32,
    openings: u64,
    refusals: u64,
}

impl Breaker {
    /// A breaker that is closed and has seen nothing.
    #[must_use]
    pub const fn new(policy: BreakerPolicy) -> Self {
        let phase = Phase::Closed(Window::new());
        Self { policy, hold: None, phase, epoch: 0, in_a_row: 0, openings: 0, refusals: 0 }
    }

    /// Lets one call through, or not.
    ///
    /// # Errors
    /// [`BreakerRefusal`] when the remote party is to be left alone.
    pub fn admit(&mut self, now: Timestamp, jitter: Jitter) -> Result<Permit, BreakerRefusal> {
        let wait = match self.hold {
            Some(BreakerHold::Disabled) => None,
            Some(BreakerHold::ForcedOpen) => Some(self.policy.open),
            None => self.wait(now, jitter),
        };
        match wait {
            None => Ok(Permit { epoch: self.epoch }),
            Some(retry_after) => {
                self.refusals = self.refusals.saturating_add(1);
                Err(BreakerRefusal { retry_after })
            }
        }
    }

    /// How long a call has to wait; `None` when it may be made now, and has been counted.
    fn wait(&mut self, now: Timestamp, jitter: Jitter) -> Option<Duration> {
        if let Phase::Open { since, lasts } = &mut self.phase {
            // A clock that was put back must not keep the breaker open for hours.
            *since = (*since).min(now);
            let left = since.plus(*lasts).since(now);
            if !left.is_zero() {
                return Some(left);
            }
            self.enter(Phase::HalfOpen { since: now, lent: 0, window: Window::new() });
        }
        if let Phase::HalfOpen { since, lent, .. } = &mut self.phase {
            *since = (*since).min(now);
            if since.plus(self.policy.half_open_max) <= now {
                return Some(self.open(now, jitter));
            }
            if *lent >= self.policy.permits {
                return Some(TRIAL_PAUSE);
            }
            *lent += 1;
        }
        None
    }

    /// Counts how a call ended and how long it took.
    pub fn record(
        &mut self,
        permit: Permit,
        outcome: CallOutcome,
        took: Duration,
        now: Timestamp,
        jitter: Jitter,
    ) {
        if permit.epoch != self.epoch || self.hold.is_some() {
            return;
        }
        let (failed, slow) = (outcome == CallOutcome::Failure, took >= self.policy.slow_after);
        match &mut self.phase {
            Phase::Closed(window) => {
                window.push(failed, slow, self.policy.window_calls);
                if window.calls() >= self.policy.calls_min && self.policy.is_broken(window) {
                    self.open(now, jitter);
                }
            }
            Phase::HalfOpen { window, .. } => {
                window.push(failed, slow, self.policy.permits);
                if window.calls() < self.policy.permits {
                    return;
                }
                if self.policy.is_broken(window) {
                    self.open(now, jitter);
                } else {
                    self.in_a_row = 0;
                    self.enter(Phase::Closed(Window::new()));
                }
            }
            // A new epoch began when it opened, so no permit is of this one.
            Phase::Open { .. } => {}
        }
    }

    /// Takes a permit back whose call was not made, or says nothing about the remote party.
    pub fn give_back(&mut self, permit: Permit) {
        if let Phase::HalfOpen { lent, .. } = &mut self.phase
            && permit.epoch == self.epoch
        {
            *lent = lent.saturating_sub(1);
        }
    }

    /// Decides over the head of the breaker, or lets it decide again with `None`.
    pub fn hold(&mut self, hold: Option<BreakerHold>) {
        if self.hold != hold {
            self.hold = hold;
            self.in_a_row = 0;
            self.enter(Phase::Closed(Window::new()));
        }
    }

    /// What the breaker knows.
    #[must_use]
    pub fn snapshot(&self, now: Timestamp) -> BreakerSnapshot {
        let none = Window::new();
        let (state, window, retry_after) = match &self.phase {
            Phase::Closed(window) => (BreakerState::Closed, window, Duration::ZERO),
            Phase::Open { since, lasts } => {
                (BreakerState::Open, &none, since.plus(*lasts).since(now))
            }
            Phase::HalfOpen { window, .. } => (BreakerState::HalfOpen, window, Duration::ZERO),
        };
        BreakerSnapshot {
            state: match self.hold {
                Some(BreakerHold::ForcedOpen) => BreakerState::ForcedOpen,
                Some(BreakerHold::Disabled) => BreakerState::Disabled,
                None => state,
            },
            calls: window.calls(),
            failures: window.failures(),
            slow: window.slow(),
            openings: self.openings,
            refusals: self.refusals,
            retry_after,
        }
    }

    /// Opens, for longer each time in a row, and answers for how long.
    fn open(&mut self, now: Timestamp, jitter: Jitter) -> Duration {
        let lasts = jitter.apply(self.policy.interval(self.in_a_row));
        self.in_a_row = self.in_a_row.saturating_add(1);
        self.openings = self.openings.saturating_add(1);
        self.enter(Phase::Open { since: now, lasts });
        lasts
    }

    fn enter(&mut self, phase: Phase) {
        self.phase = phase;
        self.epoch = self.epoch.wrapping_add(1);
    }
}
