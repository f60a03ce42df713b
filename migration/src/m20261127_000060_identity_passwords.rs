//! Passwords that users had, so that they are not taken again.

use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::dialect;

const UP: &str = "CREATE TABLE past_passwords (
    user_id {id} NOT NULL CONSTRAINT past_passwords_user_fkey
        REFERENCES users (id) ON DELETE CASCADE,
    version {integer} NOT NULL CONSTRAINT version_counted CHECK (version >= 1),
    password_hash {text} NOT NULL,
    replaced_at_ms {integer} NOT NULL,
    CONSTRAINT past_passwords_pkey PRIMARY KEY (user_id, version)
) {strict}";

/// The step.
pub(crate) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m20261127_000060_identity_passwords"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::run(manager.get_connection(), &[UP]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        dialect::run(manager.get_connection(), &["DROP TABLE past_passwords"]).await
    }
}
