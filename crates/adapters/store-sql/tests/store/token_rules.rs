//! What the schema refuses of tokens, keys of signing and stored replies by itself.

use std::sync::Arc;

use gaara_application::identity::SignInRequest;
use gaara_application::{
    Actor, Fingerprint, IdempotencyKey, IdempotencyRecord, Store, StoredReply,
};
use gaara_kernel::Timestamp;
use gaara_store_sql::SqlStore;
use gaara_testkit::{Harness, PASSWORD, USERNAME};

/// Statements that break one rule each, and the rule.
pub(crate) const BREACHES: &[(&str, &str)] = &[
    ("UPDATE refresh_tokens SET digest = {bytes 31}", "digest_length"),
    ("UPDATE refresh_tokens SET generation = -1", "generation_counted"),
    ("UPDATE sessions SET ended_at_ms = created_at_ms - 1", "session_end_late"),
    ("UPDATE sessions SET expires_at_ms = created_at_ms - 1", "session_lasts"),
    ("UPDATE idempotency_records SET fingerprint = {bytes 31}", "fingerprint_length"),
    ("UPDATE idempotency_records SET status = 99", "status_range"),
    ("UPDATE idempotency_records SET expires_at_ms = created_at_ms - 1", "record_lasts"),
    (
        "INSERT INTO setup_tokens (singleton, digest, expires_at_ms) VALUES (2, {bytes 32}, 1)",
        "setup_tokens_single",
    ),
    (
        "INSERT INTO setup_tokens (singleton, digest, expires_at_ms) VALUES (1, {bytes 31}, 1)",
        "digest_length",
    ),
    ("UPDATE audit_log SET actor = actor", "append-only"),
];

/// Books with a session, its token, a setup token and a stored reply.
pub(crate) async fn kept_tokens(store: Arc<SqlStore>) -> Harness {
    let books = Harness::new(store.clone()).set_up().await;
    let request = SignInRequest {
        login: USERNAME.to_owned(),
        password: PASSWORD.to_owned(),
        address: "192.0.2.1".to_owned(),
        user_agent: String::new(),
    };
    books.app.sign_in(&Actor::anonymous(books.app.new_trace()), &request).await.unwrap();
    let now = Timestamp::from_millis(1_000);
    let record = IdempotencyRecord {
        key: IdempotencyKey {
            principal: "system".into(),
            route: "POST /x".into(),
            key: "k".into(),
        },
        fingerprint: Fingerprint([9; 32]),
        reply: StoredReply { status: 201, headers: Vec::new(), body: vec![1] },
        created_at: now,
        expires_at: now.plus(IdempotencyRecord::LIFETIME),
    };
    let mut unit = store.begin().await.unwrap();
    unit.idempotency().add(&record).await.unwrap();
    unit.commit().await.unwrap();
    books
}
