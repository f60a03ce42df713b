//! Renaming categories and moving them in the tree.

use gaara_identity::Permission;
use gaara_inventory::{Category, PlaceError};
use gaara_kernel::{CategoryId, StoreError, TextError, Version};
use thiserror::Error;

use super::name_change::{NameChange, audit_name, shown};
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::failure;
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Changes what is given and keeps the rest. Everything below a category moves with it.
#[derive(Debug, Clone)]
pub struct ChangeCategory {
    /// Which category.
    pub id: CategoryId,
    /// The version the change was made on.
    pub expected: Version,
    /// What changes of the name.
    pub name: NameChange,
    /// The category it belongs to from now on; `Some(None)` puts it at the top.
    pub parent: Option<Option<CategoryId>>,
}

/// Why a category was not changed.
#[derive(Debug, Error)]
pub enum ChangeCategoryError {
    /// There is no such category.
    #[error("there is no such category")]
    NotFound,
    /// Somebody changed it, or moved it with what is above it.
    #[error("the category is at version {current}")]
    Stale {
        /// The version it is at.
        current: Version,
    },
    /// The name would be no name.
    #[error("the name: {0}")]
    Name(#[from] TextError),
    /// It cannot stand there.
    #[error(transparent)]
    Place(#[from] PlaceError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(ChangeCategoryError);

impl UseCase for ChangeCategory {
    /// The category before and after.
    type Output = (Category, Category);
    type Error = ChangeCategoryError;
    const PERMISSION: Permission = Permission::EditCategories;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Self::Output, ChangeCategoryError> {
        // Two moves that are each sound could make a circle together: they take turns.
        let tree = unit.categories().lock_tree().await?;
        let before = unit.categories().lock(self.id).await?;
        let before = before.ok_or(ChangeCategoryError::NotFound)?;
        if before.version != self.expected {
            return Err(ChangeCategoryError::Stale { current: before.version });
        }
        let parent = self.parent.unwrap_or(before.parent);
        let after = Category {
            name: self.name.apply(&before.name)?,
            parent,
            path: tree.path_below(parent, self.id)?,
            updated_at: context.now(),
            version: before.version.next(),
            ..before.clone()
        };
        unit.categories().save(&before, &after).await?;
        unit.outbox().add(&Event::new("category.changed", self.id, context)).await?;
        Ok((before, after))
    }

    fn audit(&self, (before, after): &Self::Output) -> AuditEntry {
        let entry = AuditEntry::new("category.changed", after.id);
        let parent = |category: &Category| shown(category.parent.as_ref());
        audit_name(entry, &before.name, &after.name).with_change(
            "parent",
            &parent(before),
            &parent(after),
        )
    }
}
