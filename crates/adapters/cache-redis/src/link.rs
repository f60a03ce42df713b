//! One connection to Redis, made again whenever it broke.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use gaara_kernel::Cause;
use redis::aio::MultiplexedConnection;
use redis::{AsyncConnectionConfig, Client, FromRedisValue, RedisResult, ScriptInvocation};
use tokio::sync::{Mutex, OwnedMutexGuard};
use tokio::time::timeout;

/// How long making a connection may take, whatever a call may.
const DIAL_MAX: Duration = Duration::from_millis(250);

/// A connection that all calls share.
///
/// The library's own connection manager is not used: when the first answer of a new connection is
/// an error (a password that is being changed, a server that is still loading its data) it hands
/// out that error for ever.
pub(crate) struct Link {
    client: Client,
    /// How long one call may take, from finding a connection to the answer.
    pub(crate) call_max: Duration,
    live: Arc<Mutex<Live>>,
}

/// The present connection, and which one it is.
#[derive(Default)]
struct Live {
    connection: Option<MultiplexedConnection>,
    number: u64,
}

impl Link {
    /// Reads the address; nothing is connected yet.
    pub(crate) fn new(url: &str, call_max: Duration) -> RedisResult<Self> {
        Ok(Self { client: Client::open(url)?, call_max, live: Arc::default() })
    }

    /// Runs a script.
    pub(crate) async fn run<T: FromRedisValue>(
        &self,
        script: &ScriptInvocation<'_>,
    ) -> Result<T, Cause> {
        let mut used = None;
        let outcome = timeout(self.call_max, async {
            let (mut connection, number) = self.connection().await?;
            used = Some(number);
            script.invoke_async(&mut connection).await
        })
        .await;
        let cause: Cause = match outcome {
            Ok(Ok(answer)) => return Ok(answer),
            Ok(Err(error)) => error.into(),
            Err(elapsed) => elapsed.into(),
        };
        if let Some(number) = used {
            self.forget(number).await;
        }
        Err(cause)
    }

    /// The present connection, or a new one; the others wait for it and do not dial as well.
    async fn connection(&self) -> RedisResult<(MultiplexedConnection, u64)> {
        let live = Arc::clone(&self.live).lock_owned().await;
        if let Some(connection) = &live.connection {
            return Ok((connection.clone(), live.number));
        }
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(self.call_max.max(DIAL_MAX)))
            .set_response_timeout(Some(self.call_max.max(DIAL_MAX)));
        // Dialling goes on when its caller has no time left, so that a later call finds it done.
        let dialled = tokio::spawn(dial(self.client.clone(), config, live)).await;
        dialled.map_err(io::Error::other)?
    }

    /// Drops a connection that failed, unless somebody has already made a new one.
    async fn forget(&self, number: u64) {
        let mut live = self.live.lock().await;
        if live.number == number {
            live.connection = None;
        }
    }
}

async fn dial(
    client: Client,
    config: AsyncConnectionConfig,
    mut live: OwnedMutexGuard<Live>,
) -> RedisResult<(MultiplexedConnection, u64)> {
    let connection = client.get_multiplexed_async_connection_with_config(&config).await?;
    live.number = live.number.wrapping_add(1);
    live.connection = Some(connection.clone());
    Ok((connection, live.number))
}
