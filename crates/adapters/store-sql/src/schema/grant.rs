//! What a role of PostgreSQL needs to run a server, and no more.

use gaara_kernel::StoreError;
use gaara_migration::APPEND_ONLY;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, QueryResult, Statement};
use thiserror::Error;

use crate::error::failure;
use crate::store::SqlStore;

/// Why a role was not given what a server needs. Nothing was given then.
#[derive(Debug, Error)]
pub enum GrantError {
    /// Files have no roles.
    #[error("an SQLite file has no roles: the file system decides who may read and write it")]
    File,
    /// There is nobody of this name.
    #[error("there is no role {0:?}; make it first: CREATE ROLE … LOGIN PASSWORD …")]
    Unknown(String),
    /// There is nothing to give rights on.
    #[error("there are no books in the schema public; run `gaara migrate up` first")]
    NoBooks,
    /// Only the owner of tables gives rights on them.
    #[error("the tables belong to {owner:?}, and only that role may give rights on them")]
    NotTheOwner {
        /// Whose tables they are.
        owner: String,
    },
    /// A superuser, the owner, or somebody who can become one of them.
    #[error(
        "{0:?} is the owner of the tables, may become the owner, or is a superuser: \
             nothing that is given or taken keeps such a role from anything"
    )]
    Mighty(String),
    /// What somebody else has given: PUBLIC, another owner, or a role that this one is part of.
    #[error("{role:?} would still have {}, which somebody else has given: to PUBLIC, or to a role \
             that it is part of", rights.join(", "))]
    TooMuch {
        /// The role.
        role: String,
        /// What it must not have.
        rights: Vec<String>,
    },
    /// What only the owner of the database or of the schema can give.
    #[error("{role:?} would lack {}, which only its owner can give", rights.join(", "))]
    TooLittle {
        /// The role.
        role: String,
        /// What it needs.
        rights: Vec<String>,
    },
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<DbErr> for GrantError {
    fn from(error: DbErr) -> Self {
        Self::Store(failure(error))
    }
}

/// Whether a table can only grow; `$1` has the names of those that the program knows. A later
/// program may have made others, and a trigger that somebody took away makes no table another one.
macro_rules! can_only_grow {
    () => {
        "(c.relname = ANY (string_to_array($1, ',')) OR EXISTS (SELECT 1 FROM pg_trigger t \
          WHERE t.tgrelid = c.oid AND t.tgname = c.relname || '_append_only'))"
    };
}

/// The tables and counters of this user in the schema, and what a server needs of each.
macro_rules! with_needs {
    ($then:literal) => {
        concat!(
            "WITH things AS (SELECT c.oid, c.relkind = 'S' AS counts, \
               format('public.%I', c.relname) AS name, CASE \
                 WHEN c.relkind = 'S' THEN 'USAGE, SELECT' \
                 WHEN c.relname = 'seaql_migrations' THEN 'SELECT' WHEN ",
            can_only_grow!(),
            " THEN 'SELECT, INSERT' ELSE 'SELECT, INSERT, UPDATE, DELETE' END AS needs \
             FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
             WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'S') \
               AND pg_has_role(c.relowner, 'USAGE')) ",
            $then
        )
    };
}

