//! What was revoked, the keys of access tokens, and ways to find what is over.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect;

const UP: &[&str] = &[
    "CREATE TABLE revocations (
        kind {code} NOT NULL CONSTRAINT revocation_kind_known CHECK
            (kind IN ('session', 'token', 'user', 'role', 'everybody')),
        subject {code} NOT NULL CONSTRAINT revocation_subject_length CHECK
            (length(subject) BETWEEN 2 AND 64),
        revoked_at_ms {integer} NOT NULL,
        expires_at_ms {integer} NOT NULL CONSTRAINT revocation_lasts CHECK
            (expires_at_ms > revoked_at_ms),
        times {integer} NOT NULL CONSTRAINT revocation_counted CHECK (times >= 1),
        CONSTRAINT revocations_pkey PRIMARY KEY (kind, subject)
    ) {strict}",
    "CREATE INDEX revocations_lately ON revocations (revoked_at_ms)",
    "CREATE INDEX revocations_over ON revocations (expires_at_ms)",
    "CREATE TABLE signing_keys (
        number {integer} NOT NULL CONSTRAINT signing_keys_pkey PRIMARY KEY
            CONSTRAINT signing_key_counted CHECK (number >= 1),
        published_at_ms {integer} NOT NULL,
        active_from_ms {integer} NOT NULL CONSTRAINT signing_key_published_before CHECK
            (active_from_ms >= published_at_ms)
    ) {strict}",
    // The key that every installation begins with.
    "INSERT INTO signing_keys (number, published_at_ms, active_from_ms) VALUES (1, 0, 0)",
    "CREATE INDEX sessions_expired ON sessions (expires_at_ms)",
    "CREATE INDEX sessions_ended ON sessions (ended_at_ms) WHERE ended_at_ms IS NOT NULL",
    "CREATE INDEX refresh_tokens_expired ON refresh_tokens (expires_at_ms)",
];
const DOWN: &[&str] = &[
    "DROP INDEX refresh_tokens_expired",
    "DROP INDEX sessions_ended",
    "DROP INDEX sessions_expired",
    "DROP TABLE signing_keys",
    "DROP TABLE revocations",
];

/// The step.
pub(crate) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m20261127_000063_identity_tokens"
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
