//! Users, roles, permissions and sessions as pure rules and ports.
//!
//! The crate decides who may do what; it never hashes, signs or stores by itself.
//! Those needs are ports, which adapters fill.
#![deny(clippy::float_arithmetic)]

mod crypto;
mod list;
mod organization;
mod permission;
mod ports;
mod role;
mod session;
mod setup;
mod user;

pub use crypto::{
    AccessClaims, Digest, HashError, PasswordHasher, TokenDigest, TokenError, TokenSigner,
};
pub use list::UserSort;
pub use organization::Organization;
pub use permission::{Permission, Permissions};
pub use ports::{
    IdentityView, OrganizationRepository, SessionRepository, SetupRepository, SignedIn,
    UserRepository,
};
pub use role::Role;
pub use session::{RefreshToken, Refreshed, Session};
pub use setup::{SetupToken, SetupTokenError};
pub use user::{PasswordHash, User, Username, UsernameError};