/// The statements, in order; `$2` is the role, `$3` the owner of the tables.
const STATEMENTS: &str = with_needs!(
    "SELECT text FROM ( \
       SELECT 1 AS place, format('REVOKE ALL ON DATABASE %I FROM %I', current_database(), $2) \
         AS text \
       UNION ALL SELECT 2, format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), $2) \
       UNION ALL SELECT 3, format('REVOKE ALL ON SCHEMA public FROM %I', $2) \
       UNION ALL SELECT 4, format('GRANT USAGE ON SCHEMA public TO %I', $2) \
       UNION ALL SELECT 5, format('REVOKE ALL ON %s %s FROM %I', \
           CASE WHEN counts THEN 'SEQUENCE' ELSE 'TABLE' END, \
           string_agg(name, ', ' ORDER BY name), $2) FROM things GROUP BY counts \
       UNION ALL SELECT 6, format('GRANT %s ON %s %s TO %I', needs, \
           CASE WHEN counts THEN 'SEQUENCE' ELSE 'TABLE' END, \
           string_agg(name, ', ' ORDER BY name), $2) FROM things GROUP BY counts, needs \
       UNION ALL SELECT 7, format('GRANT EXECUTE ON FUNCTION %s TO %I', \
           string_agg(p.oid::regprocedure::text, ', ' ORDER BY p.proname), $2) \
         FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace \
         WHERE n.nspname = 'public' AND starts_with(p.proname::text, 'gaara_') \
           AND pg_has_role(p.proowner, 'USAGE') HAVING count(*) > 0 \
       UNION ALL SELECT 8, format('ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA public ' \
           || 'REVOKE ALL ON %s FROM %I', $3, kind, $2) \
         FROM (VALUES ('TABLES'), ('SEQUENCES')) kinds (kind) \
       UNION ALL SELECT 9, format('ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA public ' \
           || 'GRANT %s ON %s TO %I', $3, rights, kind, $2) \
         FROM (VALUES ('TABLES', 'SELECT, INSERT, UPDATE, DELETE'), \
                      ('SEQUENCES', 'USAGE, SELECT')) kinds (kind, rights) \
     ) all_statements ORDER BY place, text"
);

/// What a role may do beyond what a server needs, whoever has given it.
const TOO_MUCH: &str = with_needs!(
    "SELECT format('CREATE ON DATABASE %I', current_database()) \
       WHERE has_database_privilege($2, current_database(), 'CREATE') \
     UNION ALL SELECT 'CREATE ON SCHEMA public' WHERE has_schema_privilege($2, 'public', 'CREATE') \
     UNION ALL SELECT format('%s ON TABLE %s', r.name, things.name) \
       FROM things CROSS JOIN (VALUES ('INSERT'), ('UPDATE'), ('DELETE'), ('TRUNCATE'), \
         ('REFERENCES'), ('TRIGGER')) r (name) \
       WHERE NOT counts AND strpos(needs, r.name) = 0 \
         AND CASE WHEN r.name IN ('INSERT', 'UPDATE', 'REFERENCES') \
           THEN has_any_column_privilege($2, things.oid, r.name) \
           ELSE has_table_privilege($2, things.oid, r.name) END \
     ORDER BY 1"
);

/// What a role needs and the owner of the tables may be unable to give.
const TOO_LITTLE: &str = "SELECT format('CONNECT ON DATABASE %I', current_database()) \
       WHERE NOT has_database_privilege($1, current_database(), 'CONNECT') \
     UNION ALL SELECT 'USAGE ON SCHEMA public' \
       WHERE NOT has_schema_privilege($1, 'public', 'USAGE') ORDER BY 1";

/// Whose the tables are, whether that is this user, and whether a role can become the owner.
const OWNER: &str = "SELECT pg_get_userbyid(relowner)::text, pg_has_role(relowner, 'USAGE'), \
       pg_has_role($1, relowner, 'MEMBER') \
     FROM pg_class WHERE oid = to_regclass('public.seaql_migrations')";

/// What must not be on tables that can only grow, by whatever made them anew: `ALTER DEFAULT
/// PRIVILEGES` knows no tables by name.
const TIGHTEN: &str = concat!(
    "SELECT format('REVOKE UPDATE, DELETE, TRUNCATE ON TABLE %s FROM %s CASCADE', c.oid::regclass, \
       CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END) \
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
       CROSS JOIN LATERAL aclexplode(c.relacl) a \
     WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p') AND a.grantee <> c.relowner \
       AND a.privilege_type IN ('UPDATE', 'DELETE', 'TRUNCATE') AND ",
    can_only_grow!(),
    " GROUP BY 1 ORDER BY 1"
);

