//! How long an answer has waited for whoever it is for.

use std::time::Duration;

use tokio::time::Instant;

/// The time in which one answer could not be sent on, and what was sent of it.
///
/// A client may keep an answer waiting for so long in all, and longer by a second for each so many
/// bytes that it took: who reads slowly is served, who does not read is not.
#[derive(Debug, Default)]
pub(super) struct Stall {
    answer: u64,
    sent: u64,
    waited: Duration,
    since: Option<Instant>,
}

impl Stall {
    /// Nothing more can be sent now; answers until when that may stay so.
    pub(super) fn begin(&mut self, now: Instant, allowed: Duration, rate_min: u32) -> Instant {
        let since = *self.since.get_or_insert(now);
        let millis = self.sent.saturating_mul(1_000) / u64::from(rate_min.max(1));
        let allowed = allowed.saturating_add(Duration::from_millis(millis));
        since + allowed.saturating_sub(self.waited)
    }

    /// So many bytes of this answer were sent; answers are numbered.
    pub(super) fn end(&mut self, now: Instant, answer: u64, sent: usize) {
        if self.answer != answer {
            *self = Self { answer, ..Self::default() };
        }
        if let Some(since) = self.since.take() {
            self.waited = self.waited.saturating_add(now.saturating_duration_since(since));
        }
        self.sent = self.sent.saturating_add(u64::try_from(sent).unwrap_or(u64::MAX));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALLOWED: Duration = Duration::from_secs(30);
    const RATE: u32 = 1_024;

    fn after(began: Instant, seconds: u64) -> Instant {
        began + Duration::from_secs(seconds)
    }

    #[test]
    fn what_was_waited_before_counts() {
        let began = Instant::now();
        let mut stall = Stall::default();
        assert_eq!(stall.begin(began, ALLOWED, RATE), after(began, 30));
        assert_eq!(stall.begin(after(began, 9), ALLOWED, RATE), after(began, 30));
        stall.end(after(began, 10), 0, 0);
        assert_eq!(stall.begin(after(began, 10), ALLOWED, RATE), after(began, 30));
        stall.end(after(began, 20), 0, 0);
        assert_eq!(stall.begin(after(began, 25), ALLOWED, RATE), after(began, 35));
    }

    #[test]
    fn what_was_taken_buys_time_for_this_answer_alone() {
        let began = Instant::now();
        let mut stall = Stall::default();
        stall.end(began, 1, 10_240);
        assert_eq!(stall.begin(began, ALLOWED, RATE), after(began, 40));
        stall.end(after(began, 5), 1, 0);
        stall.end(after(began, 6), 2, 0);
        assert_eq!(stall.begin(after(began, 6), ALLOWED, RATE), after(began, 36));
    }
}
