//! Tokens that a page of ours has and a page of somebody else has not.
//!
//! A browser sends its cookies along with requests that other pages make. A token that stands in a
//! header as well, and belongs to the session, shows that one of our own pages asks (OWASP, signed
//! double submit).

use gaara_kernel::{SessionId, parse_id};

use crate::app::App;
use crate::identity::device::is_same;
use crate::identity::tokens::hex;

impl App {
    /// A token for the pages of a session; each is another one, and all are good while it lives.
    #[must_use]
    pub fn new_csrf_token(&self, session: SessionId) -> String {
        let mut nonce = [0; 16];
        self.ports.entropy.fill(&mut nonce);
        self.csrf_token(session, &hex(&nonce))
    }

    fn csrf_token(&self, session: SessionId, nonce: &str) -> String {
        // Neither part holds a dot, so that no two pairs are one text.
        let text = format!("{session}.{nonce}");
        let proof = hex(&self.ports.keyed_digest.keyed_digest("csrf", text.as_bytes()));
        format!("{text}.{proof}")
    }

    /// The session that a token was made for; `None` when it was not made by us.
    #[must_use]
    pub fn csrf_session(&self, token: &str) -> Option<SessionId> {
        let mut parts = token.split('.');
        let (session, nonce) = (parts.next()?, parts.next()?);
        let session = parse_id(session).ok()?;
        let made = self.csrf_token(session, nonce);
        is_same(made.as_bytes(), token.as_bytes()).then_some(session)
    }
}
