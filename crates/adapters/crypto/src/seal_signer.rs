//! Signatures on the seals of the audit log.

use std::fmt;

use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use gaara_application::SealSigner;
use gaara_identity::KeyedDigest;
use zeroize::Zeroizing;

use crate::signing_key::KeyError;

/// What the key is derived for.
const PURPOSE: &str = "audit_seal";

/// Signs by Ed25519 (RFC 8032), with a key that is derived from a secret of the installation.
pub struct Ed25519SealSigner(Ed25519KeyPair);

impl fmt::Debug for Ed25519SealSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ed25519SealSigner").finish_non_exhaustive()
    }
}

impl Ed25519SealSigner {
    /// Derives the key.
    ///
    /// # Errors
    /// [`KeyError`] when the key cannot be built.
    pub fn new(seeds: &dyn KeyedDigest) -> Result<Self, KeyError> {
        let seed = Zeroizing::new(seeds.keyed_digest(PURPOSE, &[]));
        Ed25519KeyPair::from_seed_unchecked(&*seed).map(Self).map_err(|_| KeyError)
    }
}

impl SealSigner for Ed25519SealSigner {
    fn sign(&self, message: &[u8]) -> [u8; 64] {
        let mut signature = [0; 64];
        signature.copy_from_slice(self.0.sign(message).as_ref());
        signature
    }

    fn is_signed(&self, message: &[u8], signature: &[u8]) -> bool {
        let key = UnparsedPublicKey::new(&ED25519, self.0.public_key().as_ref());
        key.verify(message, signature).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::HmacSha256;

    #[test]
    fn only_the_same_secret_signs_alike() {
        let signer = |key: &[u8]| Ed25519SealSigner::new(&HmacSha256::new(key)).unwrap();
        let (one, other) = (signer(b"one"), signer(b"other"));
        let signature = one.sign(b"seal 1");

        assert!(
            one.is_signed(b"seal 1", &signature) && signer(b"one").is_signed(b"seal 1", &signature)
        );
        assert!(!one.is_signed(b"seal 2", &signature) && !other.is_signed(b"seal 1", &signature));
        assert!(!one.is_signed(b"seal 1", &signature[1..]) && !one.is_signed(b"seal 1", &[]));
    }
}
