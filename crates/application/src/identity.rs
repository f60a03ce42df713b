//! Setting up, signing in, and the people who do.

mod api_keys;
mod authenticate;
mod change_me;
mod change_organization;
mod change_password;
mod change_user;
mod create_user;
mod csrf;
mod device;
mod disable_user;
mod end_sessions;
mod examine;
mod grant;
mod links;
mod list_sessions;
mod looks;
mod password;
mod queries;
mod recover;
mod refresh;
mod refused;
mod revoke;
mod roles;
mod second_factor;
mod set_up;
mod sign_in;
mod sign_out;
mod signing_keys;
mod tokens;
mod tries;
mod unlock_user;

pub use api_keys::{
    ApiKeyError, CreateApiKey, FindApiKey, ListApiKeys, MadeApiKey, NewApiKey, RemoveApiKey,
};
pub use authenticate::AuthenticateError;
pub use change_me::{ChangeMe, ChangeMeError};
pub use change_organization::{ChangeOrganization, ChangeOrganizationError};
pub use change_password::{
    ChangePassword, ChangePasswordError, ChangePasswordFailure, PasswordChange,
};
pub use change_user::{ChangeUser, ChangeUserError};
pub use create_user::{AddUser, CreateUser, CreateUserError, CreateUserFailure};
pub use disable_user::{DisableUser, DisablingError, EnableUser};
pub use end_sessions::{EndOtherSessions, EndSession, EndSessionsError, EndUserSessions};
pub use links::{
    AskPasswordReset, DeliveryError, FollowLink, FollowLinkError, FollowLinkFailure, InviteUser,
    InviteUserError, InviteUserFailure, LinkAnswer, NewInvitation, PasswordResetFailure,
    PasswordResetRequest, SendInvitation,
};
pub use list_sessions::{ListMySessions, ListUserSessions};
pub(crate) use looks::Looks;
pub use queries::{
    FindMe, FindRole, FindUser, GetOrganization, ListPermissions, ListRoles, ListUsers,
};
pub use recover::{SetPassword, SetPasswordError, SetPasswordFailure};
pub use refresh::{RefreshError, RefreshOutcome, RefreshSession, RefreshSessionError, Rotation};
pub use refused::NoteRefusedSignIn;
pub(crate) use refused::RefusedSignIns;
pub use revoke::RevokeToken;
pub use roles::{ChangeRole, CreateRole, RemoveRole, RoleError};
pub use second_factor::{
    AddPasskey, AnswerChallenge, AnswerChallengeError, AskForProof, AskPasskey, AskPasskeyError,
    AskedPasskey, ChallengeAnswer, ChallengeFailure, ChallengeOutcome, ChangeSecondFactorRoles,
    ConfirmSecondFactor, EnrolSecondFactor, Enrolment, ListMyPasskeys, ListSecondFactorRoles,
    OpenChallenge, OpenChallengeError, OwnPasskeyError, PasskeyAnswer, PasskeyFailure, Proof,
    ProofFailure, ProveSession, ProveSessionError, RemovePasskey, RemoveSecondFactor,
    RenewRecoveryCodes, ResetSecondFactor, ResetSecondFactorError, SecondFactorError,
    SecondFactorFailure, SecondFactorRolesError, SecondFactorState, ShowSecondFactor, ShownFactor,
    StartPasskey,
};
pub use set_up::{
    NewOrganization, NewSetupToken, SetUp, SetUpError, SetUpFailure, SetUpOutcome, SetUpRequest,
};
pub use sign_in::{OpenSession, OpenSessionError, SignInError, SignInRequest};
pub use sign_out::{SignOut, SignOutError};
pub use signing_keys::{RotateSigningKey, RotateSigningKeyError, ShowKeysError, ShownKey};
pub use tokens::SignedTokens;
pub(crate) use tokens::hex;
pub use unlock_user::UnlockUser;
