//! A row of `warehouses`.

use gaara_inventory::{Warehouse, WarehouseSort};
use gaara_kernel::{Id, SortValue, StoreError, Timestamp, WarehouseId};
use sea_orm::entity::prelude::*;

use super::no_relations;
use crate::convert::{Stored, text};
use crate::keyset::{Listed, Place, place};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "warehouses")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub code: String,
    pub name_ar: Option<String>,
    pub name_en: Option<String>,
    pub created_at_ms: i64,
    pub version: i64,
    pub archived_at_ms: Option<i64>,
    pub updated_at_ms: i64,
}

no_relations!();

impl From<&Warehouse> for Model {
    fn from(warehouse: &Warehouse) -> Self {
        Self {
            id: warehouse.id.as_uuid(),
            code: warehouse.code.as_str().to_owned(),
            name_ar: text(warehouse.name.ar()),
            name_en: text(warehouse.name.en()),
            created_at_ms: warehouse.created_at.as_millis(),
            version: warehouse.version.number().into(),
            archived_at_ms: warehouse.archived_at.map(Timestamp::as_millis),
            updated_at_ms: warehouse.updated_at.as_millis(),
        }
    }
}

impl TryFrom<Model> for Warehouse {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let stored = Stored("warehouse");
        Ok(Self {
            id: WarehouseId::from_uuid(row.id),
            code: stored.code(&row.code)?,
            name: stored.name(row.name_ar.as_ref(), row.name_en.as_ref())?,
            archived_at: row.archived_at_ms.map(Timestamp::from_millis),
            created_at: Timestamp::from_millis(row.created_at_ms),
            // A program before this one adds rows that do not tell when they were saved.
            updated_at: Timestamp::from_millis(row.updated_at_ms.max(row.created_at_ms)),
            version: stored.version(row.version)?,
        })
    }
}

impl Listed for Model {
    type Field = WarehouseSort;
    const KEY: &'static [Place] = &[place("warehouses", "id")];

    fn place(field: WarehouseSort) -> Place {
        match field {
            WarehouseSort::Code => place("warehouses", "code"),
            WarehouseSort::CreatedAt => place("warehouses", "created_at_ms"),
        }
    }

    fn value(&self, field: WarehouseSort) -> SortValue {
        match field {
            WarehouseSort::Code => SortValue::Text(self.code.clone()),
            WarehouseSort::CreatedAt => SortValue::Integer(self.created_at_ms),
        }
    }

    fn key(&self) -> Vec<Uuid> {
        vec![self.id]
    }
}
