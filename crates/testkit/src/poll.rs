//! Dropping a future in the middle.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

/// Polls a future a number of times at most and drops it then: what a timeout or a closed
/// connection does. Answers `None` when it was dropped.
pub async fn poll_at_most<F: Future>(future: F, polls: usize) -> Option<F::Output> {
    let mut future = pin!(future);
    let mut count = 0;
    poll_fn(|task| {
        count += 1;
        match future.as_mut().poll(task) {
            Poll::Ready(output) => Poll::Ready(Some(output)),
            Poll::Pending if count >= polls => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

#[cfg(test)]
mod tests {
    use std::future::pending;

    use super::*;

    #[tokio::test]
    async fn a_future_that_never_wakes_is_dropped_all_the_same() {
        assert_eq!(poll_at_most(pending::<()>(), 1).await, None);
        assert_eq!(poll_at_most(async { 7 }, 1).await, Some(7));
    }
}
