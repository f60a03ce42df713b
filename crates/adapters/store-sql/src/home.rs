//! The runtime that connections belong to, whoever asks for them.

use std::future::poll_fn;
use std::pin::pin;

use tokio::runtime::Handle;

/// The runtime under which the store was opened.
///
/// A connection belongs to the runtime under which it was opened and dies with it, also in the hands
/// of somebody else. The threads of a web server have a runtime each, and end one by one: whoever
/// finishes a request on one of them must not lose what another one has opened.
#[derive(Debug, Clone)]
pub(crate) struct Home(Handle);

impl Home {
    /// The runtime that is running this.
    pub(crate) fn here() -> Self {
        Self(Handle::current())
    }

    /// Does something, wherever that is asked for; connections that it opens belong here.
    pub(crate) async fn host<T>(&self, work: impl Future<Output = T>) -> T {
        let mut work = pin!(work);
        poll_fn(|context| {
            let _home = self.0.enter();
            work.as_mut().poll(context)
        })
        .await
    }
}
