//! Removing categories that nothing refers to.

use gaara_identity::Permission;
use gaara_kernel::{CategoryId, StoreError, Version};
use thiserror::Error;

use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::failure;
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Removes a category.
#[derive(Debug, Clone)]
pub struct RemoveCategory {
    /// Which category.
    pub id: CategoryId,
    /// The version the decision was made on.
    pub expected: Version,
}

/// Why a category was not removed.
#[derive(Debug, Error)]
pub enum RemoveCategoryError {
    /// There is no such category.
    #[error("there is no such category")]
    NotFound,
    /// Somebody changed it meanwhile.
    #[error("the category is at version {current}")]
    Stale {
        /// The version it is at.
        current: Version,
    },
    /// Categories or products hang on it, or a stocktake counts it.
    #[error("categories, products or stocktakes refer to it")]
    InUse,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(RemoveCategoryError);

impl UseCase for RemoveCategory {
    type Output = ();
    type Error = RemoveCategoryError;
    const PERMISSION: Permission = Permission::EditCategories;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<(), RemoveCategoryError> {
        let tree = unit.categories().lock_tree().await?;
        let category = unit.categories().lock(self.id).await?;
        let category = category.ok_or(RemoveCategoryError::NotFound)?;
        if category.version != self.expected {
            return Err(RemoveCategoryError::Stale { current: category.version });
        }
        if tree.has_children(self.id) || unit.categories().is_used(self.id).await? {
            return Err(RemoveCategoryError::InUse);
        }
        unit.categories().remove(self.id).await?;
        unit.outbox().add(&Event::new("category.removed", self.id, context)).await?;
        Ok(())
    }

    fn audit(&self, (): &()) -> AuditEntry {
        AuditEntry::new("category.removed", self.id)
    }
}
