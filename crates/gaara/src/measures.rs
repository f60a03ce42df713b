//! Figures of the parts that know nothing of figures.

use std::sync::Arc;

use gaara_application::{Measure, Measured};
use gaara_crypto::Argon2Hasher;

/// How busy the hashing of passwords is.
pub(crate) struct HasherLoad(pub(crate) Arc<Argon2Hasher>);

impl Measured for HasherLoad {
    fn measures(&self) -> Vec<Measure> {
        let (running, waiting) = self.0.load();
        let figure = |name, count| Measure::of(name, u64::try_from(count).unwrap_or(u64::MAX));
        vec![figure("gaara_hashing_running", running), figure("gaara_hashing_waiting", waiting)]
    }
}
