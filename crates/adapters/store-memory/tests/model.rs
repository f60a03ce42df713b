//! Stock in memory agrees with stock on paper.

use std::sync::Arc;

use gaara_store_memory::MemoryStore;
use gaara_testkit::{Store, model};

#[test]
fn ten_thousand_random_steps_end_as_they_do_on_paper() {
    model::check(10_000, async || (Arc::new(MemoryStore::new()) as Arc<dyn Store>, ()));
}
