//! Keys of programs, and what they were made for.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect;

const UP: &[&str] = &[
    "CREATE TABLE api_keys (
        id {id} NOT NULL CONSTRAINT api_keys_pkey PRIMARY KEY,
        owner_id {id} NOT NULL CONSTRAINT api_keys_owner_fkey
            REFERENCES users (id) ON DELETE CASCADE,
        name {code} NOT NULL
            CONSTRAINT key_name_length CHECK (length(name) BETWEEN 1 AND 100),
        prefix {text} NOT NULL CONSTRAINT key_prefix_length CHECK (length(prefix) = 12),
        digest {bytes} NOT NULL CONSTRAINT api_keys_digest_key UNIQUE
            CONSTRAINT digest_length CHECK (length(digest) = 32),
        created_at_ms {integer} NOT NULL,
        expires_at_ms {integer} CONSTRAINT key_lasts CHECK (expires_at_ms > created_at_ms),
        last_used_at_ms {integer} CONSTRAINT key_used_late CHECK (last_used_at_ms >= created_at_ms)
    ) {strict}",
    "CREATE INDEX api_keys_owner ON api_keys (owner_id)",
    "CREATE INDEX api_keys_name ON api_keys (name, id)",
    "CREATE INDEX api_keys_created ON api_keys (created_at_ms, id)",
    "CREATE TABLE api_key_permissions (
        key_id {id} NOT NULL CONSTRAINT api_key_permissions_key_fkey
            REFERENCES api_keys (id) ON DELETE CASCADE,
        permission {code} NOT NULL CONSTRAINT permission_named CHECK (permission LIKE '%_._%'),
        CONSTRAINT api_key_permissions_pkey PRIMARY KEY (key_id, permission)
    ) {strict}",
];
const DOWN: &[&str] = &["DROP TABLE api_key_permissions", "DROP TABLE api_keys"];

/// The step.
pub(crate) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m20261127_000071_api_keys"
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
