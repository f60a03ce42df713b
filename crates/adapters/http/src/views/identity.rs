//! The organisation, its people, and the tokens they sign in with.

use gaara_application::identity::SignedTokens;
use gaara_identity::{Organization, User};
use gaara_kernel::Language;
use serde::Serialize;
use utoipa::ToSchema;

use super::BilingualBody;

/// The organisation whose books these are.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OrganizationBody {
    /// The id.
    #[schema(example = "org_01kare0z0qf8b8rmyh0z0hdrt5")]
    pub(crate) id: String,
    /// The name.
    pub(crate) name: BilingualBody,
    /// The name in the language asked for.
    pub(crate) display_name: String,
    /// Where it is registered: ISO 3166-1.
    #[schema(example = "SA")]
    pub(crate) country: &'static str,
    /// The currency of its books: ISO 4217.
    #[schema(example = "SAR")]
    pub(crate) currency: &'static str,
    /// The zone that decides which day it is.
    #[schema(example = "Asia/Riyadh")]
    pub(crate) time_zone: String,
    /// The last day of the period that is closed: nothing is posted on it or before.
    #[schema(example = "2026-10-31", required = true)]
    pub(crate) locked_through: Option<String>,
    /// When it was set up.
    pub(crate) created_at: String,
    /// How often it was saved.
    pub(crate) version: u32,
}

impl OrganizationBody {
    /// What the API shows of an organisation.
    #[must_use]
    pub(crate) fn new(organization: &Organization, language: Language) -> Self {
        Self {
            id: organization.id.to_string(),
            name: (&organization.name).into(),
            display_name: organization.name.pick(language).to_owned(),
            country: organization.country.code(),
            currency: organization.currency.code(),
            time_zone: organization.time_zone.to_string(),
            locked_through: organization.locked_through.map(|date| date.to_string()),
            created_at: organization.created_at.to_string(),
            version: organization.version.number(),
        }
    }
}

/// Somebody who signs in.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct UserBody {
    /// The id.
    #[schema(example = "usr_01kare0z0qf8b8rmyh0z0hdrt5")]
    pub(crate) id: String,
    /// The e-mail address.
    #[schema(example = "sara@example.com")]
    pub(crate) email: String,
    /// The user name.
    #[schema(example = "sara")]
    pub(crate) username: String,
    /// The role, by its code.
    #[schema(example = "accountant")]
    pub(crate) role: String,
    /// The language of messages: `ar` or `en`.
    #[schema(example = "ar")]
    pub(crate) language: &'static str,
    /// Whether signing in is refused.
    pub(crate) disabled: bool,
    /// When the user was added.
    pub(crate) created_at: String,
    /// How often the user was saved.
    pub(crate) version: u32,
}

impl From<&User> for UserBody {
    fn from(user: &User) -> Self {
        Self {
            id: user.id.to_string(),
            email: user.email.to_string(),
            username: user.username.as_str().to_owned(),
            role: user.role.as_str().to_owned(),
            language: user.language.tag(),
            disabled: user.disabled,
            created_at: user.created_at.to_string(),
            version: user.version.number(),
        }
    }
}

/// The tokens of somebody who signed in.
#[derive(Serialize, ToSchema)]
pub(crate) struct TokensBody {
    /// Sent as `Authorization: Bearer …` with every request.
    pub(crate) access_token: String,
    /// Always `Bearer`.
    pub(crate) token_type: &'static str,
    /// How many seconds the access token works.
    #[schema(example = 900)]
    pub(crate) expires_in: u64,
    /// Traded once for fresh tokens.
    pub(crate) refresh_token: String,
    /// How many seconds the refresh token works.
    #[schema(example = 604_800)]
    pub(crate) refresh_expires_in: u64,
    /// Who signed in.
    pub(crate) user: UserBody,
}

impl From<SignedTokens> for TokensBody {
    fn from(tokens: SignedTokens) -> Self {
        Self {
            user: (&tokens.user).into(),
            access_token: tokens.access_token,
            token_type: "Bearer",
            expires_in: tokens.expires_in.as_secs(),
            refresh_token: tokens.refresh_token,
            refresh_expires_in: tokens.refresh_expires_in.as_secs(),
        }
    }
}
