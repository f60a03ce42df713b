//! Users, made anew on SQLite: their role refers to a row and no longer to a list.

use crate::rebuild::Rebuilt;

const COLUMNS: &str =
    "id, email, username, password_hash, role, language, disabled, created_at_ms, version";

/// The table as it is from this step on.
pub(super) const UP: Rebuilt = Rebuilt {
    table: "users",
    create: "CREATE TABLE {table} (
        id {id} NOT NULL PRIMARY KEY,
        email {code} NOT NULL CONSTRAINT users_email_key UNIQUE,
        username {code} NOT NULL CONSTRAINT users_username_key UNIQUE
            CONSTRAINT username_length CHECK (length(username) BETWEEN 3 AND 64),
        password_hash {text} NOT NULL,
        role {code} NOT NULL CONSTRAINT users_role_fkey
            REFERENCES roles (code) ON DELETE RESTRICT,
        language {text} NOT NULL CONSTRAINT language_known CHECK (language IN ('ar', 'en')),
        disabled {flag} NOT NULL CONSTRAINT disabled_flag CHECK (disabled IN (FALSE, TRUE)),
        created_at_ms {integer} NOT NULL,
        {version}
    ) {strict}",
    columns: COLUMNS,
    values: COLUMNS,
    after: &[
        "CREATE INDEX users_created ON users (created_at_ms, id)",
        "CREATE INDEX users_role ON users (role, id)",
    ],
};

/// The table as it was.
pub(super) const DOWN: Rebuilt = Rebuilt {
    table: "users",
    create: "CREATE TABLE {table} (
        id {id} NOT NULL PRIMARY KEY,
        email {code} NOT NULL CONSTRAINT users_email_key UNIQUE,
        username {code} NOT NULL CONSTRAINT users_username_key UNIQUE
            CONSTRAINT username_length CHECK (length(username) BETWEEN 3 AND 64),
        password_hash {text} NOT NULL,
        role {text} NOT NULL CONSTRAINT role_known CHECK
            (role IN ('admin', 'accountant', 'sales', 'storekeeper', 'auditor')),
        language {text} NOT NULL CONSTRAINT language_known CHECK (language IN ('ar', 'en')),
        disabled {flag} NOT NULL CONSTRAINT disabled_flag CHECK (disabled IN (FALSE, TRUE)),
        created_at_ms {integer} NOT NULL,
        {version}
    ) {strict}",
    columns: COLUMNS,
    values: COLUMNS,
    after: &["CREATE INDEX users_created ON users (created_at_ms, id)"],
};
