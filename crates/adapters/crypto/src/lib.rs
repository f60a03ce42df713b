//! Argon2id, signed tokens, digests, and the machine's clock and randomness.
