//! Inviting people: a user without a password that anybody knows, and a link to choose one.

use gaara_identity::{
    AccountLink, HashError, LinkPurpose, LinkSeed, Permission, RoleCode, TokenDigest, User,
    Username,
};
use gaara_kernel::{EmailAddress, Language, StoreError, UserId};
use thiserror::Error;

use crate::actor::Actor;
use crate::app::App;
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::failure;
use crate::identity::create_user::{CreateUser, CreateUserError};
use crate::identity::grant::{GrantError, hold_role};
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Somebody who is to be invited.
#[derive(Debug, Clone)]
pub struct NewInvitation {
    /// The id a client chose.
    pub id: Option<UserId>,
    /// The e-mail address, where the invitation goes.
    pub email: EmailAddress,
    /// The user name.
    pub username: Username,
    /// The role.
    pub role: RoleCode,
    /// The language of messages.
    pub language: Language,
}

/// Why somebody cannot be invited, before the transaction.
#[derive(Debug, Clone, Copy, Error)]
pub enum InviteUserFailure {
    /// Nobody carries mail.
    #[error("there is no mail")]
    NoMail,
    /// The actor may not add users.
    #[error("{} is not allowed", .0.code())]
    Forbidden(Permission),
    /// No password can be hashed now.
    #[error(transparent)]
    Hash(#[from] HashError),
}

impl App {
    /// Turns an invitation into the use case that sends it, for those who may add users only.
    ///
    /// # Errors
    /// Every variant of [`InviteUserFailure`].
    pub async fn prepare_invitation(
        &self,
        actor: &Actor,
        new: NewInvitation,
    ) -> Result<InviteUser, InviteUserFailure> {
        if !actor.permissions().allow(InviteUser::PERMISSION) {
            return Err(InviteUserFailure::Forbidden(InviteUser::PERMISSION));
        }
        if !self.has_mail() {
            return Err(InviteUserFailure::NoMail);
        }
        let NewInvitation { id, email, username, role, language } = new;
        // Nobody knows this password, and signing in with any other takes as long as ever.
        let nobodys = self.secret_token("").text;
        let password_hash = self.ports.hasher.hash(&nobodys).await?;
        let create = CreateUser { id, email, username, password_hash, role, language };
        Ok(InviteUser { create, secret: self.new_link() })
    }

    /// Makes the use case that sends an invitation again.
    ///
    /// # Errors
    /// [`InviteUserFailure::NoMail`].
    pub fn prepare_another_invitation(
        &self,
        user: UserId,
    ) -> Result<SendInvitation, InviteUserFailure> {
        if !self.has_mail() {
            return Err(InviteUserFailure::NoMail);
        }
        Ok(SendInvitation { user, secret: self.new_link() })
    }
}

/// Adds a user and invites that user to choose a password. Only [`App::prepare_invitation`] can
/// make one.
#[derive(Debug, Clone)]
pub struct InviteUser {
    create: CreateUser,
    secret: (LinkSeed, TokenDigest),
}

/// Invites a user again; the link before stops working.
#[derive(Debug, Clone)]
pub struct SendInvitation {
    user: UserId,
    secret: (LinkSeed, TokenDigest),
}

/// Why nobody was invited.
#[derive(Debug, Error)]
pub enum InviteUserError {
    /// There is no such user.
    #[error("no such user")]
    NotFound,
    /// There is no such role.
    #[error("no such role")]
    UnknownRole,
    /// The role allows something that the actor may not do.
    #[error("{} is beyond the actor", .0.code())]
    BeyondOwn(Permission),
    /// The user may not sign in.
    #[error("the user is disabled")]
    Disabled,
    /// The user has chosen a password.
    #[error("the user has a password")]
    HasPassword,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(InviteUserError);

impl From<CreateUserError> for InviteUserError {
    fn from(error: CreateUserError) -> Self {
        match error {
            CreateUserError::UnknownRole => Self::UnknownRole,
            CreateUserError::BeyondOwn(permission) => Self::BeyondOwn(permission),
            CreateUserError::Store(error) => Self::Store(error),
        }
    }
}

impl From<GrantError> for InviteUserError {
    fn from(error: GrantError) -> Self {
        match error {
            GrantError::UnknownRole => Self::UnknownRole,
            GrantError::BeyondOwn(permission) => Self::BeyondOwn(permission),
            GrantError::Store(error) => Self::Store(error),
        }
    }
}

async fn put_link(
    unit: &mut dyn UnitOfWork,
    context: &Context,
    user: UserId,
    secret: (LinkSeed, TokenDigest),
) -> Result<(), StoreError> {
    let link = AccountLink::new(user, LinkPurpose::Invitation, secret, context.now());
    unit.links().put(&link).await?;
    unit.outbox().add(&Event::new("user.invited", user, context)).await
}

impl UseCase for InviteUser {
    type Output = User;
    type Error = InviteUserError;
    const PERMISSION: Permission = Permission::EditUsers;
    const NEEDS_PROOF: bool = true;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<User, InviteUserError> {
        let user = self.create.run(unit, context).await?;
        put_link(unit, context, user.id, self.secret).await?;
        Ok(user)
    }

    fn audit(&self, user: &User) -> AuditEntry {
        AuditEntry::new("user.invited", user.id)
            .with("username", &user.username.as_str())
            .with("role", &user.role.as_str())
    }
}

impl UseCase for SendInvitation {
    type Output = User;
    type Error = InviteUserError;
    const PERMISSION: Permission = Permission::EditUsers;
    const NEEDS_PROOF: bool = true;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<User, InviteUserError> {
        let user = unit.users().lock(self.user).await?.ok_or(InviteUserError::NotFound)?;
        hold_role(unit, context, &user.role).await?;
        if user.disabled {
            return Err(InviteUserError::Disabled);
        }
        let link = unit.links().lock(user.id).await?;
        if link.is_none_or(|link| link.purpose != LinkPurpose::Invitation) {
            return Err(InviteUserError::HasPassword);
        }
        put_link(unit, context, user.id, self.secret).await?;
        Ok(user)
    }

    fn audit(&self, user: &User) -> AuditEntry {
        AuditEntry::new("user.invited", user.id)
    }
}
