//! Users, roles, permissions and sessions as pure rules and ports.
//!
//! The crate decides who may do what; it never hashes, signs or stores by itself.
//! Those needs are ports, which adapters fill.
#![deny(clippy::float_arithmetic)]

mod account_link;
mod api_key;
mod assignable_role;
mod challenge;
mod crypto;
mod list;
mod organization;
mod origin;
mod passkey;
mod permission;
mod ports;
mod recovery_code;
mod revocation;
mod role;
mod second_factor;
mod second_factor_ports;
mod session;
mod setup;
mod signing_key;
mod totp;
mod user;

pub use account_link::{AccountLink, LinkPurpose, LinkRepository, LinkSeed, LinkView};
pub use api_key::{ApiKey, ApiKeyRepository, ApiKeyView, KeyHolder};
pub use assignable_role::{AssignableRole, NotGrantable, RoleCode, RoleCodeError};
pub use challenge::Challenge;
pub use crypto::{
    AccessClaims, Digest, HashError, KeyedDigest, PasswordHasher, PermissionVersion, PublicKey,
    TextForm, TokenDigest, TokenError, TokenId, TokenSigner,
};
pub use list::{ApiKeySort, RoleSort, UserSort};
pub use organization::Organization;
pub use origin::Origin;
pub use passkey::{
    Assertion, Ceremony, CeremonyPurpose, NewCredential, Passkey, PasskeyError, PasskeyQuestion,
    PasskeyRepository, PasskeyVerifier, PasskeyView,
};
pub use permission::{Permission, Permissions};
pub use ports::{
    IdentityView, OrganizationRepository, RevocationRepository, RoleRepository, SessionRepository,
    SetupRepository, SignedIn, SigningKeyRepository, UserRepository,
};
pub use recovery_code::{RecoveryCode, SecondFactorCode};
pub use revocation::{Revocation, Revoked};
pub use role::Role;
pub use second_factor::{SealError, SealedSecret, Sealing, SecondFactor};
pub use second_factor_ports::{SecondFactorRepository, SecondFactorView};
pub use session::{LiveSession, RefreshToken, Refreshed, Session};
pub use setup::{SetupToken, SetupTokenError};
pub use signing_key::{KeyNumber, KeySchedule, KeyState, SigningKey};
pub use totp::{HmacSha1, TotpCode, TotpSecret, TotpStep};
pub use user::{PasswordHash, PastPassword, User, Username, UsernameError};
