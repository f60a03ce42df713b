//! Whether a user of the database may bring its schema up to date.

use gaara_kernel::StoreError;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, Statement};
use thiserror::Error;

use crate::error::failure;

/// Answers what stands in the way of this user: `user`, `step` or nothing. Where the schema cannot
/// be seen at all, or its tables cannot be read, nobody can tell which steps are missing.
const IN_THE_WAY: &str = "SELECT COALESCE( \
       (SELECT CASE WHEN NOT has_table_privilege(oid, 'SELECT') THEN 'user' \
                    WHEN NOT pg_has_role(relowner, 'USAGE') THEN 'step' ELSE '' END \
          FROM pg_class WHERE oid = to_regclass('seaql_migrations')), \
       CASE WHEN current_schema() IS NULL THEN 'user' \
            WHEN has_schema_privilege(current_schema(), 'CREATE') THEN '' ELSE 'step' END), \
     current_user::text";

/// Why a user of a PostgreSQL database cannot bring its schema up to date.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Barred {
    /// A step is missing, and the tables belong to somebody else.
    #[error("the step {step} is missing, and the user {user} may not apply it")]
    Step {
        /// The first step that is missing.
        step: String,
        /// The user of the database.
        user: String,
    },
    /// The tables cannot be read: nobody has let this user in.
    #[error("the user {user} may not read the tables")]
    User {
        /// The user of the database.
        user: String,
    },
}

/// Refuses a user who may not apply the steps from this one on: whoever only tries is told no more
/// than "permission denied", and may have filled columns by then.
pub(super) async fn admit(
    connection: &DatabaseTransaction,
    missing: &str,
) -> Result<(), StoreError> {
    let backend = connection.get_database_backend();
    if backend != DbBackend::Postgres {
        return Ok(());
    }
    let statement = Statement::from_string(backend, IN_THE_WAY);
    let Some(row) = connection.query_one_raw(statement).await.map_err(failure)? else {
        return Ok(());
    };
    let text = |column| row.try_get_by_index::<String>(column).map_err(failure);
    let (found, user) = (text(0)?, text(1)?);
    let barred = match found.as_str() {
        "user" => Barred::User { user },
        "step" => Barred::Step { step: missing.to_owned(), user },
        _ => return Ok(()),
    };
    Err(StoreError::Internal(Box::new(barred)))
}
