//! Roles that users may be given: built in, or made by the organisation.

mod users_sqlite;

use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};
use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect;
use crate::rebuild::rebuild;

const UP: &[&str] = &[
    "CREATE TABLE roles (
        id {id} NOT NULL CONSTRAINT roles_pkey PRIMARY KEY,
        code {code} NOT NULL CONSTRAINT roles_code_key UNIQUE
            CONSTRAINT role_code_length CHECK (length(code) BETWEEN 2 AND 40),
        {name},
        created_at_ms {integer} NOT NULL,
        {version}
    ) {strict}",
    "CREATE INDEX roles_created ON roles (created_at_ms, id)",
    "CREATE TABLE role_permissions (
        role_code {code} NOT NULL CONSTRAINT role_permissions_role_fkey
            REFERENCES roles (code) ON DELETE CASCADE,
        permission {code} NOT NULL CONSTRAINT permission_named CHECK (permission LIKE '%_._%'),
        CONSTRAINT role_permissions_pkey PRIMARY KEY (role_code, permission)
    ) {strict}",
];
const DOWN: &[&str] = &["DROP TABLE role_permissions", "DROP TABLE roles"];

const POSTGRES_UP: &[&str] = &[
    "ALTER TABLE users DROP CONSTRAINT role_known",
    "ALTER TABLE users ALTER COLUMN role TYPE {code}",
    "ALTER TABLE users ADD CONSTRAINT users_role_fkey FOREIGN KEY (role)
        REFERENCES roles (code) ON DELETE RESTRICT",
    "CREATE INDEX users_role ON users (role, id)",
];
const POSTGRES_DOWN: &[&str] = &[
    "DROP INDEX users_role",
    "ALTER TABLE users DROP CONSTRAINT users_role_fkey",
    "ALTER TABLE users ALTER COLUMN role TYPE {text}",
    "ALTER TABLE users ADD CONSTRAINT role_known CHECK
        (role IN ('admin', 'accountant', 'sales', 'storekeeper', 'auditor'))",
];

/// The program before knows built-in roles only. Whoever has another one is kept out until
/// somebody chooses a role: any that is chosen here could allow more than was meant.
const KEEP_OUT: &str = "UPDATE users SET role = 'auditor', disabled = TRUE WHERE role NOT IN
    ('admin', 'accountant', 'sales', 'storekeeper', 'auditor')";

/// The built-in roles, as the domain has them: last digit of the id, code, names.
const BUILT_IN: [(u8, &str, &str, &str); 5] = [
    (1, "admin", "مدير النظام", "Administrator"),
    (2, "accountant", "محاسب", "Accountant"),
    (3, "sales", "مندوب مبيعات", "Sales"),
    (4, "storekeeper", "أمين مستودع", "Storekeeper"),
    (5, "auditor", "مدقق", "Auditor"),
];

async fn add_built_in<C: ConnectionTrait>(connection: &C) -> Result<(), DbErr> {
    let is_sqlite = connection.get_database_backend() == DbBackend::Sqlite;
    for (number, code, ar, en) in BUILT_IN {
        let digits = format!("0000000000007000800000000000000{number}");
        let id = if is_sqlite { format!("X'{digits}'") } else { format!("'{digits}'") };
        let text = format!(
            "INSERT INTO roles (id, code, name_ar, name_en, created_at_ms, version) \
             VALUES ({id}, '{code}', '{ar}', '{en}', 0, 1)"
        );
        crate::dialect::execute(connection, &text).await?;
    }
    Ok(())
}

/// The step.
pub(crate) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m20261127_000061_identity_roles"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        dialect::run(connection, UP).await?;
        add_built_in(connection).await?;
        if connection.get_database_backend() == DbBackend::Sqlite {
            rebuild(connection, &[users_sqlite::UP]).await
        } else {
            dialect::run(connection, POSTGRES_UP).await
        }
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        dialect::run(connection, &[KEEP_OUT]).await?;
        if connection.get_database_backend() == DbBackend::Sqlite {
            rebuild(connection, &[users_sqlite::DOWN]).await?;
        } else {
            dialect::run(connection, POSTGRES_DOWN).await?;
        }
        dialect::run(connection, DOWN).await
    }
}
