//! Adding users.

use gaara_identity::{HashError, PasswordHash, Permission, RoleCode, User, Username};
use gaara_kernel::{EmailAddress, Language, StoreError, UserId, Version};
use gaara_security_policy::PasswordFault;
use thiserror::Error;

use crate::actor::Actor;
use crate::app::App;
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::failure;
use crate::identity::grant::{GrantError, hold_role};
use crate::identity::password::{OwnNames, password_failure};
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// A user as it is asked for, with the password in the clear.
#[derive(Clone)]
pub struct AddUser {
    /// The id a client chose.
    pub id: Option<UserId>,
    /// The e-mail address.
    pub email: EmailAddress,
    /// The user name.
    pub username: Username,
    /// The password.
    pub password: String,
    /// The role.
    pub role: RoleCode,
    /// The language of messages.
    pub language: Language,
}

/// Why a user cannot be added, before the transaction.
#[derive(Debug, Error)]
pub enum CreateUserFailure {
    /// The password breaks the policy.
    #[error("the password breaks the policy")]
    Password(Vec<PasswordFault>),
    /// The password cannot be hashed now.
    #[error(transparent)]
    Hash(HashError),
    /// The actor may not add users.
    #[error("{} is not allowed", .0.code())]
    Forbidden(Permission),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

password_failure!(CreateUserFailure);

impl App {
    /// Turns a request for a user into the use case that adds it: checks the policy and hashes
    /// the password, for those who may add users only.
    ///
    /// # Errors
    /// Every variant of [`CreateUserFailure`].
    pub async fn prepare_user(
        &self,
        actor: &Actor,
        request: AddUser,
    ) -> Result<CreateUser, CreateUserFailure> {
        if !actor.permissions().allow(CreateUser::PERMISSION) {
            return Err(CreateUserFailure::Forbidden(CreateUser::PERMISSION));
        }
        let AddUser { id, email, username, password, role, language } = request;
        let company = self.company_name().await?;
        let names = OwnNames { username: &username, email: &email, company: company.as_ref() };
        let password_hash = self.hash_new_password(&password, &names).await?;
        Ok(CreateUser { id, email, username, password_hash, role, language })
    }
}

/// Adds a user whose password was hashed.
#[derive(Debug, Clone)]
pub struct CreateUser {
    /// The id a client chose.
    pub id: Option<UserId>,
    /// The e-mail address.
    pub email: EmailAddress,
    /// The user name.
    pub username: Username,
    /// The password, hashed.
    pub password_hash: PasswordHash,
    /// The role.
    pub role: RoleCode,
    /// The language of messages.
    pub language: Language,
}

/// Why a user was not added.
#[derive(Debug, Error)]
pub enum CreateUserError {
    /// There is no such role.
    #[error("no such role")]
    UnknownRole,
    /// The role allows something that the actor may not do.
    #[error("{} is beyond the actor", .0.code())]
    BeyondOwn(Permission),
    /// The store failed; [`StoreError::Duplicate`] names a taken name or address.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(CreateUserError);

impl From<GrantError> for CreateUserError {
    fn from(error: GrantError) -> Self {
        match error {
            GrantError::UnknownRole => Self::UnknownRole,
            GrantError::BeyondOwn(permission) => Self::BeyondOwn(permission),
            GrantError::Store(error) => Self::Store(error),
        }
    }
}

impl UseCase for CreateUser {
    type Output = User;
    type Error = CreateUserError;
    const PERMISSION: Permission = Permission::EditUsers;
    const NEEDS_PROOF: bool = true;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<User, CreateUserError> {
        hold_role(unit, context, &self.role).await?;
        let user = User {
            id: context.id_or_new(self.id),
            email: self.email.clone(),
            username: self.username.clone(),
            password_hash: self.password_hash.clone(),
            role: self.role.clone(),
            language: self.language,
            second_factor_since: None,
            disabled: false,
            created_at: context.now(),
            version: Version::FIRST,
        };
        unit.users().add(&user).await?;
        Ok(user)
    }

    fn audit(&self, output: &User) -> AuditEntry {
        AuditEntry::new("user.created", output.id)
            .with("username", &output.username.as_str())
            .with("role", &output.role.as_str())
    }
}
