//! Time and randomness as ports, so that a rule can be tested at any instant.

use crate::id::Id;
use crate::timestamp::Timestamp;

/// Where the present comes from.
pub trait Clock: Send + Sync {
    /// The present instant.
    fn now(&self) -> Timestamp;
}

/// Where unpredictable bytes come from.
pub trait Entropy: Send + Sync {
    /// Fills the buffer with bytes nobody can predict.
    fn fill(&self, bytes: &mut [u8]);
}

impl dyn Entropy + '_ {
    /// A new UUIDv7 id of any kind: 48 bits of time, then 74 random bits.
    #[must_use]
    pub fn new_id<I: Id>(&self, at: Timestamp) -> I {
        let mut random = [0; 10];
        self.fill(&mut random);
        let millis = u64::try_from(at.as_millis()).unwrap_or(0);
        I::from_uuid(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
    }

    /// 32 random bytes: the size of every secret token.
    #[must_use]
    pub fn token_bytes(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        self.fill(&mut bytes);
        bytes
    }
}
