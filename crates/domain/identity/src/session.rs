//! Sessions and the refresh tokens that keep them alive.

use std::time::Duration;

use gaara_kernel::{SessionId, Timestamp, UserId};

use crate::crypto::TokenDigest;
use crate::origin::Origin;

/// One sign-in on one device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Session {
    /// The id.
    pub id: SessionId,
    /// Who signed in.
    pub user_id: UserId,
    /// When.
    pub created_at: Timestamp,
    /// When fresh tokens were last given for it.
    pub last_used_at: Timestamp,
    /// When whoever uses it last showed who that is: by the password, or by a second factor where
    /// there is one.
    pub proven_at: Timestamp,
    /// When the session ends however much it is used.
    pub expires_at: Timestamp,
    /// When the session was ended early: by signing out, or by a stolen token.
    pub ended_at: Option<Timestamp>,
}

impl Session {
    /// The longest a session lives.
    pub const LIFETIME: Duration = Duration::from_hours(30 * 24);

    /// How many sessions of a user live at once; one more ends the oldest.
    pub const LIVE_MAX: usize = 10;

    /// How long after a proof dangerous things may be done (ASVS 7.5.3).
    pub const PROOF: Duration = Duration::from_mins(10);

    /// How long a session that is over is remembered, for whoever looks for its traces.
    pub const REMEMBERED: Duration = Duration::from_hours(30 * 24);

    /// A session that begins now.
    #[must_use]
    pub fn open(id: SessionId, user_id: UserId, now: Timestamp) -> Self {
        let expires_at = now.plus(Self::LIFETIME);
        Self {
            id,
            user_id,
            created_at: now,
            last_used_at: now,
            proven_at: now,
            expires_at,
            ended_at: None,
        }
    }

    /// Whether the session may still be used.
    #[must_use]
    pub fn is_alive(&self, now: Timestamp) -> bool {
        self.ended_at.is_none() && now < self.expires_at
    }

    /// Ends the session; an end that has come stays where it is.
    ///
    /// The clock of the instance that opened it may be ahead, and no session ends before it began.
    pub fn end(&mut self, now: Timestamp) {
        self.ended_at.get_or_insert(now.max(self.created_at));
    }
}

/// A session that may still be used, and where it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveSession {
    /// The session.
    pub session: Session,
    /// Where it came from.
    pub origin: Origin,
}

/// A refresh token as it is stored. All tokens of one session are one family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefreshToken {
    /// The digest of the token.
    pub digest: TokenDigest,
    /// The session it keeps alive.
    pub session_id: SessionId,
    /// How many tokens of the family came before; never a time, which could repeat.
    pub generation: u32,
    /// When it stops working unless it is used.
    pub expires_at: Timestamp,
    /// When it was traded for its successor.
    pub consumed_at: Option<Timestamp>,
}

/// What became of a presented refresh token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refreshed {
    /// The token was traded; the next generation takes over.
    Rotated,
    /// The token was traded a moment ago and its successor was not used: the answer got lost, or
    /// somebody asked twice. The same successor is given again.
    Repeated,
    /// The token was traded a moment ago, and its successor was used since: it is too late to ask
    /// again, but no sign of a thief.
    Superseded,
    /// The token was traded earlier: somebody holds a copy, and the family must end.
    Reused,
    /// The token or its session is over.
    Ended,
}

impl RefreshToken {
    /// How long a token works when it is not used.
    pub const IDLE_LIFETIME: Duration = Duration::from_hours(7 * 24);

    /// How long a token that stopped working is remembered, for whoever presents it again.
    pub const REMEMBERED: Duration = Duration::from_hours(24);

    /// How long after a trade the same successor is given again.
    pub const RETRY: Duration = Duration::from_secs(10);

    /// The first token of a session.
    #[must_use]
    pub fn first(digest: TokenDigest, session: &Session, now: Timestamp) -> Self {
        Self::of_generation(0, digest, session, now)
    }

    /// The token that takes over from this one.
    #[must_use]
    pub fn successor(&self, digest: TokenDigest, session: &Session, now: Timestamp) -> Self {
        Self::of_generation(self.generation.saturating_add(1), digest, session, now)
    }

