//! Waiting for a PostgreSQL server for as long as it lives.
//!
//! A server that is frozen, or behind a network that is gone, keeps its connections and says
//! nothing, and its own time limits are frozen with it. Nor does the driver set any option of a
//! socket. So whoever waits for an answer feels the pulse of the server now and then, by greeting it
//! on a connection of its own: a statement that is slow goes on, and one that nobody works on ends.

use std::error::Error;
use std::fmt;
use std::io;
use std::pin::pin;
use std::time::Duration;

use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection};
use tokio::sync::Mutex;
use tokio::time::{Instant, timeout};

use crate::config::SqlConfig;
use crate::home::Home;

/// How much longer than the server's own limit a statement is waited for: its refusal has to arrive.
const MARGIN: Duration = Duration::from_secs(1);

/// Nobody answered.
#[derive(Debug)]
pub(crate) struct Silence;

impl fmt::Display for Silence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the database server says nothing")
    }
}

impl Error for Silence {}

impl From<Silence> for sqlx::Error {
    fn from(silence: Silence) -> Self {
        Self::Io(io::Error::new(io::ErrorKind::TimedOut, silence))
    }
}

/// When the pulse was felt last, and whether there was one.
#[derive(Debug)]
struct Felt {
    at: Instant,
    beats: bool,
}

/// The pulse of a server.
#[derive(Debug)]
pub(crate) struct Pulse {
    server: PgConnectOptions,
    home: Home,
    /// How long an answer is waited for before the pulse is felt, and how long that may take.
    patience: Duration,
    /// How long a statement may take in all; absent where the server sets no limit either.
    statement_max: Option<Duration>,
    last: Mutex<Option<Felt>>,
}

impl Pulse {
    /// The pulse of a server: of two halves of the time that a caller may wait for a first answer,
    /// one is for the answer and one for the pulse.
    pub(crate) fn new(server: PgConnectOptions, home: Home, config: &SqlConfig) -> Self {
        let is_limited = !config.statement_timeout.is_zero();
        Self {
            server,
            home,
            patience: config.acquire_timeout / 2,
            statement_max: is_limited.then(|| config.statement_timeout.saturating_add(MARGIN)),
            last: Mutex::new(None),
        }
    }

    /// Waits for the answer to a statement, while the server lives and its limit has not passed.
    pub(crate) async fn await_answer<T>(
        &self,
        work: impl Future<Output = T>,
    ) -> Result<T, Silence> {
        self.wait(self.statement_max, work).await
    }

    /// Waits for an answer while the server lives, however long that is.
    pub(crate) async fn await_long<T>(&self, work: impl Future<Output = T>) -> Result<T, Silence> {
        self.wait(None, work).await
    }

    async fn wait<T>(
        &self,
        max: Option<Duration>,
        work: impl Future<Output = T>,
    ) -> Result<T, Silence> {
        let mut work = pin!(work);
        let began = Instant::now();
        loop {
            let left = max.map(|max| max.saturating_sub(began.elapsed()));
            let turn = left.map_or(self.patience, |left| left.min(self.patience));
            if let Ok(done) = timeout(turn, &mut work).await {
                return Ok(done);
            }
            if max.is_some_and(|max| began.elapsed() >= max) {
                return Err(Silence);
            }
            let beats = tokio::select! {
                biased;
                done = &mut work => return Ok(done),
                beats = self.beats() => beats,
            };
            if !beats {
                return Err(Silence);
            }
        }
    }

    /// Whether the server answers a greeting. Whoever asks meanwhile is told the same.
    async fn beats(&self) -> bool {
        let asked = Instant::now();
        let mut last = self.last.lock().await;
        if let Some(felt) = &*last
            && felt.at >= asked
        {
            return felt.beats;
        }
        let beats = match timeout(self.patience, self.home.host(self.server.connect())).await {
            Ok(Ok(connection)) => {
                // Nothing depends on its end, so nobody waits for it to be heard.
                drop(timeout(self.patience, connection.close()).await);
                true
            }
            // Who refuses lives: it may be full, or about to stop.
            Ok(Err(sqlx::Error::Database(_))) => true,
            Ok(Err(_)) | Err(_) => false,
        };
        *last = Some(Felt { at: Instant::now(), beats });
        beats
    }
}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};
    use std::net::TcpListener;

    use super::*;

    /// A server that takes connections and says nothing, with these limits.
    fn silent(statement_timeout: Duration) -> (TcpListener, Pulse) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let mut config = SqlConfig::new("");
        config.acquire_timeout = Duration::from_millis(100);
        config.statement_timeout = statement_timeout;
        let server = PgConnectOptions::new().host("127.0.0.1").port(port);
        (listener, Pulse::new(server, Home::here(), &config))
    }

    #[tokio::test]
    async fn a_server_without_a_pulse_is_not_waited_for() {
        let (_listener, pulse) = silent(Duration::ZERO);
        assert!(pulse.await_answer(pending::<()>()).await.is_err());
        assert!(pulse.await_long(pending::<()>()).await.is_err());
        assert_eq!(pulse.await_answer(ready(7)).await.unwrap(), 7);
    }

    #[tokio::test]
    async fn whoever_asks_meanwhile_is_told_the_same() {
        let (listener, pulse) = silent(Duration::ZERO);
        let both = tokio::join!(pulse.beats(), pulse.beats());
        assert_eq!(both, (false, false));
        listener.set_nonblocking(true).unwrap();
        let greeted = listener.incoming().take_while(Result::is_ok).count();
        assert_eq!(greeted, 1);
    }
}
