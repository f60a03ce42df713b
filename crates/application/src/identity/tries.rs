//! Counting tries before they are made, and taking back those that turned out well.

use std::time::Duration;

use gaara_kernel::{StoreError, Timestamp};
use gaara_security_policy::{ThrottleRule, Verdict};

use crate::app::App;

/// Why a try was not allowed.
pub(crate) enum TryError {
    /// Too many before it.
    TooMany {
        /// When to try again.
        retry_after: Duration,
    },
    /// The counters cannot be reached.
    Store(StoreError),
}

/// A counted try.
pub(crate) struct Try {
    key: String,
    rule: ThrottleRule,
    at: Timestamp,
}

impl App {
    /// Counts a try from an address, whoever is meant.
    pub(crate) async fn count_address(&self, address: &str) -> Result<Try, TryError> {
        self.count_try(format!("from:{address}"), ThrottleRule::FROM_ADDRESS).await
    }

    /// Counts a try, if the rule allows one more.
    pub(crate) async fn count_try(&self, key: String, rule: ThrottleRule) -> Result<Try, TryError> {
        let at = self.ports.clock.now();
        match self.ports.throttle.take(&key, rule, at).await {
            Ok(Verdict::Allowed) => Ok(Try { key, rule, at }),
            Ok(Verdict::Refused { retry_after }) => Err(TryError::TooMany { retry_after }),
            Err(error) => Err(TryError::Store(StoreError::Unavailable(Box::new(error)))),
        }
    }

    /// Takes several tries back.
    pub(crate) async fn take_back_all(&self, tried: impl IntoIterator<Item = Try, IntoIter: Send>) {
        for tried in tried {
            self.take_back(tried).await;
        }
    }

    /// Takes a try back. When that fails it stays counted, and nothing else happens.
    pub(crate) async fn take_back(&self, tried: Try) {
        drop(self.ports.throttle.refund(&tried.key, tried.rule, tried.at).await);
    }
}
