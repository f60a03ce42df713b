//! Categories in memory, written.

use std::sync::Arc;

use async_trait::async_trait;
use gaara_inventory::{Category, CategoryRepository, CategoryTree, Stocktake};
use gaara_kernel::{CategoryId, StoreError};

use super::chosen;
use crate::records::{add, copied, save};
use crate::store::MemoryTransaction;

#[async_trait]
impl CategoryRepository for MemoryTransaction {
    async fn lock_tree(&mut self) -> Result<CategoryTree, StoreError> {
        self.with(|records| {
            let rows = records.categories.values();
            Ok(rows.map(|category| (category.id, category.parent)).collect())
        })
    }

    async fn add(&mut self, category: &Category) -> Result<(), StoreError> {
        self.with(|records| {
            let row = Arc::new(category.clone());
            add(&mut records.categories, category.id, row, "category.id")
        })
    }

    async fn lock(&mut self, id: CategoryId) -> Result<Option<Category>, StoreError> {
        self.with(|records| Ok(copied(records.categories.get(&id))))
    }

    async fn hold_many(&mut self, ids: &[CategoryId]) -> Result<Vec<Category>, StoreError> {
        self.with(|records| Ok(chosen(&records.categories, ids)))
    }

    async fn save(&mut self, before: &Category, after: &Category) -> Result<(), StoreError> {
        self.with(|records| {
            let row = Arc::new(after.clone());
            save(&mut records.categories, &after.id, row, "category")?;
            if before.path == after.path {
                return Ok(());
            }
            for category in records.categories.values_mut() {
                if category.id == after.id {
                    continue;
                }
                if let Some(below) = category.path.strip_prefix(before.path.as_slice()) {
                    let path = after.path.iter().chain(below).copied().collect();
                    *category = Arc::new(Category {
                        path,
                        updated_at: after.updated_at,
                        version: category.version.next(),
                        ..Category::clone(category)
                    });
                }
            }
            Ok(())
        })
    }

    async fn remove(&mut self, id: CategoryId) -> Result<(), StoreError> {
        self.with(|records| match records.categories.remove(&id) {
            Some(_) => Ok(()),
            None => Err(StoreError::Corrupt { entity: "category" }),
        })
    }

    async fn is_used(&mut self, id: CategoryId) -> Result<bool, StoreError> {
        self.with(|records| {
            let counts = |stocktake: &Arc<Stocktake>| {
                stocktake.scope.categories().is_some_and(|categories| categories.contains(&id))
            };
            Ok(records.products.values().any(|product| product.category == Some(id))
                || records.stocktakes.values().any(counts))
        })
    }
}
