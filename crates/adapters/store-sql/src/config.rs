//! Where the database is, and how much of it to use.

use std::fmt;
use std::time::Duration;

/// When a commit counts as done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Durability {
    /// Once the disk has it.
    #[default]
    Full,
    /// Once the engine has it: a power cut may lose the last moments. For demonstrations only.
    Relaxed,
}

/// Where the database is, and how much of it to use. The address never prints: it may hold a
/// password.
#[derive(Clone, PartialEq, Eq)]
pub struct SqlConfig {
    /// The address: `sqlite:books.db` or `postgres://…`.
    pub url: String,
    /// The most connections that read.
    pub read_connections_max: u32,
    /// The most connections that write; always one on SQLite.
    pub write_connections_max: u32,
    /// How long a caller waits for a connection, for its first answer, and for a PostgreSQL server
    /// that says nothing any more.
    pub acquire_timeout: Duration,
    /// How long a statement may run; PostgreSQL only.
    pub statement_timeout: Duration,
    /// How long a statement waits for a lock; PostgreSQL only.
    pub lock_timeout: Duration,
    /// How long a statement waits for another process; SQLite only.
    pub busy_timeout: Duration,
    /// When a commit counts as done.
    pub durability: Durability,
    /// Whether a program may start on a schema with steps that it does not know.
    pub allow_newer_schema: bool,
}

impl SqlConfig {
    /// An address, and bounds that suit one server process.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            read_connections_max: 8,
            write_connections_max: 8,
            acquire_timeout: Duration::from_secs(4),
            statement_timeout: Duration::from_secs(15),
            lock_timeout: Duration::from_secs(5),
            busy_timeout: Duration::from_secs(5),
            durability: Durability::Full,
            allow_newer_schema: false,
        }
    }
}

impl fmt::Debug for SqlConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SqlConfig")
            .field("url", &"[redacted]")
            .field("read_connections_max", &self.read_connections_max)
            .field("write_connections_max", &self.write_connections_max)
            .field("acquire_timeout", &self.acquire_timeout)
            .field("statement_timeout", &self.statement_timeout)
            .field("lock_timeout", &self.lock_timeout)
            .field("busy_timeout", &self.busy_timeout)
            .field("durability", &self.durability)
            .field("allow_newer_schema", &self.allow_newer_schema)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_never_prints() {
        let config = SqlConfig::new("postgres://gaara:secret@localhost/books");
        assert!(!format!("{config:?}").contains("secret"));
    }
}
