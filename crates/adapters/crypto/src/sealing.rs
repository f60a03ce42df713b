//! Secrets at rest, under one key and for one place each.

use std::fmt;

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use gaara_identity::{SealError, Sealing};

/// The form of what is sealed, so that another can follow.
const FORM: u8 = 1;

/// Seals by AES-256-GCM (NIST SP 800-38D) with a random nonce; the place is authenticated with the
/// secret, so that a row that is copied over another one does not open there.
pub struct Aes256Gcm(RandomizedNonceKey);

impl fmt::Debug for Aes256Gcm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Aes256Gcm").finish_non_exhaustive()
    }
}

impl Aes256Gcm {
    /// Seals under a key of 32 random bytes.
    ///
    /// # Errors
    /// [`SealError`] for a key of any other length.
    pub fn new(key: &[u8]) -> Result<Self, SealError> {
        RandomizedNonceKey::new(&AES_256_GCM, key).map(Self).map_err(|_| SealError)
    }
}

impl Sealing for Aes256Gcm {
    fn seal(&self, place: &str, secret: &[u8]) -> Result<Vec<u8>, SealError> {
        let mut sealed = secret.to_vec();
        let nonce = self
            .0
            .seal_in_place_append_tag(Aad::from(place.as_bytes()), &mut sealed)
            .map_err(|_| SealError)?;
        Ok([&[FORM][..], nonce.as_ref(), &sealed].concat())
    }

    fn open(&self, place: &str, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        let (form, rest) = sealed.split_first().ok_or(SealError)?;
        let (nonce, sealed) = rest.split_at_checked(NONCE_LEN).ok_or(SealError)?;
        if *form != FORM {
            return Err(SealError);
        }
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| SealError)?;
        let mut opened = sealed.to_vec();
        let secret = self
            .0
            .open_in_place(nonce, Aad::from(place.as_bytes()), &mut opened)
            .map_err(|_| SealError)?;
        Ok(secret.to_vec())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_in_its_place_and_nowhere_else() {
        let sealing = Aes256Gcm::new(&[7; 32]).unwrap();
        let sealed = sealing.seal("second_factors.secret:usr_1", b"secret").unwrap();

        assert_eq!(sealing.open("second_factors.secret:usr_1", &sealed), Ok(b"secret".to_vec()));
        assert_eq!(sealing.open("second_factors.secret:usr_2", &sealed), Err(SealError));
        let other = Aes256Gcm::new(&[8; 32]).unwrap();
        assert_eq!(other.open("second_factors.secret:usr_1", &sealed), Err(SealError));
    }

    #[test]
    fn no_bit_of_it_can_be_changed() {
        let sealing = Aes256Gcm::new(&[7; 32]).unwrap();
        let sealed = sealing.seal("place", b"secret").unwrap();
        for index in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[index] ^= 1;
            assert_eq!(sealing.open("place", &changed), Err(SealError), "byte {index}");
        }
        for length in 0..sealed.len() {
            assert_eq!(sealing.open("place", &sealed[..length]), Err(SealError));
        }
    }

    #[test]
    fn a_secret_is_never_sealed_alike_twice() {
        let sealing = Aes256Gcm::new(&[7; 32]).unwrap();
        assert_ne!(sealing.seal("place", b"secret"), sealing.seal("place", b"secret"));
        assert!(Aes256Gcm::new(&[7; 16]).is_err());
    }
}
