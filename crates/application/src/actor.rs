//! Who asks, and what they may do.

use std::net::IpAddr;

use gaara_identity::{Permission, Permissions, Session};
use gaara_kernel::{ApiKeyId, SessionId, Timestamp, UserId};

use crate::trace::TraceId;

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Principal {
    /// Somebody who has not signed in.
    Anonymous,
    /// Somebody who has.
    User {
        /// Who.
        id: UserId,
        /// In which session.
        session: SessionId,
    },
    /// A program, by the key that somebody made for it.
    Key {
        /// Which key.
        id: ApiKeyId,
        /// Who made it, and answers for it.
        owner: UserId,
    },
    /// The program around the library, or the command line.
    System,
}

impl Principal {
    /// A text that tells principals apart: the scope of idempotency keys, the actor of audit rows.
    #[must_use]
    pub fn label(&self) -> String {
        match self {
            Self::Anonymous => "anonymous".to_owned(),
            Self::User { id, .. } => id.to_string(),
            Self::Key { id, .. } => id.to_string(),
            Self::System => "system".to_owned(),
        }
    }
}

/// A principal with its permissions, in one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    principal: Principal,
    permissions: Permissions,
    proven_at: Option<Timestamp>,
    must_enrol: bool,
    trace: TraceId,
    address: Option<IpAddr>,
}

impl Actor {
    /// Somebody who has not signed in: may set up and sign in, and nothing else.
    #[must_use]
    pub fn anonymous(trace: TraceId) -> Self {
        let permissions = [Permission::SetUp, Permission::SignIn].into_iter().collect();
        Self::new(Principal::Anonymous, permissions, trace)
    }

    fn new(principal: Principal, permissions: Permissions, trace: TraceId) -> Self {
        Self { principal, permissions, proven_at: None, must_enrol: false, trace, address: None }
    }

    /// Somebody who has signed in. Nothing is known of when that was: see [`Actor::proven_at`].
    #[must_use]
    pub fn user(id: UserId, session: SessionId, permissions: Permissions, trace: TraceId) -> Self {
        Self::new(Principal::User { id, session }, permissions, trace)
    }

    /// The program around the library: may do everything.
    #[must_use]
    pub fn system(trace: TraceId) -> Self {
        let permissions = Permission::ALL.iter().copied().collect();
        Self::new(Principal::System, permissions, trace)
    }

    /// A program with a key. It can never show who it is, so it may do nothing that needs that.
    #[must_use]
    pub fn key(id: ApiKeyId, owner: UserId, permissions: Permissions, trace: TraceId) -> Self {
        Self::new(Principal::Key { id, owner }, permissions, trace)
    }

    /// The same, who showed at this instant who it is.
    #[must_use]
    pub const fn proven_at(mut self, at: Timestamp) -> Self {
        self.proven_at = Some(at);
        self
    }

    /// The same, who needs a second factor first, or does not.
    #[must_use]
    pub const fn enrolling(mut self, must_enrol: bool) -> Self {
        self.must_enrol = must_enrol;
        self
    }

    /// The same, who asks from this address.
    #[must_use]
    pub const fn asking_from(mut self, address: Option<IpAddr>) -> Self {
        self.address = address;
        self
    }

    /// Whether the actor showed lately enough who it is to do something dangerous. The program
    /// itself need not.
    #[must_use]
    pub fn is_proven(&self, now: Timestamp) -> bool {
        self.is_system() || self.proven_at.is_some_and(|at| now < at.plus(Session::PROOF))
    }

    /// Whether the actor can do nothing before there is a second factor.
    #[must_use]
    pub const fn must_enrol(&self) -> bool {
        self.must_enrol
    }

    /// Who asks.
    #[must_use]
    pub const fn principal(&self) -> Principal {
        self.principal
    }

    /// Whether the program itself asks.
    #[must_use]
    pub fn is_system(&self) -> bool {
        self.principal == Principal::System
    }

    /// What the actor may do.
    #[must_use]
    pub const fn permissions(&self) -> &Permissions {
        &self.permissions
    }

    /// Where the actor asks from; nothing without a network.
    #[must_use]
    pub const fn address(&self) -> Option<IpAddr> {
        self.address
    }

    /// The request.
    #[must_use]
    pub const fn trace(&self) -> TraceId {
        self.trace
    }
}
