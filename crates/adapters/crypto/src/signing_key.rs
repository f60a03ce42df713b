//! Ed25519 keys: making them, reading them, publishing their public half.

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use gaara_identity::PublicKey;
use gaara_kernel::Entropy;
use thiserror::Error;
use zeroize::Zeroizing;

use crate::digest::sha256;

/// The bytes are not a key of Ed25519.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not an Ed25519 key")]
pub struct KeyError;

/// A public half of 32 bytes with its name.
pub(crate) fn named(public_key: &[u8]) -> PublicKey {
    let x = URL_SAFE_NO_PAD.encode(public_key);
    // RFC 7638 §3: the required members only, in alphabetical order, without white space.
    let canonical = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#);
    let kid = URL_SAFE_NO_PAD.encode(sha256(canonical.as_bytes()));
    PublicKey { kid, x }
}

/// Makes a new private key, as PKCS#8.
///
/// # Errors
/// [`KeyError`] when the key cannot be built.
pub fn generate_pkcs8(entropy: &dyn Entropy) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    pkcs8_of(&Zeroizing::new(entropy.token_bytes()))
}

/// The private key of a seed (RFC 8032, section 5.1.5), as PKCS#8.
pub(crate) fn pkcs8_of(seed: &[u8; 32]) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    let pair = Ed25519KeyPair::from_seed_unchecked(seed).map_err(|_| KeyError)?;
    let document = pair.to_pkcs8v1().map_err(|_| KeyError)?;
    Ok(Zeroizing::new(document.as_ref().to_vec()))
}

/// The public half of a private key.
pub(crate) fn public_key(pkcs8: &[u8]) -> Result<Vec<u8>, KeyError> {
    let pair = Ed25519KeyPair::from_pkcs8(pkcs8).map_err(|_| KeyError)?;
    Ok(pair.public_key().as_ref().to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hands out the seed of RFC 8037, appendix A.1.
    struct Rfc8037;

    impl Entropy for Rfc8037 {
        fn fill(&self, bytes: &mut [u8]) {
            let seed =
                URL_SAFE_NO_PAD.decode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A").unwrap();
            bytes.copy_from_slice(&seed);
        }
    }

    #[test]
    fn a_key_and_its_name_are_those_of_rfc_8037() {
        let pkcs8 = generate_pkcs8(&Rfc8037).unwrap();

        let jwk = named(&public_key(&pkcs8).unwrap());

        assert_eq!(jwk.x, "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
        assert_eq!(jwk.kid, "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    }

    #[test]
    fn other_bytes_are_no_key() {
        let pkcs8 = generate_pkcs8(&Rfc8037).unwrap();
        for bytes in [&[][..], &[0; 32][..], &pkcs8[..20]] {
            assert_eq!(public_key(bytes), Err(KeyError));
        }
    }
}
