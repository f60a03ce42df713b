//! The tables of number series on either engine. What has a default lets the program before this
//! step go on adding series by their code alone.

use crate::rebuild::Rebuilt;

/// The columns that series are filled with from what they were. The first series of all was `INV`.
const SERIES: &str = "code, code || '-{year}-{sequence:05}', code = 'INV', \
     COALESCE((SELECT created_at_ms FROM organizations), 0), \
     COALESCE((SELECT created_at_ms FROM organizations), 0)";

/// Makes the tables of SQLite anew.
pub(super) const UP_SQLITE: &[Rebuilt] = &[
    Rebuilt {
        table: "number_series",
        create: "CREATE TABLE {table} (
            code {code} NOT NULL PRIMARY KEY,
            id {id} NOT NULL DEFAULT (randomblob(16)),
            document {text} NOT NULL DEFAULT 'sale_invoice' CONSTRAINT document_known CHECK
                (document IN ('sale_invoice', 'sale_credit_note', 'purchase_invoice',
                'purchase_credit_note')),
            pattern {code} NOT NULL DEFAULT 'INV-{year}-{sequence:05}'
                CONSTRAINT pattern_counts CHECK (length(pattern) BETWEEN 1 AND 64
                AND pattern LIKE '%{sequence%}%'),
            reset {text} NOT NULL DEFAULT 'yearly'
                CONSTRAINT reset_known CHECK (reset IN ('yearly', 'never')),
            is_default {flag} NOT NULL DEFAULT TRUE
                CONSTRAINT default_flag CHECK (is_default IN (FALSE, TRUE)),
            closed_at_ms {integer},
            created_at_ms {integer} NOT NULL DEFAULT 0,
            updated_at_ms {integer} NOT NULL DEFAULT 0,
            version {integer} NOT NULL DEFAULT 1
                CONSTRAINT version_counted CHECK (version >= 1),
            CONSTRAINT yearly_shows_year CHECK (reset <> 'yearly' OR pattern LIKE '%{year}%'),
            CONSTRAINT default_is_open CHECK (closed_at_ms IS NULL OR NOT is_default)
        ) {strict}",
        columns: "code, pattern, is_default, created_at_ms, updated_at_ms",
        values: SERIES,
        after: &[],
    },
    Rebuilt {
        table: "number_series_counters",
        create: "CREATE TABLE {table} (
            series {code} NOT NULL CONSTRAINT number_series_counters_series_fkey
                REFERENCES number_series (code) ON DELETE RESTRICT,
            year {integer} NOT NULL,
            last_sequence {integer} NOT NULL
                CONSTRAINT last_sequence_not_negative CHECK (last_sequence >= 0),
            last_issue_date {date},
            first_sequence {integer} NOT NULL DEFAULT 1 CONSTRAINT first_sequence_counted
                CHECK (first_sequence >= 1 AND last_sequence >= first_sequence - 1),
            PRIMARY KEY (series, year),
            CONSTRAINT counted_with_date
                CHECK ((last_sequence < first_sequence) = (last_issue_date IS NULL))
        ) {strict}",
        columns: COUNTERS,
        values: COUNTERS,
        after: &[],
    },
];

/// The columns that counters have in either shape.
const COUNTERS: &str = "series, year, last_sequence, last_issue_date";

