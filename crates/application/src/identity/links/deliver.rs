//! Mailing the links that wait for it, outside of every transaction.

use gaara_identity::AccountLink;
use gaara_kernel::StoreError;
use thiserror::Error;

use super::letter::letter;
use crate::app::App;
use crate::mail::{MailError, MailSettings};

/// How many links are mailed in one go.
const AT_ONCE: u32 = 20;

/// Why some of the links were not mailed; they are tried again later.
#[derive(Debug, Error)]
pub enum DeliveryError {
    /// Whoever carries mail did not take it.
    #[error(transparent)]
    Mail(#[from] MailError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl App {
    /// Mails the links that wait for it, and answers how many; called again and again by whoever
    /// runs the application. A link is mailed at least once, by one instance at a time.
    ///
    /// This is no use case: nobody asked for it, and the audit log has who asked for the links.
    ///
    /// # Errors
    /// Every variant of [`DeliveryError`]; what was not mailed is tried again later.
    pub async fn deliver_mail(&self) -> Result<usize, DeliveryError> {
        let Some(settings) = &self.mail else { return Ok(0) };
        let links = self.claim_links().await?;
        for link in &links {
            self.deliver(settings, link).await?;
        }
        Ok(links.len())
    }

    /// Takes the links that are due, each put off until after the next wait: an instance that
    /// ends in the middle loses none, and no other one takes them meanwhile.
    async fn claim_links(&self) -> Result<Vec<AccountLink>, StoreError> {
        let now = self.ports.clock.now();
        let mut transaction = self.ports.store.begin().await?;
        let mut links = transaction.links().lock_due(now, AT_ONCE).await?;
        for link in &mut links {
            link.try_mailing(now);
            transaction.links().put(link).await?;
        }
        transaction.commit().await?;
        Ok(links)
    }

    async fn deliver(
        &self,
        settings: &MailSettings,
        link: &AccountLink,
    ) -> Result<(), DeliveryError> {
        let mut view = self.ports.store.view().await?;
        let user = view.find_user(link.user_id).await?.filter(|user| !user.disabled);
        let company = view.find_organization().await?.map(|organization| organization.name);
        drop(view);
        if let Some(user) = user {
            let url = format!("{}/password#{}", settings.public_url, self.link_secret(link.seed));
            settings.mailer.send(&letter(&user, link.purpose, company.as_ref(), &url)).await?;
        }
        let mut transaction = self.ports.store.begin().await?;
        let stored = transaction.links().lock(link.user_id).await?;
        if let Some(mut stored) = stored.filter(|stored| stored.digest == link.digest) {
            stored.mailed();
            transaction.links().put(&stored).await?;
        }
        Ok(transaction.commit().await?)
    }
}
