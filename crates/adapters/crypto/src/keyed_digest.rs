//! Secrets derived from one key.

use std::fmt;

use aws_lc_rs::hmac::{HMAC_SHA256, Key, sign};
use gaara_identity::KeyedDigest;

/// Derives by HMAC-SHA-256.
pub struct HmacSha256(Key);

impl fmt::Debug for HmacSha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HmacSha256").finish_non_exhaustive()
    }
}

impl HmacSha256 {
    /// Derives from this key, which should be of 32 random bytes.
    #[must_use]
    pub fn new(key: &[u8]) -> Self {
        Self(Key::new(HMAC_SHA256, key))
    }
}

impl KeyedDigest for HmacSha256 {
    fn keyed_digest(&self, purpose: &str, bytes: &[u8]) -> [u8; 32] {
        // With its length in front, no purpose can run into the bytes.
        let length = u64::try_from(purpose.len()).unwrap_or(u64::MAX).to_be_bytes();
        let text = [&length, purpose.as_bytes(), bytes].concat();
        let mut derived = [0; 32];
        derived.copy_from_slice(sign(&self.0, &text).as_ref());
        derived
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_is_hmac_sha_256() {
        // RFC 4231, test case 2: what the purpose adds is taken off again.
        let tag = sign(&HmacSha256::new(b"Jefe").0, b"what do ya want for nothing?");
        assert_eq!(tag.as_ref()[..4], [0x5b, 0xdc, 0xc1, 0x46]);
    }

    #[test]
    fn purposes_and_keys_do_not_share_secrets() {
        let (one, two) = (HmacSha256::new(&[1; 32]), HmacSha256::new(&[2; 32]));
        let secret = one.keyed_digest("refresh", b"x");
        assert_eq!(secret, one.keyed_digest("refresh", b"x"));
        for other in [
            one.keyed_digest("refres", b"hx"),
            one.keyed_digest("csrf", b"x"),
            two.keyed_digest("refresh", b"x"),
        ] {
            assert_ne!(secret, other);
        }
    }
}
