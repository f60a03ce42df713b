//! Second factors, recovery codes, challenges, and the roles that need a second factor.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect;

/// The program before this one adds users and sessions without these columns, and asks nobody for
/// a second factor.
const UP: &[&str] = &[
    "ALTER TABLE users ADD COLUMN second_factor_since_ms {integer}",
    "ALTER TABLE sessions ADD COLUMN proven_at_ms {integer}
        CONSTRAINT proven_late CHECK (proven_at_ms >= created_at_ms)",
    "CREATE TABLE second_factors (
        user_id {id} NOT NULL CONSTRAINT second_factors_pkey PRIMARY KEY
            CONSTRAINT second_factors_user_fkey REFERENCES users (id) ON DELETE CASCADE,
        secret {bytes} NOT NULL
            CONSTRAINT secret_is_sealed CHECK (length(secret) BETWEEN 40 AND 128),
        started_at_ms {integer} NOT NULL,
        confirmed_at_ms {integer}
            CONSTRAINT confirmed_late CHECK (confirmed_at_ms >= started_at_ms),
        last_step {integer} CONSTRAINT last_step_counted CHECK (last_step >= 0),
        CONSTRAINT confirmed_by_a_code CHECK ((confirmed_at_ms IS NULL) = (last_step IS NULL))
    ) {strict}",
    "CREATE TABLE recovery_codes (
        digest {bytes} NOT NULL CONSTRAINT recovery_codes_pkey PRIMARY KEY
            CONSTRAINT digest_length CHECK (length(digest) = 32),
        user_id {id} NOT NULL CONSTRAINT recovery_codes_user_fkey
            REFERENCES second_factors (user_id) ON DELETE CASCADE,
        used_at_ms {integer}
    ) {strict}",
    "CREATE INDEX recovery_codes_user ON recovery_codes (user_id)",
    "CREATE TABLE challenges (
        digest {bytes} NOT NULL CONSTRAINT challenges_pkey PRIMARY KEY
            CONSTRAINT digest_length CHECK (length(digest) = 32),
        user_id {id} NOT NULL CONSTRAINT challenges_user_fkey
            REFERENCES users (id) ON DELETE CASCADE,
        user_version {integer} NOT NULL
            CONSTRAINT user_version_counted CHECK (user_version >= 1),
        network {text} NOT NULL CONSTRAINT network_length CHECK (length(network) <= 64),
        device {text} NOT NULL CONSTRAINT device_length CHECK (length(device) <= 64),
        expires_at_ms {integer} NOT NULL,
        tries_left {integer} NOT NULL
            CONSTRAINT tries_counted CHECK (tries_left BETWEEN 0 AND 5)
    ) {strict}",
    "CREATE INDEX challenges_user ON challenges (user_id)",
    "CREATE TABLE second_factor_roles (
        role_code {code} NOT NULL CONSTRAINT second_factor_roles_pkey PRIMARY KEY
            CONSTRAINT second_factor_roles_role_fkey
            REFERENCES roles (code) ON DELETE CASCADE
    ) {strict}",
];
const DOWN: &[&str] = &[
    "DROP TABLE second_factor_roles",
    "DROP TABLE challenges",
    "DROP TABLE recovery_codes",
    "DROP TABLE second_factors",
    "ALTER TABLE sessions DROP COLUMN proven_at_ms",
    "ALTER TABLE users DROP COLUMN second_factor_since_ms",
];

/// The step.
pub(crate) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m20261127_000070_second_factor"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::run(manager.get_connection(), UP).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::run(manager.get_connection(), DOWN).await
    }
}
