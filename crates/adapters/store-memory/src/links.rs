//! Links that let somebody choose a password, in memory.

use async_trait::async_trait;
use gaara_identity::{AccountLink, LinkRepository, LinkView, TokenDigest};
use gaara_kernel::{StoreError, Timestamp, UserId};

use crate::records::unique;
use crate::store::{MemoryTransaction, MemoryView};

#[async_trait]
impl LinkRepository for MemoryTransaction {
    async fn put(&mut self, link: &AccountLink) -> Result<(), StoreError> {
        self.with(|records| {
            let others = records.links.values().filter(|other| other.user_id != link.user_id);
            unique(others.into_iter().all(|other| other.digest != link.digest), "link.digest")?;
            records.links.insert(link.user_id, link.clone());
            Ok(())
        })
    }

    async fn lock(&mut self, user: UserId) -> Result<Option<AccountLink>, StoreError> {
        self.with(|records| Ok(records.links.get(&user).cloned()))
    }

    async fn remove(&mut self, user: UserId) -> Result<(), StoreError> {
        self.with(|records| {
            records.links.remove(&user);
            Ok(())
        })
    }

    async fn lock_due(
        &mut self,
        now: Timestamp,
        count: u32,
    ) -> Result<Vec<AccountLink>, StoreError> {
        self.with(|records| {
            let links = records.links.values();
            let mut due: Vec<_> = links.filter(|link| link.is_due(now)).cloned().collect();
            due.sort_by_key(|link| (link.mail_at, link.user_id));
            due.truncate(usize::try_from(count).unwrap_or(usize::MAX));
            Ok(due)
        })
    }
}

#[async_trait]
impl LinkView for MemoryView {
    async fn find_link(&mut self, digest: &TokenDigest) -> Result<Option<AccountLink>, StoreError> {
        Ok(self.records.links.values().find(|link| link.digest == *digest).cloned())
    }
}
