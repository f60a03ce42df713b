//! What second factors need from a store.

use async_trait::async_trait;
use gaara_kernel::{StoreError, Timestamp, UserId};

use crate::assignable_role::RoleCode;
use crate::challenge::Challenge;
use crate::crypto::TokenDigest;
use crate::second_factor::SecondFactor;

/// Keeps second factors, recovery codes, the challenges between password and code, and the roles
/// that need a second factor. Whoever writes has locked the user first.
#[async_trait]
pub trait SecondFactorRepository: Send {
    /// The second factor of a user, kept from every other writer until the unit ends.
    async fn lock(&mut self, user: UserId) -> Result<Option<SecondFactor>, StoreError>;

    /// Puts a second factor in the place of the one the user had, if any.
    async fn save(&mut self, factor: &SecondFactor) -> Result<(), StoreError>;

    /// Takes the second factor of a user away, with the recovery codes; answers whether there was
    /// one.
    async fn remove(&mut self, user: UserId) -> Result<bool, StoreError>;

    /// Puts these recovery codes in the place of all that the user had. The user has a factor.
    async fn put_recovery_codes(
        &mut self,
        user: UserId,
        codes: &[TokenDigest],
    ) -> Result<(), StoreError>;

    /// Uses a recovery code; `false` when the user has no such code, or used it before.
    async fn spend_recovery_code(
        &mut self,
        user: UserId,
        code: &TokenDigest,
        now: Timestamp,
    ) -> Result<bool, StoreError>;

    /// Adds a challenge, and forgets those of the user that are over.
    async fn add_challenge(
        &mut self,
        challenge: &Challenge,
        now: Timestamp,
    ) -> Result<(), StoreError>;

    /// A challenge, kept from every other writer until the unit ends.
    async fn lock_challenge(
        &mut self,
        digest: &TokenDigest,
    ) -> Result<Option<Challenge>, StoreError>;

    /// Saves how many tries a challenge has left.
    async fn save_challenge(&mut self, challenge: &Challenge) -> Result<(), StoreError>;

    /// Takes every challenge of a user away.
    async fn remove_challenges(&mut self, user: UserId) -> Result<(), StoreError>;

    /// Puts these roles in the place of all that need a second factor. Each of them is held.
    async fn put_roles(&mut self, roles: &[RoleCode]) -> Result<(), StoreError>;
}

/// Reads second factors without waiting for writers.
#[async_trait]
pub trait SecondFactorView: Send {
    /// The second factor of a user.
    async fn find_second_factor(
        &mut self,
        user: UserId,
    ) -> Result<Option<SecondFactor>, StoreError>;

    /// How many recovery codes of a user were not used.
    async fn count_recovery_codes(&mut self, user: UserId) -> Result<u64, StoreError>;

    /// A challenge by the digest of its name.
    async fn find_challenge(
        &mut self,
        digest: &TokenDigest,
    ) -> Result<Option<Challenge>, StoreError>;

    /// Whether a role needs a second factor.
    async fn needs_second_factor(&mut self, role: &RoleCode) -> Result<bool, StoreError>;

    /// The roles that need a second factor, sorted.
    async fn list_second_factor_roles(&mut self) -> Result<Vec<RoleCode>, StoreError>;
}
