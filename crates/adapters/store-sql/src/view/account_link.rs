//! Links that let somebody choose a password, read.

use async_trait::async_trait;
use gaara_identity::{AccountLink, LinkView, TokenDigest};
use gaara_kernel::StoreError;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::SqlView;
use crate::entity::account_link::{Column, Entity};
use crate::error::failure;

#[async_trait]
impl LinkView for SqlView {
    async fn find_link(&mut self, digest: &TokenDigest) -> Result<Option<AccountLink>, StoreError> {
        let query = Entity::find().filter(Column::Digest.eq(digest.as_bytes().to_vec()));
        let row = query.one(&self.connection).await.map_err(failure)?;
        row.map(AccountLink::try_from).transpose()
    }
}
