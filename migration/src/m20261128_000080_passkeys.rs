//! Passkeys, the questions that devices are asked, and the name that a challenge was asked for.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect;

/// The program before this one asks for codes without noting the name that was typed.
const UP: &[&str] = &[
    "ALTER TABLE challenges ADD COLUMN login {text}
        CONSTRAINT login_length CHECK (length(login) = 64)",
    "CREATE TABLE passkeys (
        id {id} NOT NULL CONSTRAINT passkeys_pkey PRIMARY KEY,
        user_id {id} NOT NULL CONSTRAINT passkeys_user_fkey
            REFERENCES users (id) ON DELETE CASCADE,
        name {text} NOT NULL
            CONSTRAINT passkey_name_length CHECK (length(name) BETWEEN 1 AND 100),
        credential {bytes} NOT NULL CONSTRAINT passkeys_credential_key UNIQUE
            CONSTRAINT credential_length CHECK (length(credential) BETWEEN 16 AND 1023),
        record {bytes} NOT NULL
            CONSTRAINT record_length CHECK (length(record) BETWEEN 1 AND 8192),
        created_at_ms {integer} NOT NULL,
        last_used_at_ms {integer}
            CONSTRAINT passkey_used_late CHECK (last_used_at_ms >= created_at_ms)
    ) {strict}",
    "CREATE INDEX passkeys_user ON passkeys (user_id)",
    "CREATE TABLE ceremonies (
        user_id {id} NOT NULL CONSTRAINT ceremonies_user_fkey
            REFERENCES users (id) ON DELETE CASCADE,
        purpose {integer} NOT NULL
            CONSTRAINT purpose_known CHECK (purpose BETWEEN 1 AND 3),
        digest {bytes} NOT NULL CONSTRAINT ceremonies_digest_key UNIQUE
            CONSTRAINT digest_length CHECK (length(digest) = 32),
        state {bytes} NOT NULL
            CONSTRAINT state_length CHECK (length(state) BETWEEN 1 AND 65536),
        expires_at_ms {integer} NOT NULL,
        CONSTRAINT ceremonies_pkey PRIMARY KEY (user_id, purpose)
    ) {strict}",
];
const DOWN: &[&str] =
    &["DROP TABLE ceremonies", "DROP TABLE passkeys", "ALTER TABLE challenges DROP COLUMN login"];

/// The step.
pub(crate) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m20261128_000080_passkeys"
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
