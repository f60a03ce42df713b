//! Links that let somebody choose a password: made, mailed and followed.

mod ask;
mod deliver;
mod follow;
mod invite;
mod letter;

use gaara_identity::{AccountLink, KeyedDigest, LinkPurpose, LinkSeed, TokenDigest};
use gaara_kernel::{StoreError, UserId};

use crate::app::App;
use crate::context::Context;
use crate::identity::tokens::hex;
use crate::ports::UnitOfWork;

pub use ask::{AskPasswordReset, PasswordResetFailure, PasswordResetRequest};
pub use deliver::DeliveryError;
pub use follow::{FollowLink, FollowLinkError, FollowLinkFailure, LinkAnswer};
pub use invite::{InviteUser, InviteUserError, InviteUserFailure, NewInvitation, SendInvitation};

/// What the secret of every link starts with.
const PREFIX: &str = "gal_";

/// The secret of a link: always the same for its seed, so that it need not be stored and can be
/// mailed again.
fn secret_of(seed: LinkSeed, keyed: &dyn KeyedDigest) -> String {
    format!("{PREFIX}{}", hex(&keyed.keyed_digest("account_link", seed.as_bytes())))
}

/// Takes from whoever reads the mail of the old address what was sent there: a way back in ends,
/// and an invitation goes to the new address.
pub(crate) async fn forget_mail_to_the_old_address(
    unit: &mut dyn UnitOfWork,
    context: &Context,
    user: UserId,
) -> Result<(), StoreError> {
    let Some(link) = unit.links().lock(user).await? else { return Ok(()) };
    if link.purpose == LinkPurpose::PasswordReset {
        return unit.links().remove(user).await;
    }
    let mut bytes = [0; 16];
    context.fill(&mut bytes);
    let seed = LinkSeed::new(bytes);
    let secret = secret_of(seed, context.keyed_digest());
    let digest = TokenDigest::new(context.sha256(secret.as_bytes()));
    let link = AccountLink::new(user, link.purpose, (seed, digest), context.now());
    unit.links().put(&link).await
}

impl App {
    /// Makes what a new link is derived from, and the digest of its secret.
    fn new_link(&self) -> (LinkSeed, TokenDigest) {
        let mut bytes = [0; 16];
        self.ports.entropy.fill(&mut bytes);
        let seed = LinkSeed::new(bytes);
        (seed, self.ports.digest.digest(self.link_secret(seed).as_bytes()))
    }

    fn link_secret(&self, seed: LinkSeed) -> String {
        secret_of(seed, &*self.ports.keyed_digest)
    }

    /// Whether there is somebody who carries mail.
    #[must_use]
    pub fn has_mail(&self) -> bool {
        self.mail.is_some()
    }
}
