//! The memory store keeps the contract of every store.

use std::sync::Arc;

use gaara_store_memory::MemoryStore;

gaara_testkit::store_contract!(async { (Arc::new(MemoryStore::new()), ()) });
