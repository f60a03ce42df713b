//! The memory throttle keeps the contract of every throttle.

use std::sync::Arc;

use gaara_store_memory::MemoryThrottle;

gaara_testkit::throttle_contract!(async { (Arc::new(MemoryThrottle::new()), ()) });
