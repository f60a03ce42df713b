//! Signing in.

use std::time::Duration;

use gaara_identity::{
    HashError, Origin, Permission, RefreshToken, Session, TokenDigest, TokenError, User,
};
use gaara_kernel::{StoreError, UserId};
use gaara_security_policy::ThrottleRule;
use thiserror::Error;

use crate::actor::Actor;
use crate::app::App;
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::{Refusal, failure};
use crate::identity::second_factor::OpenChallengeError;
use crate::identity::tokens::{SignedTokens, hex};
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
    /// A try is counted when it begins and taken back when it succeeds, so that a guesser is
    /// slowed and an office behind one address is not.
    ///
    /// # Errors
    /// Every variant of [`SignInError`].
    pub async fn sign_in(
        &self,
        actor: &Actor,
        request: &SignInRequest,
    ) -> Result<SignedTokens, SignInError> {
        let from = self.count_address(&request.address).await?;
        let known = self.find_login(&request.login).await?;
        let name = known.as_ref().map_or_else(
            || self.hex_digest(&request.login.trim().to_lowercase()),
            |user| user.id.to_string(),
        );
        let key = format!("sign_in:{name}:{}", request.address);
        let tried = self.count_try(key, ThrottleRule::SIGN_IN).await?;
        let user = self.check_password(known, &request.password).await?;

        let origin = Origin::of(&request.address, &request.user_agent);
        if user.second_factor_since.is_some() {
            // The try stays counted: whoever knows the password could ask for challenges for ever.
            self.take_back(from).await;
            return Err(self.ask_second_factor(actor, &user, origin).await);
        }
        let refresh = self.refresh_token();
        let refresh_digest = refresh.digest;
        let use_case = OpenSession { user_id: user.id, refresh_digest, origin };
        let (session, token) =
            self.execute(actor, &use_case).await.map_err(|refusal| match refusal {
                Refusal::Failed(OpenSessionError::Gone) => SignInError::InvalidCredentials,
                refusal => SignInError::Refused(refusal),
            })?;
        self.take_back(tried).await;
        self.take_back(from).await;
        Ok(self.signed_tokens(user, &session, refresh, &token, session.created_at)?)
    }

    /// Asks for the second factor of a user whose password was right.
    async fn ask_second_factor(&self, actor: &Actor, user: &User, origin: Origin) -> SignInError {
        match self.open_challenge(actor, user.id, origin).await {
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

    /// Checks the password of a user, or a dummy one when there is no user: both take as long.
    async fn check_password(
        &self,
        known: Option<User>,
        password: &str,
    ) -> Result<User, SignInError> {
        // No stored password is longer.
        let form = self.password_form(password).ok_or(SignInError::InvalidCredentials)?;
        let hash = known.as_ref().map(|user| &user.password_hash);
        let matches = self.ports.hasher.verify(&form, hash).await?;
        known.filter(|user| matches && !user.disabled).ok_or(SignInError::InvalidCredentials)
    }

    /// A short name for a login that tells nothing about it.
    fn hex_digest(&self, login: &str) -> String {
        hex(self.ports.digest.digest(login.as_bytes()).as_bytes())
    }
}

/// Opens a session for somebody whose password was checked. Only [`App::sign_in`] can make one.
#[derive(Debug, Clone)]
pub struct OpenSession {
    user_id: UserId,
    refresh_digest: TokenDigest,
    origin: Origin,
}

/// Why a session was not opened.
#[derive(Debug, Error)]
pub enum OpenSessionError {
    /// The user was disabled meanwhile, or needs a second factor since.
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
    user: UserId,
    refresh_digest: TokenDigest,
    origin: &Origin,
) -> Result<(Session, RefreshToken), StoreError> {
    let now = context.now();
    unit.sessions().forget_over(user, now.minus(Session::REMEMBERED)).await?;
    unit.sessions().end_oldest(user, Session::LIVE_MAX - 1, now).await?;
    let session = Session::open(context.new_id(), user, now);
    let token = RefreshToken::first(refresh_digest, &session, now);
    unit.sessions().add(&session, origin).await?;
    unit.sessions().add_token(&token).await?;
    Ok((session, token))
}

impl UseCase for OpenSession {
    type Output = (Session, RefreshToken);
    type Error = OpenSessionError;
    const PERMISSION: Permission = Permission::SignIn;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Self::Output, OpenSessionError> {
        let user = unit.users().lock(self.user_id).await?;
        let alone = |user: &User| !user.disabled && user.second_factor_since.is_none();
        let user = user.filter(alone).ok_or(OpenSessionError::Gone)?;
        Ok(open_session(unit, context, user.id, self.refresh_digest, &self.origin).await?)
    }

    fn audit(&self, (session, _): &Self::Output) -> AuditEntry {
        AuditEntry::new("session.opened", session.id).with("user", &session.user_id)
    }
}