/// Changes the tables of PostgreSQL.
pub(super) const UP_POSTGRES: &[&str] = &[
    "ALTER TABLE number_series
        ADD COLUMN id {id} NOT NULL DEFAULT gen_random_uuid(),
        ADD COLUMN document {text} NOT NULL DEFAULT 'sale_invoice' CONSTRAINT document_known CHECK
            (document IN ('sale_invoice', 'sale_credit_note', 'purchase_invoice',
            'purchase_credit_note')),
        ADD COLUMN pattern {code} NOT NULL DEFAULT 'INV-{year}-{sequence:05}'
            CONSTRAINT pattern_counts CHECK (length(pattern) BETWEEN 1 AND 64
            AND pattern LIKE '%{sequence%}%'),
        ADD COLUMN reset {text} NOT NULL DEFAULT 'yearly'
            CONSTRAINT reset_known CHECK (reset IN ('yearly', 'never')),
        ADD COLUMN is_default {flag} NOT NULL DEFAULT TRUE,
        ADD COLUMN closed_at_ms {integer},
        ADD COLUMN created_at_ms {integer} NOT NULL DEFAULT 0,
        ADD COLUMN updated_at_ms {integer} NOT NULL DEFAULT 0,
        ADD COLUMN version {integer} NOT NULL DEFAULT 1
            CONSTRAINT version_counted CHECK (version >= 1),
        ADD CONSTRAINT yearly_shows_year CHECK (reset <> 'yearly' OR pattern LIKE '%{year}%'),
        ADD CONSTRAINT default_is_open CHECK (closed_at_ms IS NULL OR NOT is_default)",
    "UPDATE number_series SET pattern = code || '-{year}-{sequence:05}',
        is_default = (code = 'INV'),
        created_at_ms = COALESCE((SELECT created_at_ms FROM organizations), 0),
        updated_at_ms = COALESCE((SELECT created_at_ms FROM organizations), 0)",
    "ALTER TABLE number_series_counters
        ADD COLUMN first_sequence {integer} NOT NULL DEFAULT 1 CONSTRAINT first_sequence_counted
            CHECK (first_sequence >= 1 AND last_sequence >= first_sequence - 1),
        DROP CONSTRAINT counted_with_date,
        ADD CONSTRAINT counted_with_date
            CHECK ((last_sequence < first_sequence) = (last_issue_date IS NULL))",
];

/// Creates what is the same on both engines.
pub(super) const UP: &[&str] = &[
    "CREATE UNIQUE INDEX number_series_id_key ON number_series (id)",
    "CREATE UNIQUE INDEX number_series_pattern_key ON number_series (pattern)",
    "CREATE UNIQUE INDEX number_series_default_key ON number_series (document) WHERE is_default",
    "CREATE INDEX number_series_created ON number_series (created_at_ms, id)",
];

/// Drops what is the same on both engines, and what the tables before cannot hold.
pub(super) const DOWN: &[&str] = &[
    "DROP INDEX number_series_created",
    "DROP INDEX number_series_default_key",
    "DROP INDEX number_series_pattern_key",
    "DROP INDEX number_series_id_key",
    "DELETE FROM number_series_counters WHERE last_issue_date IS NULL",
];

/// The tables of SQLite as they were.
pub(super) const DOWN_SQLITE: &[Rebuilt] = &[
    Rebuilt {
        table: "number_series_counters",
        create: "CREATE TABLE {table} (
            series {code} NOT NULL CONSTRAINT number_series_counters_series_fkey
                REFERENCES number_series (code) ON DELETE RESTRICT,
            year {integer} NOT NULL,
            last_sequence {integer} NOT NULL
                CONSTRAINT last_sequence_not_negative CHECK (last_sequence >= 0),
            last_issue_date {date},
            PRIMARY KEY (series, year),
            CONSTRAINT counted_with_date
                CHECK ((last_sequence = 0) = (last_issue_date IS NULL))
        ) {strict}",
        columns: COUNTERS,
        values: COUNTERS,
        after: &[],
    },
    Rebuilt {
        table: "number_series",
        create: "CREATE TABLE {table} (code {code} NOT NULL PRIMARY KEY) {strict}",
        columns: "code",
        values: "code",
        after: &[],
    },
];

/// The tables of PostgreSQL as they were.
pub(super) const DOWN_POSTGRES: &[&str] = &[
    "ALTER TABLE number_series_counters
        DROP CONSTRAINT counted_with_date,
        DROP COLUMN first_sequence,
        ADD CONSTRAINT counted_with_date
            CHECK ((last_sequence = 0) = (last_issue_date IS NULL))",
    "ALTER TABLE number_series
        DROP CONSTRAINT default_is_open,
        DROP CONSTRAINT yearly_shows_year,
        DROP COLUMN version,
        DROP COLUMN updated_at_ms,
        DROP COLUMN created_at_ms,
        DROP COLUMN closed_at_ms,
        DROP COLUMN is_default,
        DROP COLUMN reset,
        DROP COLUMN pattern,
        DROP COLUMN document,
        DROP COLUMN id",
];
