//! What identity needs from a store.

use async_trait::async_trait;
use gaara_kernel::{Page, PageRequest, RoleId, SessionId, StoreError, Timestamp, UserId};

use crate::assignable_role::{AssignableRole, RoleCode};
use crate::crypto::{PermissionVersion, TokenDigest};
use crate::list::{RoleSort, UserSort};
use crate::organization::Organization;
use crate::origin::Origin;
use crate::permission::Permissions;
use crate::revocation::Revocation;
use crate::session::{LiveSession, RefreshToken, Session};
use crate::setup::SetupToken;
use crate::signing_key::{KeySchedule, SigningKey};
use crate::user::{PasswordHash, PastPassword, User};

/// Keeps the organisation.
#[async_trait]
pub trait OrganizationRepository: Send {
    /// The organisation, once it is set up.
    async fn find(&mut self) -> Result<Option<Organization>, StoreError>;

    /// The organisation, kept from being changed until the unit ends; many may hold it at once.
    async fn hold(&mut self) -> Result<Option<Organization>, StoreError>;

    /// The organisation, kept from every other writer and holder until the unit ends.
    async fn lock(&mut self) -> Result<Option<Organization>, StoreError>;

    /// Saves the organisation, which was locked before.
    async fn save(&mut self, organization: &Organization) -> Result<(), StoreError>;

    /// Adds the one organisation.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] with `organization` when there is one.
    async fn add(&mut self, organization: &Organization) -> Result<(), StoreError>;
}

/// Keeps the setup token: one at most.
#[async_trait]
pub trait SetupRepository: Send {
    /// The token that was printed last, kept from every other writer until the unit ends.
    async fn lock(&mut self) -> Result<Option<SetupToken>, StoreError>;

    /// Puts a token in place of any before.
    async fn save(&mut self, token: &SetupToken) -> Result<(), StoreError>;

    /// Takes the token away.
    async fn remove(&mut self) -> Result<(), StoreError>;
}

/// Keeps the roles that users may be given; a fresh store has the built-in ones.
#[async_trait]
pub trait RoleRepository: Send {
    /// Adds a role.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] with `role.code`.
    async fn add(&mut self, role: &AssignableRole) -> Result<(), StoreError>;

    /// A role, kept from being changed or removed until the unit ends; many may hold it at once.
    async fn hold(&mut self, code: &RoleCode) -> Result<Option<AssignableRole>, StoreError>;

    /// A role, kept from every other writer and holder until the unit ends.
    async fn lock(&mut self, id: RoleId) -> Result<Option<AssignableRole>, StoreError>;

    /// Saves name and permissions of a role, which was locked before.
    async fn save(&mut self, role: &AssignableRole) -> Result<(), StoreError>;

    /// Takes a role away, which was locked before and which no user has.
    async fn remove(&mut self, role: &AssignableRole) -> Result<(), StoreError>;

    /// Whether any user has this role.
    async fn is_used(&mut self, code: &RoleCode) -> Result<bool, StoreError>;
}

/// Keeps users.
#[async_trait]
pub trait UserRepository: Send {
    /// Adds a user, whose role is held.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] with `user.username` or `user.email`.
    async fn add(&mut self, user: &User) -> Result<(), StoreError>;

    /// A user by id.
    async fn find(&mut self, id: UserId) -> Result<Option<User>, StoreError>;

    /// The administrators who can sign in: neither disabled nor invited and without a password yet. All of them are kept from every other writer until the unit
    /// ends. Locked before any one user is.
    async fn lock_admins(&mut self) -> Result<Vec<UserId>, StoreError>;

    /// A user, kept from every other writer until the unit ends.
    async fn lock(&mut self, id: UserId) -> Result<Option<User>, StoreError>;

    /// Saves a user, who was locked before.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] with `user.username` or `user.email`.
    async fn save(&mut self, user: &User) -> Result<(), StoreError>;

    /// Adds a password that a user had, and forgets all but so many of the last.
    async fn add_past_password(
        &mut self,
        past: &PastPassword,
        kept: usize,
    ) -> Result<(), StoreError>;
}

/// Keeps sessions and refresh tokens.
#[async_trait]
pub trait SessionRepository: Send {
    /// Adds a session.
    async fn add(&mut self, session: &Session, origin: &Origin) -> Result<(), StoreError>;

    /// A session, kept from every other writer until the unit ends.
    async fn lock(&mut self, id: SessionId) -> Result<Option<Session>, StoreError>;

