//! Passkeys in memory.

use std::collections::BTreeMap;

use async_trait::async_trait;
use gaara_identity::{
    Assertion, Ceremony, CeremonyPurpose, Passkey, PasskeyRepository, PasskeyView, TokenDigest,
};
use gaara_kernel::{PasskeyId, StoreError, Timestamp, UserId};

use crate::records::{add, unique};
use crate::store::{MemoryTransaction, MemoryView};

/// Passkeys and questions to devices.
#[derive(Clone, Default)]
pub(crate) struct Passkeys {
    kept: BTreeMap<PasskeyId, Passkey>,
    ceremonies: BTreeMap<(UserId, CeremonyPurpose), Ceremony>,
}

#[async_trait]
impl PasskeyRepository for MemoryTransaction {
    async fn add(&mut self, passkey: &Passkey) -> Result<(), StoreError> {
        self.with(|records| {
            let kept = &mut records.passkeys.kept;
            let taken = kept.values().any(|other| other.credential == passkey.credential);
            unique(!taken, "passkey.credential")?;
            add(kept, passkey.id, passkey.clone(), "passkey.id")
        })
    }

    async fn note_use(&mut self, used: &Assertion, now: Timestamp) -> Result<bool, StoreError> {
        self.with(|records| {
            let passkey = records.passkeys.kept.get_mut(&used.passkey);
            let Some(passkey) = passkey.filter(|it| it.record == used.before) else {
                return Ok(false);
            };
            passkey.record.clone_from(&used.after);
            passkey.last_used_at = Some(now.max(passkey.created_at));
            Ok(true)
        })
    }

    async fn remove(&mut self, user: UserId, id: PasskeyId) -> Result<bool, StoreError> {
        self.with(|records| {
            let kept = &mut records.passkeys.kept;
            let own = kept.get(&id).is_some_and(|passkey| passkey.user_id == user);
            Ok(own && kept.remove(&id).is_some())
        })
    }

    async fn remove_all(&mut self, user: UserId) -> Result<(), StoreError> {
        self.with(|records| {
            records.passkeys.kept.retain(|_, passkey| passkey.user_id != user);
            records.passkeys.ceremonies.retain(|(owner, _), _| *owner != user);
            Ok(())
        })
    }

    async fn put_ceremony(&mut self, ceremony: &Ceremony) -> Result<(), StoreError> {
        self.with(|records| {
            let key = (ceremony.user_id, ceremony.purpose);
            records.passkeys.ceremonies.insert(key, ceremony.clone());
            Ok(())
        })
    }

    async fn take_ceremony(&mut self, digest: &TokenDigest) -> Result<bool, StoreError> {
        self.with(|records| {
            let kept = &mut records.passkeys.ceremonies;
            let before = kept.len();
            kept.retain(|_, ceremony| ceremony.digest != *digest);
            Ok(kept.len() < before)
        })
    }
}

#[async_trait]
impl PasskeyView for MemoryView {
    async fn list_passkeys(&mut self, user: UserId) -> Result<Vec<Passkey>, StoreError> {
        let kept = self.records.passkeys.kept.values();
        let mut own: Vec<_> = kept.filter(|passkey| passkey.user_id == user).cloned().collect();
        own.sort_by_key(|passkey| (passkey.created_at, passkey.id));
        Ok(own)
    }

    async fn find_ceremony(
        &mut self,
        digest: &TokenDigest,
    ) -> Result<Option<Ceremony>, StoreError> {
        let mut kept = self.records.passkeys.ceremonies.values();
        Ok(kept.find(|ceremony| ceremony.digest == *digest).cloned())
    }
}
