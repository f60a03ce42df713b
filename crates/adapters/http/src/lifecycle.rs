//! From the first request to the last: what a server that is about to stop still does.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::time::Instant;

/// Where a server is in its life. It drains once and never comes back from that.
#[derive(Debug)]
pub struct Lifecycle {
    began: Instant,
    draining: AtomicBool,
}

impl Lifecycle {
    /// The life of a server begins.
    #[must_use]
    pub fn begin() -> Self {
        Self { began: Instant::now(), draining: AtomicBool::new(false) }
    }

    /// From now on the server calls itself unready and lets go of every connection after its next
    /// answer; it still takes new ones.
    pub fn drain(&self) {
        self.draining.store(true, Ordering::Release);
    }

    /// Whether the server is about to stop.
    #[must_use]
    pub fn is_draining(&self) -> bool {
        self.draining.load(Ordering::Acquire)
    }

    /// How long the server has been running.
    #[must_use]
    pub fn age(&self) -> Duration {
        self.began.elapsed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_drains_once_is_draining() {
        let lifecycle = Lifecycle::begin();
        assert!(!lifecycle.is_draining());
        lifecycle.drain();
        lifecycle.drain();
        assert!(lifecycle.is_draining());
    }
}