    /// Saves the end of a session, and when it was last used.
    async fn save(&mut self, session: &Session) -> Result<(), StoreError>;

    /// Ends every session of a user but one, as [`Session::end`] does; answers how many.
    async fn end_all(
        &mut self,
        user: UserId,
        but: Option<SessionId>,
        now: Timestamp,
    ) -> Result<u64, StoreError>;

    /// Ends the live sessions of a user but so many of the latest; answers how many.
    async fn end_oldest(
        &mut self,
        user: UserId,
        kept: usize,
        now: Timestamp,
    ) -> Result<u64, StoreError>;

    /// Forgets some of the sessions that were over before an instant, with their refresh tokens:
    /// more than one at a time is added, so they never pile up.
    async fn forget_over(&mut self, before: Timestamp) -> Result<(), StoreError>;

    /// Forgets some of the refresh tokens that stopped working before an instant.
    async fn forget_tokens(&mut self, before: Timestamp) -> Result<(), StoreError>;

    /// Adds a refresh token.
    async fn add_token(&mut self, token: &RefreshToken) -> Result<(), StoreError>;

    /// A refresh token, kept from every other writer until the unit ends.
    async fn lock_token(
        &mut self,
        digest: &TokenDigest,
    ) -> Result<Option<RefreshToken>, StoreError>;

    /// Saves that a refresh token was traded, in one statement that finds it untraded.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when somebody traded it meanwhile.
    async fn save_token(&mut self, token: &RefreshToken) -> Result<(), StoreError>;
}

/// Keeps the list of what was revoked, for as long as an access token could depend on it.
#[async_trait]
pub trait RevocationRepository: Send {
    /// Enters something, or enters it once more, and forgets some of what no token depends on.
    async fn add(&mut self, revocation: &Revocation) -> Result<(), StoreError>;
}

/// Keeps what is known of the keys that sign access tokens; a fresh store has the first one.
#[async_trait]
pub trait SigningKeyRepository: Send {
    /// All keys, kept from every other writer until the unit ends.
    async fn lock(&mut self) -> Result<KeySchedule, StoreError>;

    /// Adds a key.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] with `signing_key.number`.
    async fn add(&mut self, key: &SigningKey) -> Result<(), StoreError>;
}

/// A live look at who a session belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// The session.
    pub session: Session,
    /// Its user.
    pub user: User,
    /// What the user may do at this moment.
    pub permissions: Permissions,
    /// The versions that decide so.
    pub version: PermissionVersion,
}

/// Reads identity without waiting for writers.
#[async_trait]
pub trait IdentityView: Send {
    /// The organisation, once it is set up.
    async fn find_organization(&mut self) -> Result<Option<Organization>, StoreError>;

    /// The setup token that was printed last.
    async fn find_setup_token(&mut self) -> Result<Option<SetupToken>, StoreError>;

    /// A user by user name or e-mail address, in small letters.
    async fn find_login(&mut self, login: &str) -> Result<Option<User>, StoreError>;

    /// A session and its user.
    async fn find_signed_in(&mut self, id: SessionId) -> Result<Option<SignedIn>, StoreError>;

    /// What was revoked from an instant on.
    async fn list_revocations(&mut self, since: Timestamp) -> Result<Vec<Revocation>, StoreError>;

    /// All keys that sign access tokens.
    async fn find_key_schedule(&mut self) -> Result<KeySchedule, StoreError>;

    /// A user by id.
    async fn find_user(&mut self, id: UserId) -> Result<Option<User>, StoreError>;

    /// The sessions of a user that may still be used, the latest first.
    async fn list_sessions(
        &mut self,
        user: UserId,
        now: Timestamp,
    ) -> Result<Vec<LiveSession>, StoreError>;

    /// The last passwords that a user had before the present one, the latest first.
    async fn list_past_passwords(
        &mut self,
        user: UserId,
        count: usize,
    ) -> Result<Vec<PasswordHash>, StoreError>;

    /// A role by id.
    async fn find_role(&mut self, id: RoleId) -> Result<Option<AssignableRole>, StoreError>;

    /// Roles, sorted.
    async fn list_roles(
        &mut self,
        page: &PageRequest<RoleSort>,
    ) -> Result<Page<AssignableRole>, StoreError>;

    /// Users, sorted.
    async fn list_users(&mut self, page: &PageRequest<UserSort>) -> Result<Page<User>, StoreError>;
}
