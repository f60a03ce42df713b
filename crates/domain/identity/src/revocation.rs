//! What was taken back before its time, and what is no longer as it was.

use gaara_kernel::{SessionId, Timestamp, UserId, parse_id};

use crate::assignable_role::RoleCode;
use crate::crypto::TokenId;
use crate::signing_key::KeySchedule;

/// What is taken back, or has changed under those who use it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Revoked {
    /// A session with all of its tokens.
    Session(SessionId),
    /// One access token.
    Token(TokenId),
    /// What was known of a user: kept out, given another role, or with sessions ended.
    User(UserId),
    /// What was known of a role.
    Role(RoleCode),
    /// What was known of anybody.
    Everybody,
}

/// An entry of the list that instances share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revocation {
    /// What.
    pub what: Revoked,
    /// When it was last entered.
    pub at: Timestamp,
    /// From when on no access token can depend on it any more.
    pub expires_at: Timestamp,
    /// How often it was entered.
    pub count: u32,
}

/// The name that stores keep everybody under.
const EVERYBODY: &str = "everybody";

impl Revoked {
    /// The kind and the name that stores keep it under.
    #[must_use]
    pub fn to_stored(&self) -> (&'static str, String) {
        match self {
            Self::Session(id) => ("session", id.to_string()),
            Self::Token(id) => ("token", id.to_string()),
            Self::User(id) => ("user", id.to_string()),
            Self::Role(code) => ("role", code.as_str().to_owned()),
            Self::Everybody => ("everybody", EVERYBODY.to_owned()),
        }
    }

    /// Reads what a store kept.
    #[must_use]
    pub fn from_stored(kind: &str, subject: &str) -> Option<Self> {
        match kind {
            "session" => parse_id(subject).ok().map(Self::Session),
            "token" => TokenId::parse(subject).map(Self::Token),
            "user" => parse_id(subject).ok().map(Self::User),
            "role" => RoleCode::parse(subject).ok().map(Self::Role),
            "everybody" if subject == EVERYBODY => Some(Self::Everybody),
            _ => None,
        }
    }
}

impl Revocation {
    /// An entry that was not there before.
    #[must_use]
    pub fn new(what: Revoked, now: Timestamp) -> Self {
        Self { what, at: now, expires_at: now.plus(KeySchedule::ACCEPTED), count: 1 }
    }
}

#[cfg(test)]
mod tests {
    use gaara_kernel::Id;

    use super::*;

    #[test]
    fn whatever_is_revoked_is_read_back_as_it_was_kept() {
        let uuid = "01890000-0000-7000-8000-000000000001".parse().unwrap();
        for what in [
            Revoked::Session(SessionId::from_uuid(uuid)),
            Revoked::Token(TokenId::new(*b"\x00\x10something new!")),
            Revoked::User(UserId::from_uuid(uuid)),
            Revoked::Role(RoleCode::parse("cashier").unwrap()),
            Revoked::Everybody,
        ] {
            let (kind, subject) = what.to_stored();
            assert_eq!(Revoked::from_stored(kind, &subject), Some(what));
        }
        for (kind, subject) in [("session", "usr_1"), ("token", "00"), ("role", "A"), ("x", "y")] {
            assert_eq!(Revoked::from_stored(kind, subject), None);
        }
    }
}
