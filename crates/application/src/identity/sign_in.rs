//! Signing in.

use std::time::Duration;

use gaara_identity::{
    HashError, Origin, PasswordHash, Permission, RefreshToken, Revoked, Session, TokenDigest,
    TokenError, User,
};
use gaara_kernel::{StoreError, UserId, Version};
use thiserror::Error;

use crate::actor::Actor;
use crate::app::App;
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::{Refusal, failure};
use crate::identity::refresh::Rotation;
use crate::identity::revoke::revoke;
use crate::identity::second_factor::OpenChallengeError;
use crate::identity::signing_keys::ShowKeysError;
use crate::identity::tokens::{SignedTokens, permission_version};
use crate::identity::tries::TryError;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// The longest login worth looking up, in bytes: the longest e-mail address.
const LOGIN_BYTES_MAX: usize = 254;

/// What somebody who signs in sends.
#[derive(Clone)]
pub struct SignInRequest {
    /// A user name or an e-mail address.
    pub login: String,
    /// The password.
    pub password: String,
    /// Where the request came from, to count tries by.
    pub address: String,
    /// What the program that asks says about itself.
    pub user_agent: String,
}

/// Why signing in was refused. Unknown, disabled and wrong are one answer, on purpose.
#[derive(Debug, Error)]
pub enum SignInError {
    /// The login is unknown, the user is disabled, or the password is wrong.
    #[error("wrong login or password")]
    InvalidCredentials,
    /// The password is right, and the second factor is still to come.
    #[error("a second factor is needed")]
    SecondFactorNeeded {
        /// The challenge to answer.
        challenge: String,
    },
    /// Too many tries for this user from this address, or from this address for anybody.
    #[error("too many tries")]
    Throttled {
        /// When to try again.
        retry_after: Duration,
    },
    /// The password cannot be checked now.
    #[error(transparent)]
    Hash(#[from] HashError),
    /// The stored hash is none: somebody has tampered with it, or its pepper is gone. Who signs in
    /// is told that the password is wrong.
    #[error("the stored hash of {0} cannot be checked")]
    UnusableHash(UserId),
    /// The token cannot be signed.
    #[error(transparent)]
    Token(#[from] TokenError),
    /// The transaction was refused.
    #[error(transparent)]
    Refused(Refusal<OpenSessionError>),
    /// The challenge was refused.
    #[error(transparent)]
    Challenge(Refusal<OpenChallengeError>),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<ShowKeysError> for SignInError {
    fn from(error: ShowKeysError) -> Self {
        match error {
            ShowKeysError::Token(error) => Self::Token(error),
            ShowKeysError::Store(error) => Self::Store(error),
        }
    }
}

impl From<TryError> for SignInError {
    fn from(error: TryError) -> Self {
        match error {
            TryError::TooMany { retry_after } => Self::Throttled { retry_after },
            TryError::Store(error) => Self::Store(error),
        }
    }
}

impl App {
    /// Signs somebody in.
    ///
    /// # Errors
    /// Every variant of [`SignInError`].
    pub async fn sign_in(
        &self,
        actor: &Actor,
        request: &SignInRequest,
    ) -> Result<SignedTokens, SignInError> {
        self.sign_in_on(actor, request, None).await
    }

    /// Signs somebody in on a device that may be known from before.
    ///
    /// Tries are counted when they begin and taken back when they succeed, so that a guesser is
    /// slowed and an office behind one address is not.
    ///
    /// # Errors
    /// Every variant of [`SignInError`].
    pub async fn sign_in_on(
        &self,
        actor: &Actor,
        request: &SignInRequest,
        device: Option<&str>,
    ) -> Result<SignedTokens, SignInError> {
        let name = self.login_name(&request.login);
        let device = device.and_then(|text| self.known_device(&name, text));
        let tried = self.count_sign_in(&name, &request.address, device.as_ref()).await?;
        let known = self.find_login(&request.login).await?;
        let meant = known.as_ref().map(|user| user.id);
        let checked = self.check_password(known, &request.password).await;
        if let (Err(SignInError::InvalidCredentials), Some(user)) = (&checked, meant) {
            self.refused.note(actor, user);
        }
        let (user, rehashed) = checked?;

        let origin = Origin::of(&request.address, &request.user_agent);
        if user.second_factor_since.is_some() {
            // The name's tries stay counted: whoever knows the password could ask for challenges
            // for ever.
            self.take_back_all(tried.of_address).await;
            return Err(self.ask_second_factor(actor, user, name, origin).await);
        }
        let refresh = self.refresh_token();
        let refresh_digest = refresh.digest;
        let use_case = OpenSession { checked: user.into(), refresh_digest, origin, rehashed };
        let opened = self.execute(actor, &use_case).await.map_err(|refusal| match refusal {
            Refusal::Failed(OpenSessionError::Gone) => SignInError::InvalidCredentials,
            refusal => SignInError::Refused(refusal),
        })?;
        self.take_back_all(tried.of_address.into_iter().chain(tried.of_name)).await;
        let device = device.unwrap_or_else(|| self.new_device(&name)).text;
        Ok(SignedTokens { device: Some(device), ..self.signed_tokens(opened, refresh).await? })
    }

    /// Asks for the second factor of a user whose password was right.
    async fn ask_second_factor(
        &self,
        actor: &Actor,
        user: User,
        login: String,
        origin: Origin,
    ) -> SignInError {
        match self.open_challenge(actor, (user.into(), login), origin).await {
            Ok(challenge) => SignInError::SecondFactorNeeded { challenge },
            Err(Refusal::Failed(OpenChallengeError::Gone)) => SignInError::InvalidCredentials,
            Err(Refusal::Failed(OpenChallengeError::Store(error))) => SignInError::Store(error),
            Err(refusal) => SignInError::Challenge(refusal),
        }
    }

    pub(crate) async fn find_login(&self, login: &str) -> Result<Option<User>, StoreError> {
        let login = login.trim().to_lowercase();
        if login.len() > LOGIN_BYTES_MAX || login.contains(char::is_control) {
            return Ok(None);
        }
        let mut view = self.ports.store.view().await?;
        view.find_login(&login).await
    }

    /// Checks the password of a user, or a dummy one when there is no user: both take as long. One
    /// that was hashed in another way than today is hashed anew.
    async fn check_password(
        &self,
        known: Option<User>,
        password: &str,
    ) -> Result<(User, Option<Rehashed>), SignInError> {
        // No stored password is longer.
        let form = self.password_form(password).ok_or(SignInError::InvalidCredentials)?;
        let hash = known.as_ref().map(|user| &user.password_hash);
        let matches = match self.ports.hasher.verify(&form, hash).await {
            Err(HashError::Unusable) => {
                self.ports.hasher.verify(&form, None).await?;
                let user = known.ok_or(HashError::Unusable)?;
                return Err(SignInError::UnusableHash(user.id));
            }
            checked => checked?,
        };
        let user = known.filter(|user| matches && !user.disabled);
        let user = user.ok_or(SignInError::InvalidCredentials)?;
        let mut rehashed = None;
        if self.ports.hasher.is_outdated(&user.password_hash) {
            // Whoever has the right password signs in, though there is no time to hash it.
            let new = self.ports.hasher.hash(&form).await.ok();
            rehashed = new.map(|new| Rehashed { old: user.password_hash.clone(), new });
        }
        Ok((user, rehashed))
    }
}

/// Whose password was checked, and as what.
#[derive(Debug, Clone)]
pub(crate) struct Checked {
    pub(crate) id: UserId,
    version: Version,
    hash: PasswordHash,
}

impl From<User> for Checked {
    fn from(user: User) -> Self {
        Self { id: user.id, version: user.version, hash: user.password_hash }
    }
}

impl Checked {
    /// Whether the password that was checked is still the one of this user. Hashing it anew
    /// changes the hash alone.
    pub(crate) fn still_holds(&self, user: &User) -> bool {
        !user.disabled && (user.version == self.version || user.password_hash == self.hash)
    }
}

/// A password that was hashed anew.
#[derive(Debug, Clone)]
struct Rehashed {
    old: PasswordHash,
    new: PasswordHash,
}

/// Opens a session for somebody whose password was checked. Only [`App::sign_in`] can make one.
#[derive(Debug, Clone)]
pub struct OpenSession {
    checked: Checked,
    refresh_digest: TokenDigest,
    origin: Origin,
    rehashed: Option<Rehashed>,
}

/// Why a session was not opened.
#[derive(Debug, Error)]
pub enum OpenSessionError {
    /// The user was disabled meanwhile, has another password, or needs a second factor since.
    #[error("the user may not sign in")]
    Gone,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(OpenSessionError);

/// Opens a session of a user who is locked, and ends the oldest where there are too many.
pub(crate) async fn open_session(
    unit: &mut dyn UnitOfWork,
    context: &Context,
    user: User,
    refresh_digest: TokenDigest,
    origin: &Origin,
) -> Result<Rotation, StoreError> {
    let now = context.now();
    unit.sessions().forget_over(now.minus(Session::REMEMBERED)).await?;
    if unit.sessions().end_oldest(user.id, Session::LIVE_MAX - 1, now).await? > 0 {
        revoke(unit, context, Revoked::User(user.id)).await?;
    }
    let session = Session::open(context.new_id(), user.id, now);
    let token = RefreshToken::first(refresh_digest, &session, now);
    unit.sessions().add(&session, origin).await?;
    unit.sessions().add_token(&token).await?;
    let permissions = permission_version(unit, &user).await?;
    Ok(Rotation { user, permissions, session, token, at: now })
}

impl UseCase for OpenSession {
    type Output = Rotation;
    type Error = OpenSessionError;
    const PERMISSION: Permission = Permission::SignIn;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Self::Output, OpenSessionError> {
        let user = unit.users().lock(self.checked.id).await?;
        let alone =
            |user: &User| self.checked.still_holds(user) && user.second_factor_since.is_none();
        let mut user = user.filter(alone).ok_or(OpenSessionError::Gone)?;
        if let Some(Rehashed { old, new }) = &self.rehashed
            && user.password_hash == *old
        {
            // The password stays what it is, so this is no change that anybody sees.
            user.password_hash = new.clone();
            unit.users().save(&user).await?;
        }
        Ok(open_session(unit, context, user, self.refresh_digest, &self.origin).await?)
    }

    fn audit(&self, opened: &Rotation) -> AuditEntry {
        AuditEntry::new("session.opened", opened.session.id).with("user", &opened.user.id)
    }
}
