//! A breaker against a second, plainer one that keeps everything that ever happened.

use std::time::Duration;

use gaara_kernel::Timestamp;
use proptest::prelude::*;

use super::*;

#[derive(Debug, Clone, Copy)]
enum Step {
    Ask,
    /// Ends one of the calls under way.
    End {
        which: usize,
        failed: bool,
        slow: bool,
    },
    /// Drops one of the calls under way.
    Drop {
        which: usize,
    },
    Wait {
        seconds: i64,
    },
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => Just(Step::Ask),
        5 => (0_usize..40, prop::bool::weighted(0.6), prop::bool::weighted(0.3))
            .prop_map(|(which, failed, slow)| Step::End { which, failed, slow }),
        1 => (0_usize..40).prop_map(|which| Step::Drop { which }),
        2 => (1_i64..40).prop_map(|seconds| Step::Wait { seconds }),
    ]
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Plain {
    Closed,
    Open,
    Trial,
}

/// What happened in one period, and how long the present one lasts.
#[derive(Debug)]
struct Model {
    state: Plain,
    period: usize,
    began: i64,
    lasts: i64,
    next_lasts: i64,
    out: usize,
    ended: Vec<(bool, bool)>,
}

impl Model {
    fn become_(&mut self, state: Plain, now: i64) {
        if state == Plain::Open {
            self.lasts = self.next_lasts;
            self.next_lasts = (self.next_lasts * 2).min(300);
        }
        if state == Plain::Closed {
            self.next_lasts = 30;
        }
        (self.state, self.began, self.out) = (state, now, 0);
        self.ended.clear();
        self.period += 1;
    }

    fn ask(&mut self, now: i64) -> bool {
        if self.state == Plain::Open && now - self.began >= self.lasts {
            self.become_(Plain::Trial, now);
        }
        if self.state == Plain::Trial && now - self.began >= 30 {
            self.become_(Plain::Open, now);
        }
        let passes = match self.state {
            Plain::Closed => true,
            Plain::Open => false,
            Plain::Trial => self.out + self.ended.len() < 3,
        };
        self.out += usize::from(passes);
        passes
    }

    fn end(&mut self, period: usize, failed: bool, slow: bool, now: i64) {
        if period != self.period {
            return;
        }
        self.out -= 1;
        self.ended.push((failed, slow));
        let latest = self.ended.iter().rev().take(20);
        let (calls, failures) = (latest.len(), latest.clone().filter(|it| it.0).count());
        let slow = latest.filter(|it| it.1).count();
        let enough = if self.state == Plain::Trial { 3 } else { 10 };
        let broken = 2 * failures >= calls || 5 * slow >= 4 * calls;
        match self.state {
            _ if calls < enough => {}
            Plain::Trial if !broken => self.become_(Plain::Closed, now),
            _ if broken => self.become_(Plain::Open, now),
            _ => {}
        }
    }
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_millis(1_000_000_000 + seconds * 1_000)
}

fn plain(breaker: &Breaker, now: i64) -> Plain {
    match breaker.snapshot(at(now)).state {
        BreakerState::Closed => Plain::Closed,
        BreakerState::Open => Plain::Open,
        _ => Plain::Trial,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..Default::default() })]

    #[test]
    fn a_plainer_breaker_decides_the_same(steps in prop::collection::vec(step(), 1..300)) {
        let mut breaker = Breaker::new(BreakerPolicy::STANDARD);
        let mut model = Model {
            state: Plain::Closed, period: 0, began: 0, lasts: 0, next_lasts: 30, out: 0,
            ended: Vec::new(),
        };
        let mut under_way = Vec::new();
        let mut now = 0;
        for step in steps {
            match step {
                Step::Wait { seconds } => now += seconds,
                Step::Ask => {
                    let permit = breaker.admit(at(now), Jitter::NONE);
                    prop_assert_eq!(permit.is_ok(), model.ask(now));
                    under_way.extend(permit.map(|permit| (permit, model.period)));
                }
                Step::End { which, failed, slow } if !under_way.is_empty() => {
                    let (permit, period) = under_way.swap_remove(which % under_way.len());
                    let outcome = if failed { CallOutcome::Failure } else { CallOutcome::Success };
                    let took = Duration::from_secs(if slow { 2 } else { 1 });
                    breaker.record(permit, outcome, took, at(now), Jitter::NONE);
                    model.end(period, failed, slow, now);
                }
                Step::Drop { which } if !under_way.is_empty() => {
                    let (permit, period) = under_way.swap_remove(which % under_way.len());
                    breaker.give_back(permit);
                    model.out -= usize::from(period == model.period);
                }
                Step::End { .. } | Step::Drop { .. } => {}
            }
            prop_assert_eq!(plain(&breaker, now), model.state);
        }
    }
}
