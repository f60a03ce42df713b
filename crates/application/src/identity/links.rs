//! Links that let somebody choose a password: made, mailed and followed.

mod ask;
mod deliver;
mod follow;
mod invite;
mod letter;

use gaara_identity::{LinkSeed, TokenDigest};

use crate::app::App;
use crate::identity::tokens::hex;

pub use ask::{AskPasswordReset, PasswordResetFailure, PasswordResetRequest};
pub use deliver::DeliveryError;
pub use follow::{FollowLink, FollowLinkError, FollowLinkFailure, LinkAnswer};
pub use invite::{InviteUser, InviteUserError, InviteUserFailure, NewInvitation, SendInvitation};

/// What the secret of every link starts with.
const PREFIX: &str = "gal_";

impl App {
    /// Makes what a new link is derived from, and the digest of its secret.
    fn new_link(&self) -> (LinkSeed, TokenDigest) {
        let mut bytes = [0; 16];
        self.ports.entropy.fill(&mut bytes);
        let seed = LinkSeed::new(bytes);
        (seed, self.ports.digest.digest(self.link_secret(seed).as_bytes()))
    }

    /// The secret of a link: always the same for its seed, so that it need not be stored and can
    /// be mailed again.
    fn link_secret(&self, seed: LinkSeed) -> String {
        let derived = self.ports.keyed_digest.keyed_digest("account_link", seed.as_bytes());
        format!("{PREFIX}{}", hex(&derived))
    }

    /// Whether there is somebody who carries mail.
    #[must_use]
    pub fn has_mail(&self) -> bool {
        self.mail.is_some()
    }
}
