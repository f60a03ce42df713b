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
        if count == polls {
            return Poll::Ready(None);
        }
        count += 1;
        future.as_mut().poll(task).map(Some)
    })
    .await
}
