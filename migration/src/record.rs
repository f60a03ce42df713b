//! Writing down what steps run, for whoever wants to see it before it is done.

use std::future::Future;
use std::sync::{Mutex, PoisonError};

tokio::task_local! {
    static RECORD: Mutex<Vec<String>>;
}

/// Notes a statement, when somebody wants to see it.
pub(crate) fn note(statement: &str) {
    let written = statement.split_whitespace().collect::<Vec<_>>().join(" ");
    let _ = RECORD.try_with(|record| {
        record.lock().unwrap_or_else(PoisonError::into_inner).push(written);
    });
}

/// Runs something and answers the statements of all steps that ran in it as well.
pub async fn recorded<F: Future>(work: F) -> (F::Output, Vec<String>) {
    let taken = async {
        let output = work.await;
        let taken = RECORD.with(|record| {
            std::mem::take(&mut *record.lock().unwrap_or_else(PoisonError::into_inner))
        });
        (output, taken)
    };
    RECORD.scope(Mutex::default(), taken).await
}
