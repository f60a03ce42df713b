//! Opening a PostgreSQL database: bounded pools whose sessions carry their own time limits.

use std::sync::Arc;
use std::time::Duration;

use gaara_kernel::StoreError;
use sea_orm::SqlxPostgresConnector;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::{ConnectOptions, Connection};

use super::Connections;
use crate::address;
use crate::config::{Durability, SqlConfig};
use crate::error::driver_failure;
use crate::home::Home;
use crate::pulse::Pulse;

/// How long a session may hold a transaction open without using it: a connection that was given
/// back in the middle of `BEGIN` must not stay so.
const IDLE_IN_TRANSACTION_MAX: Duration = Duration::from_mins(1);

/// How soon the server looks whether an instance that says nothing is still there, in seconds: what
/// a machine that is gone has locked is free again after two minutes.
const KEEPALIVES: [(&str, &str); 3] = [
    ("tcp_keepalives_idle", "60"),
    ("tcp_keepalives_interval", "10"),
    ("tcp_keepalives_count", "6"),
];

/// Connects, so that a wrong address shows at once.
pub(super) async fn open(config: &SqlConfig) -> Result<Connections, StoreError> {
    let synchronous_commit = match config.durability {
        Durability::Full => "on",
        Durability::Relaxed => "off",
    };
    let options = address::read(&config.url)
        .map_err(|complaint| {
            StoreError::Internal(format!("the database address: {complaint}").into())
        })?
        .application_name("gaara")
        .options([
            ("statement_timeout", milliseconds(config.statement_timeout)),
            ("lock_timeout", milliseconds(config.lock_timeout)),
            ("idle_in_transaction_session_timeout", milliseconds(IDLE_IN_TRANSACTION_MAX)),
            ("synchronous_commit", synchronous_commit.to_owned()),
        ])
        .options(KEEPALIVES)
        .disable_statement_logging();
    let home = Home::here();
    let pulse = Arc::new(Pulse::new(options.clone(), home.clone(), config));
    let writing = options.clone().options([("default_transaction_isolation", "read committed")]);
    let writer = pool(config, writing, config.write_connections_max, &pulse).await?;
    // The defaults of the session spare every view the statements that would set them.
    let reading = options.options([
        ("default_transaction_isolation", "repeatable read"),
        ("default_transaction_read_only", "on"),
    ]);
    let reader = pool(config, reading, config.read_connections_max, &pulse).await?;
    Ok(Connections {
        writer: SqlxPostgresConnector::from_sqlx_postgres_pool(writer),
        reader: SqlxPostgresConnector::from_sqlx_postgres_pool(reader),
        home,
        pulse: Some(pulse),
    })
}

async fn pool(
    config: &SqlConfig,
    options: PgConnectOptions,
    connections_max: u32,
    pulse: &Arc<Pulse>,
) -> Result<PgPool, StoreError> {
    PgPoolOptions::new()
        .max_connections(connections_max)
        .acquire_timeout(config.acquire_timeout)
        // Whoever was left in the middle of something comes back once it is at rest again, or is
        // thrown away. The pool asks the same by itself, and would wait for ever.
        .after_release({
            let pulse = Arc::clone(pulse);
            move |connection, _| {
                let pulse = Arc::clone(&pulse);
                Box::pin(async move {
                    pulse.await_answer(connection.ping()).await??;
                    Ok(true)
                })
            }
        })
        .connect_with(options)
        .await
        .map_err(driver_failure)
}

fn milliseconds(duration: Duration) -> String {
    duration.as_millis().to_string()
}
