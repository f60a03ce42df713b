//! What was revoked, and the keys of access tokens, in memory.

use async_trait::async_trait;
use gaara_identity::{
    KeySchedule, Revocation, RevocationRepository, SigningKey, SigningKeyRepository,
};
use gaara_kernel::StoreError;

use crate::records::unique;
use crate::store::MemoryTransaction;

#[async_trait]
impl RevocationRepository for MemoryTransaction {
    async fn add(&mut self, revocation: &Revocation) -> Result<(), StoreError> {
        self.with(|records| {
            records.revocations.retain(|_, entry| entry.expires_at > revocation.at);
            let known = records.revocations.get(&revocation.what);
            let count = known.map_or(1, |entry| entry.count.saturating_add(1));
            let entry = Revocation { count, ..revocation.clone() };
            records.revocations.insert(entry.what.clone(), entry);
            Ok(())
        })
    }
}

#[async_trait]
impl SigningKeyRepository for MemoryTransaction {
    async fn lock(&mut self) -> Result<KeySchedule, StoreError> {
        self.with(|records| Ok(KeySchedule::new(records.signing_keys.0.clone())))
    }

    async fn add(&mut self, key: &SigningKey) -> Result<(), StoreError> {
        self.with(|records| {
            let keys = &mut records.signing_keys.0;
            unique(keys.iter().all(|other| other.number != key.number), "signing_key.number")?;
            keys.push(*key);
            Ok(())
        })
    }
}
