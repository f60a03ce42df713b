//! A database made like another one, so that it can take its place.

use gaara_kernel::StoreError;
use sqlx::Row;

use super::{PostgresServer, quoted};
use crate::error::driver_failure;

/// How a database was made. Servers before the seventeenth call the locale otherwise, and nobody
/// may give a database to somebody whose role he has no part in.
const MADE: &str = "SELECT CASE WHEN pg_has_role(datdba, 'MEMBER') \
       THEN format('OWNER %I ', pg_get_userbyid(datdba)) ELSE '' END \
     || format('ENCODING %L LC_COLLATE %L LC_CTYPE %L', \
       pg_encoding_to_char(encoding), datcollate, datctype) \
     || CASE to_jsonb(d)->>'datlocprovider' \
        WHEN 'i' THEN format(' LOCALE_PROVIDER icu ICU_LOCALE %L', \
          coalesce(to_jsonb(d)->>'datlocale', to_jsonb(d)->>'daticulocale')) \
        WHEN 'b' THEN format(' LOCALE_PROVIDER builtin BUILTIN_LOCALE %L', \
          to_jsonb(d)->>'datlocale') \
        WHEN 'c' THEN ' LOCALE_PROVIDER libc' \
        ELSE '' END \
     FROM pg_database d WHERE datname = $1";

/// Who may what, where somebody has ever said so; `$2` is the other database.
const RIGHTS: &str = "SELECT text FROM ( \
       SELECT 0 AS place, format('REVOKE ALL ON DATABASE %I FROM PUBLIC', $2::text) AS text \
         FROM pg_database WHERE datname = $1 AND datacl IS NOT NULL \
       UNION ALL \
       SELECT 1, format('GRANT %s ON DATABASE %I TO %s%s', a.privilege_type, $2::text, \
           CASE WHEN a.grantee = 0 THEN 'PUBLIC' \
             ELSE quote_ident(pg_get_userbyid(a.grantee)) END, \
           CASE WHEN a.is_grantable AND a.grantee <> d.datdba THEN ' WITH GRANT OPTION' \
             ELSE '' END) \
         FROM pg_database d CROSS JOIN LATERAL aclexplode(d.datacl) a WHERE d.datname = $1 \
     ) all_rights ORDER BY place, text";

/// What was set for a database, or for somebody in it. Lists are kept as they are to be written.
const SETTINGS: &str = "SELECT format('ALTER %s SET %s TO %s', \
       CASE WHEN s.setrole = 0 THEN format('DATABASE %I', $2::text) \
         ELSE format('ROLE %I IN DATABASE %I', pg_get_userbyid(s.setrole), $2::text) END, \
       (SELECT string_agg(quote_ident(part), '.') \
          FROM unnest(string_to_array(split_part(c, '=', 1), '.')) part), \
       CASE WHEN split_part(c, '=', 1) IN ('search_path', 'temp_tablespaces', \
           'local_preload_libraries', 'session_preload_libraries') \
         THEN substr(c, strpos(c, '=') + 1) ELSE quote_literal(substr(c, strpos(c, '=') + 1)) END) \
     FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase \
       CROSS JOIN LATERAL unnest(s.setconfig) c \
     WHERE d.datname = $1 \
     UNION ALL \
     SELECT format('ALTER DATABASE %I CONNECTION LIMIT %s', $2::text, datconnlimit) \
       FROM pg_database WHERE datname = $1 AND datconnlimit >= 0 \
     ORDER BY 1";

impl PostgresServer {
    /// Makes an empty database like the one that the address names: owner where this user may make
    /// him one, encoding, locale and rights. Where that one is gone it is like any new one.
    ///
    /// # Errors
    /// [`StoreError::Internal`] when the user may not make it, and [`StoreError::Unavailable`].
    pub async fn create(&mut self, database: &str) -> Result<(), StoreError> {
        let query = sqlx::query(MADE).bind(&self.database);
        let row = query.fetch_optional(&mut self.connection).await;
        let made = row.and_then(|row| row.map(|row| row.try_get::<String, _>(0)).transpose());
        let made = made.map_err(driver_failure)?.unwrap_or_default();
        self.run(format!("CREATE DATABASE {} TEMPLATE template0 {made}", quoted(database))).await?;
        let given = self.give_rights(database).await;
        if given.is_err() {
            // Nobody may look into what others must not see.
            self.remove(database).await?;
        }
        given
    }

    async fn give_rights(&mut self, to: &str) -> Result<(), StoreError> {
        for text in self.texts(RIGHTS, to).await? {
            self.run(text).await?;
        }
        Ok(())
    }

    /// Gives a database the settings of the one that the address names; they may forbid to write,
    /// so this comes last. Answers the statements that this user may not run.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn settle(&mut self, database: &str) -> Result<Vec<String>, StoreError> {
        let mut refused = Vec::new();
        for text in self.texts(SETTINGS, database).await? {
            // Some may be set by a superuser alone.
            match self.run(text.clone()).await {
                Err(StoreError::Internal(_)) => refused.push(text),
                done => done?,
            }
        }
        Ok(refused)
    }

    /// The statements that a query makes of the database of the address for another one.
    async fn texts(&mut self, query: &'static str, to: &str) -> Result<Vec<String>, StoreError> {
        let query = sqlx::query(query).bind(&self.database).bind(to);
        let rows = query.fetch_all(&mut self.connection).await.map_err(driver_failure)?;
        rows.iter().map(|row| row.try_get(0).map_err(driver_failure)).collect()
    }
}
