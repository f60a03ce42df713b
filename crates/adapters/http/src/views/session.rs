//! Sessions as the API shows them.

use gaara_application::{Actor, Principal};
use gaara_identity::LiveSession;
use serde::Serialize;
use utoipa::ToSchema;

/// One sign-in on one device.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SessionBody {
    /// The id.
    #[schema(example = "ses_01kare0z0qf8b8rmyh0z0hdrt5")]
    id: String,
    /// When it began.
    created_at: String,
    /// When fresh tokens were last given for it.
    last_used_at: String,
    /// When it ends however much it is used.
    expires_at: String,
    /// The network it came from; empty when nobody knows.
    #[schema(example = "192.0.2.0/24")]
    network: String,
    /// The program and its system, as they say themselves; empty when nobody knows.
    #[schema(example = "Firefox, Windows")]
    device: String,
    /// Whether this request came in it.
    current: bool,
}

impl SessionBody {
    pub(crate) fn new(live: LiveSession, actor: &Actor) -> Self {
        let LiveSession { session, origin } = live;
        let current = matches!(
            actor.principal(),
            Principal::User { session: current, .. } if current == session.id
        );
        Self {
            id: session.id.to_string(),
            created_at: session.created_at.to_string(),
            last_used_at: session.last_used_at.to_string(),
            expires_at: session.expires_at.to_string(),
            network: origin.network,
            device: origin.device,
            current,
        }
    }
}
