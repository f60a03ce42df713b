//! Signatures that were checked: the same bytes need no second check.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use gaara_identity::{AccessClaims, KeyNumber};

use crate::digest::sha256;

/// How many tokens are remembered. Only good ones are, so that nobody fills this with others.
const TOKENS_MAX: usize = 10_000;

/// What a token says, by whose key; whether it counts now is asked each time.
#[derive(Debug)]
pub(super) struct Signed {
    pub(super) key: KeyNumber,
    pub(super) claims: AccessClaims,
    /// In seconds.
    pub(super) not_before: u64,
}

/// Tokens by their digest: memory that leaks must not be worth a session.
#[derive(Debug, Default)]
pub(super) struct Checked(RwLock<HashMap<[u8; 32], Arc<Signed>>>);

impl Checked {
    /// What a token says that was checked before, if its key is still accepted.
    pub(super) fn find(&self, token: &str, accepted: &[KeyNumber]) -> Option<Arc<Signed>> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let signed = known.get(&sha256(token.as_bytes()))?;
        accepted.contains(&signed.key).then(|| Arc::clone(signed))
    }

    /// Remembers a token whose signature is good.
    pub(super) fn remember(&self, token: &str, signed: &Arc<Signed>) {
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= TOKENS_MAX {
            // Whoever is still there is checked once more.
            known.clear();
        }
        known.insert(sha256(token.as_bytes()), Arc::clone(signed));
    }
}
