//! Argon2id, signed tokens, digests, and the machine's clock and randomness.
//!
//! The ports are those of [`gaara_identity`] and [`gaara_kernel`]; this crate fills them with
//! aws-lc-rs, argon2 and jsonwebtoken, and is the only one that reads the machine's clock.

mod access_token;
mod clock;
mod digest;
mod entropy;
mod hashed_stream;
mod hmac_sha1;
mod keyed_digest;
mod password;
mod seal_signer;
mod sealed_stream;
mod sealing;
mod signing_key;
mod text_form;

pub use access_token::Ed25519Signer;
pub use clock::SystemClock;
pub use digest::Sha256Digest;
pub use entropy::SystemEntropy;
pub use hashed_stream::Hashed;
pub use hmac_sha1::LegacyHmacSha1;
pub use keyed_digest::HmacSha256;
pub use password::{Argon2Hasher, HashLimits};
pub use seal_signer::Ed25519SealSigner;
pub use sealed_stream::{open_stream, seal_stream};
pub use sealing::Aes256Gcm;
pub use signing_key::{KeyError, generate_pkcs8};
pub use text_form::UnicodeForm;
