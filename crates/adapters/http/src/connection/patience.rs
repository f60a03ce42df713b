//! A stream that ends when its other side keeps it waiting.

use std::future::{Future, Pending, pending};
use std::io;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Timeout, timeout_at};

use super::Connection;
use super::stall::Stall;

/// How long a client may take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Patience {
    /// From what it was last served to the end of its next head.
    pub(crate) idle_max: Duration,
    /// In which it takes nothing of one answer, in all.
    pub(crate) answer_max: Duration,
    /// How many bytes of an answer buy it one second more.
    pub(crate) rate_min: u32,
}

/// A stream with a client that has so much time and no more.
///
/// The framework has a time-out for the first head of a connection and for the silence between
/// requests, and none for a later head that never ends or an answer that nobody reads.
pub(crate) struct Patient<S> {
    stream: S,
    connection: Rc<Connection>,
    patience: Patience,
    idle: Deadline,
    stall: Stall,
    stalled: Deadline,
}

/// A moment that is waited for, and may be put off.
struct Deadline {
    due: Instant,
    timer: Pin<Box<Timeout<Pending<()>>>>,
}

impl Deadline {
    fn at(due: Instant) -> Self {
        Self { due, timer: Box::pin(timeout_at(due, pending())) }
    }

    /// Waits until then, and complains.
    fn poll(&mut self, due: Instant, context: &mut Context<'_>) -> Poll<io::Error> {
        if self.due != due {
            *self = Self::at(due);
        }
        self.timer.as_mut().poll(context).map(|_| io::ErrorKind::TimedOut.into())
    }
}

impl<S> Patient<S> {
    pub(crate) fn new(stream: S, connection: Rc<Connection>, patience: Patience) -> Self {
        let now = Instant::now();
        let [idle, stalled] = [now; 2].map(Deadline::at);
        Self { stream, connection, patience, idle, stall: Stall::default(), stalled }
    }

    pub(crate) const fn connection(&self) -> &Rc<Connection> {
        &self.connection
    }

    /// The client says nothing: waits for it as long as that may be.
    fn poll_silent(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let idle_max = self.patience.idle_max;
        match self.connection.next_head_due(idle_max, context.waker()) {
            Some(due) => self.idle.poll(due, context).map(Err),
            None => Poll::Pending,
        }
    }

    /// The client took this much, or nothing yet: waits for it as long as that may be.
    fn poll_sent(
        &mut self,
        sent: Poll<io::Result<usize>>,
        context: &mut Context<'_>,
    ) -> Poll<io::Result<usize>> {
        let now = Instant::now();
        if let Poll::Ready(sent) = sent {
            let bytes = *sent.as_ref().unwrap_or(&0);
            self.stall.end(now, self.connection.requests.get(), bytes);
            if bytes > 0 {
                self.connection.note_progress();
            }
            return Poll::Ready(sent);
        }
        let Patience { answer_max, rate_min, .. } = self.patience;
        let due = self.stall.begin(now, answer_max, rate_min);
        self.stalled.poll(due, context).map(Err)
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Patient<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match Pin::new(&mut self.stream).poll_read(context, buffer) {
            Poll::Pending => self.poll_silent(context),
            read @ Poll::Ready(_) => read,
        }
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Patient<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let sent = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.poll_sent(sent, context)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(context);
        self.poll_sent(flushed.map_ok(|()| 0), context).map_ok(|_| ())
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let shut = Pin::new(&mut self.stream).poll_shutdown(context);
        self.poll_sent(shut.map_ok(|()| 0), context).map_ok(|_| ())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};
    use tokio::time::timeout;

    use super::*;

    const PATIENCE: Patience = Patience {
        idle_max: Duration::from_secs(10),
        answer_max: Duration::from_secs(30),
        rate_min: 1_024,
    };

    fn pair() -> (Patient<DuplexStream>, DuplexStream) {
        let (ours, theirs) = duplex(1_024);
        (Patient::new(ours, Rc::new(Connection::new(false, None)), PATIENCE), theirs)
    }

    /// Has the clock of the test go on.
    async fn pass(time: Duration) {
        timeout(time, pending::<()>()).await.unwrap_err();
    }

    fn seconds(since: Instant) -> u64 {
        since.elapsed().as_secs()
    }

    #[tokio::test(start_paused = true)]
    async fn a_head_that_drips_is_waited_for_as_long_as_one_that_never_begins() {
        let (mut ours, mut theirs) = pair();
        let began = Instant::now();
        let read = async {
            let mut byte = [0];
            while ours.read_exact(&mut byte).await.is_ok() {
                ours.flush().await.unwrap();
            }
        };
        let drip = async {
            while theirs.write_all(b"x").await.is_ok() {
                pass(Duration::from_secs(1)).await;
            }
        };
        tokio::select! { () = read => {}, () = drip => {} }
        assert_eq!(seconds(began), 10);
    }

    #[tokio::test(start_paused = true)]
    async fn nobody_is_hurried_while_a_request_is_answered() {
        let (mut ours, theirs) = pair();
        let began = Instant::now();
        let busy = ours.connection().begin();
        let answer = async {
            pass(Duration::from_mins(1)).await;
            drop(busy);
        };
        let mut byte = [0];
        let (read, ()) = tokio::join!(ours.read_exact(&mut byte), answer);
        assert_eq!(read.unwrap_err().kind(), io::ErrorKind::TimedOut);
        assert_eq!(seconds(began), 70);
        drop(theirs);
    }

    #[tokio::test(start_paused = true)]
    async fn an_answer_that_nobody_takes_is_given_up() {
        let (mut ours, theirs) = pair();
        let began = Instant::now();
        let sent = ours.write_all(&[0; 4_096]).await;
        assert_eq!(sent.unwrap_err().kind(), io::ErrorKind::TimedOut);
        // One second more for the kilobyte that the pipe took.
        assert_eq!(seconds(began), 31);
        drop(theirs);
    }

    #[tokio::test(start_paused = true)]
    async fn an_answer_that_is_read_slowly_arrives() {
        let (mut ours, mut theirs) = pair();
        let take = async {
            let mut part = [0; 1_024];
            for _ in 0..64 {
                pass(Duration::from_secs(1)).await;
                theirs.read_exact(&mut part).await.unwrap();
            }
        };
        let answer = vec![0; 65_536];
        let (sent, ()) = tokio::join!(ours.write_all(&answer), take);
        sent.unwrap();
    }
}
