//! Adding categories.

use gaara_identity::Permission;
use gaara_inventory::{Category, PlaceError};
use gaara_kernel::{BilingualText, CategoryId, StoreError, Version};
use thiserror::Error;

use super::name_change::shown;
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::failure;
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Adds a category.
#[derive(Debug, Clone)]
pub struct CreateCategory {
    /// The id a client chose.
    pub id: Option<CategoryId>,
    /// The category it belongs to.
    pub parent: Option<CategoryId>,
    /// The name.
    pub name: BilingualText,
}

/// Why a category was not added.
#[derive(Debug, Error)]
pub enum CreateCategoryError {
    /// It cannot stand there.
    #[error(transparent)]
    Place(#[from] PlaceError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(CreateCategoryError);

impl UseCase for CreateCategory {
    type Output = Category;
    type Error = CreateCategoryError;
    const PERMISSION: Permission = Permission::EditCategories;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Category, CreateCategoryError> {
        let tree = unit.categories().lock_tree().await?;
        let id = context.id_or_new(self.id);
        let category = Category {
            id,
            parent: self.parent,
            name: self.name.clone(),
            path: tree.path_below(self.parent, id)?,
            created_at: context.now(),
            updated_at: context.now(),
            version: Version::FIRST,
        };
        unit.categories().add(&category).await?;
        unit.outbox().add(&Event::new("category.created", id, context)).await?;
        Ok(category)
    }

    fn audit(&self, output: &Category) -> AuditEntry {
        AuditEntry::new("category.created", output.id)
            .with("parent", &shown(output.parent.as_ref()))
    }
}
