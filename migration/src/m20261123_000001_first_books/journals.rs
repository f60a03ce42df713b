//! What is written beside every effect: audit rows, events, idempotency records.

/// Creates the tables.
pub(super) const UP: &[&str] = &[
    "CREATE TABLE audit_log (
        id {id} NOT NULL PRIMARY KEY,
        at_ms {integer} NOT NULL,
        actor {code} NOT NULL,
        session {code},
        trace {code} NOT NULL CONSTRAINT trace_length CHECK (length(trace) = 32),
        action {code} NOT NULL,
        subject {code} NOT NULL,
        changes {json} NOT NULL
    ) {strict}",
    "CREATE INDEX audit_log_at ON audit_log (at_ms, id)",
    "CREATE INDEX audit_log_subject ON audit_log (subject, at_ms, id)",
    "CREATE INDEX audit_log_action ON audit_log (action, at_ms, id)",
    "CREATE INDEX audit_log_actor ON audit_log (actor, at_ms, id)",
    "CREATE TABLE outbox (
        sequence {sequence},
        id {id} NOT NULL CONSTRAINT outbox_id_key UNIQUE,
        kind {code} NOT NULL,
        subject {code} NOT NULL,
        at_ms {integer} NOT NULL,
        data {json} NOT NULL,
        delivered_at_ms {integer}
    ) {strict}",
    "CREATE INDEX outbox_pending ON outbox (subject, sequence) WHERE delivered_at_ms IS NULL",
    "CREATE TABLE idempotency_records (
        principal {code} NOT NULL,
        route {code} NOT NULL,
        key {code} NOT NULL,
        fingerprint {bytes} NOT NULL
            CONSTRAINT fingerprint_length CHECK (length(fingerprint) = 32),
        status {integer} NOT NULL CONSTRAINT status_range CHECK (status BETWEEN 100 AND 599),
        headers {json} NOT NULL,
        body {bytes} NOT NULL,
        created_at_ms {integer} NOT NULL,
        expires_at_ms {integer} NOT NULL
            CONSTRAINT record_lasts CHECK (expires_at_ms >= created_at_ms),
        PRIMARY KEY (principal, route, key)
    ) {strict}",
    "CREATE INDEX idempotency_records_expiry ON idempotency_records (expires_at_ms)",
];

/// Drops the tables.
pub(super) const DOWN: &[&str] =
    &["DROP TABLE idempotency_records", "DROP TABLE outbox", "DROP TABLE audit_log"];
