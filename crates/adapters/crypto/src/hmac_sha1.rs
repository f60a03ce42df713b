//! HMAC-SHA-1, for the one-time codes of phones and nothing else.

use aws_lc_rs::hmac::{HMAC_SHA1_FOR_LEGACY_USE_ONLY, Key, sign};
use gaara_identity::HmacSha1;

/// HMAC-SHA-1 by aws-lc-rs. The apps on phones know no other; in an HMAC its weakness against
/// collisions does no harm (RFC 6238, section 1.2).
#[derive(Debug, Clone, Copy, Default)]
pub struct LegacyHmacSha1;

impl HmacSha1 for LegacyHmacSha1 {
    fn hmac_sha1(&self, key: &[u8], message: &[u8]) -> [u8; 20] {
        let tag = sign(&Key::new(HMAC_SHA1_FOR_LEGACY_USE_ONLY, key), message);
        let mut code = [0; 20];
        code.copy_from_slice(tag.as_ref());
        code
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use gaara_identity::{TotpCode, TotpSecret, TotpStep};
    use gaara_kernel::Timestamp;

    use super::*;

    #[test]
    fn every_code_of_rfc_6238_is_reproduced() {
        // Appendix B, the rows of SHA-1; ours are the last six of its eight digits.
        let secret = TotpSecret::new(*b"12345678901234567890");
        for (seconds, code) in [
            (59, "94287082"),
            (1_111_111_109, "07081804"),
            (1_111_111_111, "14050471"),
            (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"),
            (20_000_000_000, "65353130"),
        ] {
            let at = Timestamp::from_millis(0).plus(Duration::from_secs(seconds));
            let found = TotpCode::of(&secret, TotpStep::at(at), &LegacyHmacSha1);
            assert_eq!(found.to_string(), code[2..], "{seconds}");
        }
    }

    #[test]
    fn every_code_of_rfc_4226_is_reproduced() {
        // Appendix D.
        let secret = TotpSecret::new(*b"12345678901234567890");
        let codes = [
            "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583",
            "399871", "520489",
        ];
        for (counter, code) in (0..).zip(codes) {
            let found = TotpCode::of(&secret, TotpStep::new(counter), &LegacyHmacSha1);
            assert_eq!(found.to_string(), code);
        }
    }
}
