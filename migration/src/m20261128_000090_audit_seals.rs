//! Seals on the audit log.

use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};
use sea_orm_migration::{DbErr, MigrationName, MigrationTrait, SchemaManager, async_trait};

use crate::append_only;
use crate::dialect;

/// The program before this one adds rows without a code; they wait for a seal as all others do.
const UP: &[&str] = &[
    "ALTER TABLE audit_log ADD COLUMN code {bytes}
        CONSTRAINT code_length CHECK (length(code) = 32)",
    "CREATE TABLE audit_unsealed (
        audit_id {id} NOT NULL CONSTRAINT audit_unsealed_pkey PRIMARY KEY
            CONSTRAINT audit_unsealed_row_fkey REFERENCES audit_log (id)
    ) {strict}",
    "INSERT INTO audit_unsealed (audit_id) SELECT id FROM audit_log",
    "CREATE TABLE audit_seals (
        number {integer} NOT NULL CONSTRAINT audit_seals_pkey PRIMARY KEY
            CONSTRAINT number_counted CHECK (number >= 1),
        row_count {integer} NOT NULL
            CONSTRAINT rows_counted CHECK (row_count BETWEEN 1 AND 1000),
        root {bytes} NOT NULL CONSTRAINT root_length CHECK (length(root) = 32),
        previous {bytes} NOT NULL CONSTRAINT previous_length CHECK (length(previous) = 32),
        sealed_at_ms {integer} NOT NULL,
        signature {bytes} NOT NULL CONSTRAINT signature_length CHECK (length(signature) = 64)
    ) {strict}",
    "CREATE TABLE audit_sealed (
        seal {integer} NOT NULL CONSTRAINT audit_sealed_seal_fkey REFERENCES audit_seals (number),
        position {integer} NOT NULL
            CONSTRAINT place_counted CHECK (position BETWEEN 0 AND 999),
        audit_id {id} NOT NULL CONSTRAINT audit_sealed_row_key UNIQUE
            CONSTRAINT audit_sealed_row_fkey REFERENCES audit_log (id),
        digest {bytes} NOT NULL CONSTRAINT digest_length CHECK (length(digest) = 32),
        CONSTRAINT audit_sealed_pkey PRIMARY KEY (seal, position)
    ) {strict}",
];

/// Whatever writes a row of the log, by whichever program, the row waits for a seal.
const WAITS: &str = "CREATE TRIGGER audit_log_waits AFTER INSERT ON audit_log FOR EACH ROW \
     BEGIN INSERT INTO audit_unsealed (audit_id) VALUES (NEW.id); END";
const WAITS_ON_POSTGRES: &str = "CREATE FUNCTION gaara_await_seal() RETURNS trigger LANGUAGE \
     plpgsql AS $$ BEGIN INSERT INTO audit_unsealed (audit_id) VALUES (NEW.id); RETURN NULL; END $$; \
     CREATE TRIGGER audit_log_waits AFTER INSERT ON audit_log FOR EACH ROW \
     EXECUTE FUNCTION gaara_await_seal()";

const DOWN: &[&str] = &[
    "DROP TABLE audit_sealed",
    "DROP TABLE audit_seals",
    "DROP TABLE audit_unsealed",
    "ALTER TABLE audit_log DROP COLUMN code",
];

/// The step.
pub(crate) struct Step;

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m20261128_000090_audit_seals"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        dialect::run(connection, UP).await?;
        let is_postgres = connection.get_database_backend() == DbBackend::Postgres;
        let waits = if is_postgres { WAITS_ON_POSTGRES } else { WAITS };
        crate::dialect::execute(connection, waits).await?;
        for table in ["audit_seals", "audit_sealed"] {
            append_only::guard_table(connection, table).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        let is_postgres = connection.get_database_backend() == DbBackend::Postgres;
        let on = if is_postgres { " ON audit_log" } else { "" };
        crate::dialect::execute(connection, &format!("DROP TRIGGER audit_log_waits{on}")).await?;
        if is_postgres {
            crate::dialect::execute(connection, "DROP FUNCTION gaara_await_seal()").await?;
        }
        dialect::run(connection, DOWN).await
    }
}
