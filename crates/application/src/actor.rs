//! Who asks, and what they may do.

use gaara_identity::{Permission, Permissions};
use gaara_kernel::{SessionId, UserId};

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
            Self::System => "system".to_owned(),
        }
    }
}

/// A principal with its permissions, in one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    principal: Principal,
    permissions: Permissions,
    trace: TraceId,
}

impl Actor {
    /// Somebody who has not signed in: may set up and sign in, and nothing else.
    #[must_use]
    pub fn anonymous(trace: TraceId) -> Self {
        let permissions = [Permission::SetUp, Permission::SignIn].into_iter().collect();
        Self { principal: Principal::Anonymous, permissions, trace }
    }

    /// Somebody who has signed in.
    #[must_use]
    pub fn user(id: UserId, session: SessionId, permissions: Permissions, trace: TraceId) -> Self {
        Self { principal: Principal::User { id, session }, permissions, trace }
    }

    /// The program around the library: may do everything.
    #[must_use]
    pub fn system(trace: TraceId) -> Self {
        let permissions = Permission::ALL.iter().copied().collect();
        Self { principal: Principal::System, permissions, trace }
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

    /// The request.
    #[must_use]
    pub const fn trace(&self) -> TraceId {
        self.trace
    }
}