    fn of_generation(
        generation: u32,
        digest: TokenDigest,
        session: &Session,
        now: Timestamp,
    ) -> Self {
        let expires_at = now.plus(Self::IDLE_LIFETIME).min(session.expires_at);
        Self { digest, session_id: session.id, generation, expires_at, consumed_at: None }
    }

    /// Presents the token, whose successor is given if there is one. Reuse ends the session: a
    /// thief and an owner cannot both go on (RFC 9700, section 4.14.2).
    pub fn present(
        &mut self,
        session: &mut Session,
        successor: Option<&Self>,
        now: Timestamp,
    ) -> Refreshed {
        match self.consumed_at {
            None if now >= self.expires_at || !session.is_alive(now) => Refreshed::Ended,
            None => {
                self.consumed_at = Some(now);
                session.last_used_at = session.last_used_at.max(now);
                Refreshed::Rotated
            }
            Some(traded_at) if now > traded_at.plus(Self::RETRY) => {
                session.end(now);
                Refreshed::Reused
            }
            Some(_) if !session.is_alive(now) => Refreshed::Ended,
            Some(_) => match successor {
                Some(next) if next.consumed_at.is_none() => Refreshed::Repeated,
                Some(_) | None => Refreshed::Superseded,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use gaara_kernel::Id;

    use super::*;

    fn at(seconds: u64) -> Timestamp {
        Timestamp::from_millis(0).plus(Duration::from_secs(seconds))
    }

    fn family() -> (Session, RefreshToken) {
        let nil = "00000000-0000-7000-8000-000000000000".parse().unwrap();
        let session = Session::open(SessionId::from_uuid(nil), UserId::from_uuid(nil), at(0));
        (session, RefreshToken::first(TokenDigest::new([0; 32]), &session, at(0)))
    }

    #[test]
    fn a_token_is_traded_once() {
        let (mut session, mut token) = family();

        assert_eq!(token.present(&mut session, None, at(1)), Refreshed::Rotated);
        assert_eq!(token.successor(TokenDigest::new([1; 32]), &session, at(1)).generation, 1);
        assert!(session.is_alive(at(2)));
    }

    #[test]
    fn presenting_a_traded_token_ends_the_family() {
        let (mut session, mut token) = family();
        token.present(&mut session, None, at(1));
        let mut next = token.successor(TokenDigest::new([1; 32]), &session, at(1));
        next.present(&mut session, None, at(5));

        assert_eq!(token.present(&mut session, Some(&next), at(12)), Refreshed::Reused);
        assert!(!session.is_alive(at(12)));
    }

    #[test]
    fn a_lost_answer_is_given_again_for_ten_seconds() {
        let (mut session, mut token) = family();
        token.present(&mut session, None, at(1));
        let mut next = token.successor(TokenDigest::new([1; 32]), &session, at(1));

        assert_eq!(token.present(&mut session, Some(&next), at(11)), Refreshed::Repeated);
        // In one second from the first token to the third: no clock tells them apart.
        next.present(&mut session, None, at(1));
        assert_eq!(token.present(&mut session, Some(&next), at(1)), Refreshed::Superseded);
        assert!(session.is_alive(at(1)));
        session.end(at(2));
        assert_eq!(token.present(&mut session, Some(&next), at(3)), Refreshed::Ended);
    }

    #[test]
    fn no_session_ends_before_it_began() {
        let (mut session, _) = family();
        session.created_at = at(10);
        session.end(at(9));
        assert_eq!(session.ended_at, Some(at(10)));
    }

    #[test]
    fn a_token_rests_seven_days_at_most() {
        let (mut session, mut token) = family();
        let week = 7 * 24 * 60 * 60;
        assert_eq!(token.present(&mut session, None, at(week)), Refreshed::Ended);
        assert_eq!(token.present(&mut session, None, at(week - 1)), Refreshed::Rotated);
    }

    #[test]
    fn no_successor_outlives_its_session() {
        let (session, token) = family();
        let late = at(29 * 24 * 60 * 60);
        let successor = token.successor(TokenDigest::new([1; 32]), &session, late);
        assert_eq!(successor.expires_at, session.expires_at);
    }
}
