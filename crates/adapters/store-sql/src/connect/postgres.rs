//! Opening a PostgreSQL database: bounded pools whose sessions carry their own time limits.

use std::str::FromStr;
use std::time::Duration;

use gaara_kernel::StoreError;
use sea_orm::SqlxPostgresConnector;
use sqlx::ConnectOptions;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};

use super::Connections;
use crate::config::{Durability, SqlConfig};
use crate::error::driver_failure;

/// How long a session may hold a transaction open without using it: a connection that was given
/// back in the middle of `BEGIN` must not stay so.
const IDLE_IN_TRANSACTION_MAX: Duration = Duration::from_mins(1);

/// Connects, so that a wrong address shows at once.
pub(super) async fn open(config: &SqlConfig) -> Result<Connections, StoreError> {
    let synchronous_commit = match config.durability {
        Durability::Full => "on",
        Durability::Relaxed => "off",
    };
    let options = PgConnectOptions::from_str(&config.url)
        .map_err(driver_failure)?
        .application_name("gaara")
        .options([
            ("statement_timeout", milliseconds(config.statement_timeout)),
            ("lock_timeout", milliseconds(config.lock_timeout)),
            ("idle_in_transaction_session_timeout", milliseconds(IDLE_IN_TRANSACTION_MAX)),
            ("synchronous_commit", synchronous_commit.to_owned()),
        ])
        .disable_statement_logging();
    let writing = options.clone().options([("default_transaction_isolation", "read committed")]);
    let writer = pool(config, writing, config.write_connections_max).await?;
    // The defaults of the session spare every view the statements that would set them.
    let reading = options.options([
        ("default_transaction_isolation", "repeatable read"),
        ("default_transaction_read_only", "on"),
    ]);
    let reader = pool(config, reading, config.read_connections_max).await?;
    Ok(Connections {
        writer: SqlxPostgresConnector::from_sqlx_postgres_pool(writer),
        reader: SqlxPostgresConnector::from_sqlx_postgres_pool(reader),
    })
}

async fn pool(
    config: &SqlConfig,
    options: PgConnectOptions,
    connections_max: u32,
) -> Result<PgPool, StoreError> {
    PgPoolOptions::new()
        .max_connections(connections_max)
        .acquire_timeout(config.acquire_timeout)
        .connect_with(options)
        .await
        .map_err(driver_failure)
}

fn milliseconds(duration: Duration) -> String {
    duration.as_millis().to_string()
}
