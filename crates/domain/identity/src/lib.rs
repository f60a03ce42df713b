//! Users, roles, permissions and sessions as pure rules and ports.
//!
//! The crate decides who may do what; it never hashes, signs or stores by itself.
//! Those needs are ports, which adapters fill.
#![deny(clippy::float_arithmetic)]

mod assignable_role;
mod crypto;
mod list;
mod organization;
mod origin;
mod permission;
mod ports;
mod role;
mod session;
mod setup;
mod user;

pub use assignable_role::{AssignableRole, NotGrantable, RoleCode, RoleCodeError};
pub use crypto::{
    AccessClaims, Digest, HashError, KeyedDigest, PasswordHasher, TextForm, TokenDigest,
    TokenError, TokenSigner,
};
pub use list::{RoleSort, UserSort};
pub use organization::Organization;
pub use origin::Origin;
pub use permission::{Permission, Permissions};
pub use ports::{
    IdentityView, OrganizationRepository, RoleRepository, SessionRepository, SetupRepository,
    SignedIn, UserRepository,
};
pub use role::Role;
pub use session::{LiveSession, RefreshToken, Refreshed, Session};
pub use setup::{SetupToken, SetupTokenError};
pub use user::{PasswordHash, PastPassword, User, Username, UsernameError};
