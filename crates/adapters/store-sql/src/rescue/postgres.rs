//! Databases of a PostgreSQL server: made, removed and put into each other's place.

mod like;

use gaara_kernel::StoreError;
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor, PgConnection, Row};

use crate::address;
use crate::error::driver_failure;

/// How long a name may be; what is longer is cut off without a word.
const NAME_BYTES_MAX: usize = 63;
/// How many digits an instant in milliseconds has.
const INSTANT_DIGITS: usize = 13;

/// The server that an address leads to, asked from its database `postgres`.
#[derive(Debug)]
pub struct PostgresServer {
    options: PgConnectOptions,
    database: String,
    connection: PgConnection,
}

impl PostgresServer {
    /// Connects to the server of an address; its database need not be there.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when it cannot be reached.
    pub async fn connect(url: &str) -> Result<Self, StoreError> {
        let options =
            address::read(url).map_err(|complaint| StoreError::Internal(complaint.into()))?;
        let database = options.get_database().unwrap_or(options.get_username()).to_owned();
        let there = options.clone().database("postgres");
        let connection = PgConnection::connect_with(&there).await.map_err(driver_failure)?;
        Ok(Self { options, database, connection })
    }

    /// The database that the address names.
    #[must_use]
    pub fn database(&self) -> &str {
        &self.database
    }

    /// The address of another database of the server.
    #[must_use]
    pub fn url_of(&self, database: &str) -> String {
        address::written(&self.options.clone().database(database))
    }

    /// How programs of PostgreSQL are told where to go: by variables, because anybody on the
    /// machine may read a command line.
    #[must_use]
    pub fn environment(&self, database: &str) -> Vec<(&'static str, String)> {
        let url = self.options.to_url_lossy();
        let socket = self.options.get_socket().map(|path| path.display().to_string());
        let host = socket.unwrap_or_else(|| self.options.get_host().to_owned());
        let mut all = vec![
            ("PGHOST", host),
            ("PGPORT", self.options.get_port().to_string()),
            ("PGUSER", self.options.get_username().to_owned()),
            ("PGDATABASE", database.to_owned()),
            ("PGAPPNAME", "gaara backup".to_owned()),
        ];
        all.extend(url.password().map(|password| ("PGPASSWORD", decoded(password))));
        all.extend(address::variables(&self.options));
        all
    }

    /// The major version of the server.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::Internal`].
    pub async fn major(&mut self) -> Result<u32, StoreError> {
        let row = self.connection.fetch_one("SHOW server_version_num").await;
        let text: String = row.and_then(|row| row.try_get(0)).map_err(driver_failure)?;
        let number: u32 = text.parse().map_err(|_| StoreError::Internal("no version".into()))?;
        Ok(number / 10_000)
    }

    /// Whether there is a database of this name.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn has(&mut self, database: &str) -> Result<bool, StoreError> {
        let query = sqlx::query("SELECT 1 FROM pg_database WHERE datname = $1").bind(database);
        let row = query.fetch_optional(&mut self.connection).await;
        Ok(row.map_err(driver_failure)?.is_some())
    }

    /// The name of a database beside the one of the address: as much of that name as fits.
    #[must_use]
    pub fn name_beside(&self, suffix: &str) -> String {
        beside(&self.database, suffix)
    }

    /// Keeps others from taking a database for one that was left behind, as long as this session
    /// lasts.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn hold(&mut self, database: &str) -> Result<bool, StoreError> {
        let query = sqlx::query("SELECT pg_try_advisory_lock(hashtextextended($1, 0))");
        let row = query.bind(database).fetch_one(&mut self.connection).await;
        row.and_then(|row| row.try_get(0)).map_err(driver_failure)
    }

    /// Removes the databases beside the one of the address whose name goes on with this suffix
    /// and a number, and which no session holds; answers which.
    ///
    /// # Errors
    /// [`StoreError::Internal`] when the user may not, and [`StoreError::Unavailable`].
    pub async fn sweep(&mut self, suffix: &str) -> Result<Vec<String>, StoreError> {
        let text = "SELECT datname::text FROM pg_database d JOIN pg_roles r ON r.oid = d.datdba \
             WHERE pg_has_role(r.oid, 'USAGE') ORDER BY 1";
        let rows = self.connection.fetch_all(text).await.map_err(driver_failure)?;
        let mut removed = Vec::new();
        for row in rows {
            let name: String = row.try_get(0).map_err(driver_failure)?;
            let digits: String = name.chars().rev().take_while(char::is_ascii_digit).collect();
            let digits: String = digits.chars().rev().collect();
            let is_ours = digits.len() >= INSTANT_DIGITS
                && name == self.name_beside(&format!("{suffix}{digits}"));
            if is_ours && self.hold(&name).await? {
                self.remove(&name).await?;
                removed.push(name);
            }
        }
        Ok(removed)
    }

    /// Removes a database, whoever uses it.
    ///
    /// # Errors
    /// [`StoreError::Internal`] when the user may not, and [`StoreError::Unavailable`].
    pub async fn remove(&mut self, database: &str) -> Result<(), StoreError> {
        self.run(format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", quoted(database))).await
    }

    /// Puts a database into the place that the address names, all at once; the one that is there
    /// is kept under another name.
    ///
    /// # Errors
    /// [`StoreError::Internal`] when anybody is connected to one of them, and
    /// [`StoreError::Unavailable`].
    pub async fn swap(&mut self, fresh: &str, kept_as: &str) -> Result<(), StoreError> {
        let place = self.database.clone();
        let rename = |from: &str, to: &str| {
            format!("ALTER DATABASE {} RENAME TO {}", quoted(from), quoted(to))
        };
        let mut steps = vec![rename(fresh, &place)];
        if self.has(&place).await? {
            steps.insert(0, rename(&place, kept_as));
        }
        let done = self.run(format!("BEGIN; {}; COMMIT", steps.join("; "))).await;
        if done.is_err() {
            // The session is still in what failed, and has more to do.
            self.run("ROLLBACK".to_owned()).await?;
        }
        done
    }

    async fn run(&mut self, text: String) -> Result<(), StoreError> {
        let done = self.connection.execute(AssertSqlSafe(text)).await;
        done.map(|_| ()).map_err(driver_failure)
    }
}

/// A name, an underscore and a suffix, in what PostgreSQL has room for.
fn beside(name: &str, suffix: &str) -> String {
    let room = NAME_BYTES_MAX.saturating_sub(suffix.len() + 1);
    let end = (0..=room.min(name.len())).rev().find(|end| name.is_char_boundary(*end));
    let (start, _) = name.split_at(end.unwrap_or(0));
    format!("{start}_{suffix}")
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Takes back what an address escapes.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let pair = tail.get(..2).filter(|_| *first == b'%');
        let pair = pair.and_then(|pair| std::str::from_utf8(pair).ok());
        if let Some(byte) = pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            bytes.push(byte);
            rest = tail.get(2..).unwrap_or_default();
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_address_escapes_is_taken_back() {
        assert_eq!(decoded("a%20%40b%zz%"), "a @b%zz%");
        assert_eq!(beside(&"ق".repeat(40), "restore_1"), format!("{}_restore_1", "ق".repeat(26)));
        assert_eq!(quoted("a\"b"), "\"a\"\"b\"");
    }
}
