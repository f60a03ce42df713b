//! The latest calls that a breaker looks at.

use std::collections::VecDeque;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Call {
    failed: bool,
    slow: bool,
}

/// The latest calls, the oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Window(VecDeque<Call>);

impl Window {
    pub(super) const fn new() -> Self {
        Self(VecDeque::new())
    }

    /// Adds a call, and forgets the oldest beyond so many.
    pub(super) fn push(&mut self, failed: bool, slow: bool, calls_max: u32) {
        self.0.push_back(Call { failed, slow });
        while self.calls() > calls_max {
            self.0.pop_front();
        }
    }

    pub(super) fn calls(&self) -> u32 {
        count(self.0.len())
    }

    pub(super) fn failures(&self) -> u32 {
        count(self.0.iter().filter(|call| call.failed).count())
    }

    pub(super) fn slow(&self) -> u32 {
        count(self.0.iter().filter(|call| call.slow).count())
    }
}

fn count(calls: usize) -> u32 {
    u32::try_from(calls).unwrap_or(u32::MAX)
}
