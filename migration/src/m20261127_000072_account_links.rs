//! Links that let somebody choose a password, and the mail that carries them.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect;

const UP: &[&str] = &[
    "CREATE TABLE account_links (
        user_id {id} NOT NULL CONSTRAINT account_links_pkey PRIMARY KEY
            CONSTRAINT account_links_user_fkey REFERENCES users (id) ON DELETE CASCADE,
        purpose {text} NOT NULL
            CONSTRAINT link_purpose_known CHECK (purpose IN ('invitation', 'password_reset')),
        seed {bytes} NOT NULL CONSTRAINT seed_length CHECK (length(seed) = 16),
        digest {bytes} NOT NULL CONSTRAINT account_links_digest_key UNIQUE
            CONSTRAINT digest_length CHECK (length(digest) = 32),
        created_at_ms {integer} NOT NULL,
        expires_at_ms {integer} NOT NULL
            CONSTRAINT link_lasts CHECK (expires_at_ms > created_at_ms),
        attempts {integer} NOT NULL CONSTRAINT attempts_counted CHECK (attempts >= 0),
        mail_at_ms {integer}
    ) {strict}",
    "CREATE INDEX account_links_due ON account_links (mail_at_ms) WHERE mail_at_ms IS NOT NULL",
];
const DOWN: &[&str] = &["DROP TABLE account_links"];

/// The step.
pub(crate) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m20261127_000072_account_links"
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