impl SqlStore {
    /// Gives a role of PostgreSQL what a server needs and takes away what it does not, all or
    /// nothing; answers the statements. It may be done again at any time.
    ///
    /// # Errors
    /// [`GrantError`], and then nothing was changed.
    pub async fn grant(&self, role: &str) -> Result<Vec<String>, GrantError> {
        let connection = self.begin_granting().await?;
        let statements = statements(&connection, role).await?;
        for statement in &statements {
            connection.execute_unprepared(statement).await?;
        }
        check(&connection, role).await?;
        connection.commit().await?;
        Ok(statements)
    }

    /// The statements of [`SqlStore::grant`]; runs none of them.
    ///
    /// # Errors
    /// [`GrantError`] for whatever can be seen without running them.
    pub async fn grant_plan(&self, role: &str) -> Result<Vec<String>, GrantError> {
        let connection = self.begin_granting().await?;
        let statements = statements(&connection, role).await?;
        connection.rollback().await?;
        Ok(statements)
    }

    /// Nobody changes the schema meanwhile.
    async fn begin_granting(&self) -> Result<DatabaseTransaction, GrantError> {
        if self.backend() == DbBackend::Sqlite {
            return Err(GrantError::File);
        }
        Ok(self.begin_migrating().await?.transaction)
    }
}

async fn statements(
    connection: &DatabaseTransaction,
    role: &str,
) -> Result<Vec<String>, GrantError> {
    let found = rows(connection, "SELECT 1 FROM pg_roles WHERE rolname = $1", &[role]).await?;
    if found.is_empty() {
        return Err(GrantError::Unknown(role.to_owned()));
    }
    let found = rows(connection, OWNER, &[role]).await?;
    let Some(row) = found.first() else { return Err(GrantError::NoBooks) };
    let owner: String = row.try_get_by_index(0)?;
    if !row.try_get_by_index::<bool>(1)? {
        return Err(GrantError::NotTheOwner { owner });
    }
    if row.try_get_by_index::<bool>(2)? {
        return Err(GrantError::Mighty(role.to_owned()));
    }
    texts(connection, STATEMENTS, &[&APPEND_ONLY.join(","), role, &owner]).await
}

/// Refuses what the statements could not give or take away.
async fn check(connection: &DatabaseTransaction, role: &str) -> Result<(), GrantError> {
    let rights = texts(connection, TOO_LITTLE, &[role]).await?;
    if !rights.is_empty() {
        return Err(GrantError::TooLittle { role: role.to_owned(), rights });
    }
    let rights = texts(connection, TOO_MUCH, &[&APPEND_ONLY.join(","), role]).await?;
    if !rights.is_empty() {
        return Err(GrantError::TooMuch { role: role.to_owned(), rights });
    }
    Ok(())
}

/// Keeps tables that steps have made from being changed by anybody but their owner, where they can
/// only grow.
pub(super) async fn tighten(connection: &DatabaseTransaction) -> Result<(), StoreError> {
    if connection.get_database_backend() == DbBackend::Sqlite {
        return Ok(());
    }
    let found = rows(connection, TIGHTEN, &[&APPEND_ONLY.join(",")]).await.map_err(failure)?;
    for row in found {
        let text: String = row.try_get_by_index(0).map_err(failure)?;
        connection.execute_unprepared(&text).await.map_err(failure)?;
    }
    Ok(())
}

async fn texts(
    connection: &DatabaseTransaction,
    query: &str,
    values: &[&str],
) -> Result<Vec<String>, GrantError> {
    let found = rows(connection, query, values).await?;
    Ok(found.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?)
}

async fn rows(
    connection: &DatabaseTransaction,
    query: &str,
    values: &[&str],
) -> Result<Vec<QueryResult>, DbErr> {
    let values = values.iter().map(|value| (*value).into());
    connection
        .query_all_raw(Statement::from_sql_and_values(DbBackend::Postgres, query, values))
        .await
}
