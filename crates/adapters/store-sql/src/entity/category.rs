//! A row of `categories`; its path is the text that sorts like the tree.

use gaara_inventory::{Category, CategorySort, path_key};
use gaara_kernel::{CategoryId, Id, SortValue, StoreError, Timestamp};
use sea_orm::entity::prelude::*;

use super::no_relations;
use crate::convert::{Stored, text};
use crate::keyset::{Listed, Place, place};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "categories")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub parent_id: Option<Uuid>,
    pub name_ar: Option<String>,
    pub name_en: Option<String>,
    pub path: String,
    pub created_at_ms: i64,
    pub updated_at_ms: i64,
    pub version: i64,
}

no_relations!();

impl From<&Category> for Model {
    fn from(category: &Category) -> Self {
        Self {
            id: category.id.as_uuid(),
            parent_id: category.parent.map(Id::as_uuid),
            name_ar: text(category.name.ar()),
            name_en: text(category.name.en()),
            path: category.path_key(),
            created_at_ms: category.created_at.as_millis(),
            updated_at_ms: category.updated_at.as_millis(),
            version: category.version.number().into(),
        }
    }
}

impl TryFrom<Model> for Category {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let stored = Stored("category");
        let path = stored.some(read_path(&row.path))?;
        // The last step is the category itself, so that a path can be trusted.
        let is_sound =
            path.last().is_some_and(|last| last.as_uuid() == row.id) && path_key(&path) == row.path;
        if !is_sound {
            return Err(stored.corrupt());
        }
        Ok(Self {
            id: CategoryId::from_uuid(row.id),
            parent: row.parent_id.map(Id::from_uuid),
            name: stored.name(row.name_ar.as_ref(), row.name_en.as_ref())?,
            path,
            created_at: Timestamp::from_millis(row.created_at_ms),
            updated_at: Timestamp::from_millis(row.updated_at_ms),
            version: stored.version(row.version)?,
        })
    }
}

fn read_path(key: &str) -> Option<Vec<CategoryId>> {
    let step = |step: &[u8]| {
        let uuid = Uuid::try_parse(std::str::from_utf8(step).ok()?).ok()?;
        Some(CategoryId::from_uuid(uuid))
    };
    key.as_bytes().chunks(Category::KEY_STEP).map(step).collect()
}

impl Listed for Model {
    type Field = CategorySort;
    const KEY: &'static [Place] = &[place("categories", "id")];

    fn place(field: CategorySort) -> Place {
        match field {
            CategorySort::Path => place("categories", "path"),
            CategorySort::CreatedAt => place("categories", "created_at_ms"),
            CategorySort::UpdatedAt => place("categories", "updated_at_ms"),
        }
    }

    fn value(&self, field: CategorySort) -> SortValue {
        match field {
            CategorySort::Path => SortValue::Text(self.path.clone()),
            CategorySort::CreatedAt => SortValue::Integer(self.created_at_ms),
            CategorySort::UpdatedAt => SortValue::Integer(self.updated_at_ms),
        }
    }

    fn key(&self) -> Vec<Uuid> {
        vec![self.id]
    }
}
