//! Setting up, signing in, and the people who do.

mod authenticate;
mod change_organization;
mod create_user;
mod password;
mod queries;
mod refresh;
mod set_up;
mod sign_in;
mod sign_out;
mod tokens;
mod tries;

pub use authenticate::AuthenticateError;
pub use change_organization::{ChangeOrganization, ChangeOrganizationError};
pub use create_user::{AddUser, CreateUser, CreateUserError, CreateUserFailure};
pub use queries::{FindMe, FindUser, GetOrganization, ListUsers};
pub use refresh::{RefreshError, RefreshOutcome, RefreshSession, RefreshSessionError, Rotation};
pub use set_up::{
    NewOrganization, NewSetupToken, SetUp, SetUpError, SetUpFailure, SetUpOutcome, SetUpRequest,
};
pub use sign_in::{OpenSession, OpenSessionError, SignInError, SignInRequest};
pub use sign_out::{SignOut, SignOutError};
pub use tokens::SignedTokens;
