//! The organisation, its people, and the tokens they sign in with.

use gaara_application::identity::SignedTokens;
use gaara_identity::{Organization, User};
use gaara_kernel::{Currency, Language, Money};
use serde::Serialize;
use utoipa::ToSchema;

use super::details::identifiers;
use super::{AddressBody, BilingualBody, ContactBody, IdentifierBody};

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
    /// The tax registration number.
    #[schema(example = "310122393500003", required = true)]
    pub(crate) tax_id: Option<String>,
    /// The name it is registered under.
    #[schema(required = true)]
    pub(crate) legal_name: Option<BilingualBody>,
    /// The name it trades under.
    #[schema(required = true)]
    pub(crate) trade_name: Option<BilingualBody>,
    /// Its legal registrations.
    pub(crate) identifiers: Vec<IdentifierBody>,
    /// Where electronic documents reach it.
    #[schema(required = true)]
    pub(crate) electronic_address: Option<IdentifierBody>,
    /// Where it is, and where invoices go.
    #[schema(required = true)]
    pub(crate) address: Option<AddressBody>,
    /// Whom to ask for.
    #[schema(required = true)]
    pub(crate) contact: Option<ContactBody>,
    /// The smallest coin: what is to be paid in the currency of the books is rounded to it.
    #[schema(example = "0.05", required = true)]
    pub(crate) cash_rounding: Option<String>,
    /// The currency that tax is also told in: ISO 4217.
    #[schema(example = "SAR", required = true)]
    pub(crate) tax_currency: Option<&'static str>,
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
            tax_id: organization.tax_id.as_ref().map(ToString::to_string),
            legal_name: organization.details.legal_name.as_ref().map(BilingualBody::from),
            trade_name: organization.details.trade_name.as_ref().map(BilingualBody::from),
            identifiers: identifiers(&organization.details),
            electronic_address: organization
                .details
                .electronic_address
                .as_ref()
                .map(IdentifierBody::from),
            address: organization.details.billing_address.as_ref().map(AddressBody::from),
            contact: ContactBody::of(&organization.details.contact),
            cash_rounding: organization.cash_rounding.map(Money::amount),
            tax_currency: organization.tax_currency.map(Currency::code),
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
    /// Since when signing in needs a second factor; `null` when it needs none.
    #[schema(required = true)]
    pub(crate) mfa_enabled_at: Option<String>,
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
            mfa_enabled_at: user.second_factor_since.map(|since| since.to_string()),
            disabled: user.disabled,
            created_at: user.created_at.to_string(),
            version: user.version.number(),
        }
    }
}

/// The tokens of somebody who signed in.
#[derive(Serialize, ToSchema)]
pub(crate) struct TokensBody {
    /// Sent as `Authorization: Bearer …` with every request; absent when it is in a cookie.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) access_token: Option<String>,
    /// `Bearer`, or `Cookie` when the tokens are in cookies.
    #[schema(example = "Bearer")]
    pub(crate) token_type: &'static str,
    /// How many seconds the access token works.
    #[schema(example = 900)]
    pub(crate) expires_in: u64,
    /// Traded once for fresh tokens; absent when it is in a cookie.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) refresh_token: Option<String>,
    /// How many seconds the refresh token works.
    #[schema(example = 604_800)]
    pub(crate) refresh_expires_in: u64,
    /// Sent as `X-CSRF-Token` with every request that changes something; only with cookies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) csrf_token: Option<String>,
    /// Who signed in.
    pub(crate) user: UserBody,
}

impl TokensBody {
    /// What is told to a page whose tokens are in cookies.
    pub(crate) fn in_cookies(tokens: SignedTokens, csrf_token: String) -> Self {
        Self {
            access_token: None,
            token_type: "Cookie",
            refresh_token: None,
            csrf_token: Some(csrf_token),
            ..tokens.into()
        }
    }
}

impl From<SignedTokens> for TokensBody {
    fn from(tokens: SignedTokens) -> Self {
        Self {
            user: (&tokens.user).into(),
            access_token: Some(tokens.access_token),
            token_type: "Bearer",
            expires_in: tokens.expires_in.as_secs(),
            refresh_token: Some(tokens.refresh_token),
            csrf_token: None,
            refresh_expires_in: tokens.refresh_expires_in.as_secs(),
        }
    }
}
