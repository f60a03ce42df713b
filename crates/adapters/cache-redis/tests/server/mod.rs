//! The Redis of these tests.

use std::hash::{BuildHasher, RandomState};

pub(crate) fn url() -> String {
    std::env::var("GAARA_TEST_REDIS_URL")
        .expect("GAARA_TEST_REDIS_URL is not set: run `make test`, which starts a Redis")
}

/// A key that no other test uses, nor any other run.
pub(crate) fn key() -> String {
    format!("test:{:016x}", RandomState::new().hash_one("key"))
}
