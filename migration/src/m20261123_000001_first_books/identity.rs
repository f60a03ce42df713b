//! The organisation, its users, and their sessions.

/// Creates the tables.
pub(super) const UP: &[&str] = &[
    "CREATE TABLE organizations (
        id {id} NOT NULL PRIMARY KEY,
        singleton {integer} NOT NULL DEFAULT 1
            CONSTRAINT organizations_singleton_key UNIQUE
            CONSTRAINT organizations_single CHECK (singleton = 1),
        {name},
        country {code} NOT NULL CONSTRAINT country_code CHECK (length(country) = 2),
        currency {currency},
        time_zone {text} NOT NULL,
        created_at_ms {integer} NOT NULL,
        {version}
    ) {strict}",
    "CREATE TABLE setup_tokens (
        singleton {integer} NOT NULL PRIMARY KEY CONSTRAINT setup_tokens_single CHECK (singleton = 1),
        digest {bytes} NOT NULL CONSTRAINT digest_length CHECK (length(digest) = 32),
        expires_at_ms {integer} NOT NULL
    ) {strict}",
    "CREATE TABLE users (
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
    "CREATE INDEX users_created ON users (created_at_ms, id)",
    "CREATE TABLE sessions (
        id {id} NOT NULL PRIMARY KEY,
        user_id {id} NOT NULL CONSTRAINT sessions_user_fkey
            REFERENCES users (id) ON DELETE RESTRICT,
        created_at_ms {integer} NOT NULL,
        expires_at_ms {integer} NOT NULL
            CONSTRAINT session_lasts CHECK (expires_at_ms >= created_at_ms),
        ended_at_ms {integer} CONSTRAINT session_end_late CHECK (ended_at_ms >= created_at_ms)
    ) {strict}",
    "CREATE INDEX sessions_user ON sessions (user_id, id)",
    "CREATE TABLE refresh_tokens (
        digest {bytes} NOT NULL PRIMARY KEY
            CONSTRAINT digest_length CHECK (length(digest) = 32),
        session_id {id} NOT NULL CONSTRAINT refresh_tokens_session_fkey
            REFERENCES sessions (id) ON DELETE CASCADE,
        generation {integer} NOT NULL CONSTRAINT generation_counted CHECK (generation >= 0),
        expires_at_ms {integer} NOT NULL,
        consumed_at_ms {integer},
        CONSTRAINT refresh_tokens_generation_key UNIQUE (session_id, generation)
    ) {strict}",
];

/// Drops the tables.
pub(super) const DOWN: &[&str] = &[
    "DROP TABLE refresh_tokens",
    "DROP TABLE sessions",
    "DROP TABLE users",
    "DROP TABLE setup_tokens",
    "DROP TABLE organizations",
];
