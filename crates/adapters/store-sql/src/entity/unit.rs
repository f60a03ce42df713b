//! A row of `units`.

use gaara_inventory::{Decimals, Factor, Unit, UnitBase, UnitSort};
use gaara_kernel::{Id, SortValue, StoreError, Timestamp, UnitId};
use sea_orm::entity::prelude::*;

use super::no_relations;
use crate::convert::{Stored, factor_part, text};
use crate::keyset::{Listed, Place, place};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "units")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub code: String,
    pub name_ar: Option<String>,
    pub name_en: Option<String>,
    pub decimals: i64,
    pub base_code: Option<String>,
    pub numerator: Option<i64>,
    pub denominator: Option<i64>,
    pub created_at_ms: i64,
    pub updated_at_ms: i64,
    pub version: i64,
}

no_relations!();

impl From<&Unit> for Model {
    fn from(unit: &Unit) -> Self {
        let base = unit.base.as_ref();
        let factor = base.map(|base| base.factor);
        Self {
            id: unit.id.as_uuid(),
            code: unit.code.as_str().to_owned(),
            name_ar: text(unit.name.ar()),
            name_en: text(unit.name.en()),
            decimals: unit.decimals.digits().into(),
            base_code: base.map(|base| base.code.as_str().to_owned()),
            numerator: factor.map(|factor| factor_part(factor.numerator())),
            denominator: factor.map(|factor| factor_part(factor.denominator())),
            created_at_ms: unit.created_at.as_millis(),
            updated_at_ms: unit.updated_at.as_millis(),
            version: unit.version.number().into(),
        }
    }
}

impl TryFrom<Model> for Unit {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let stored = Stored("unit");
        let base = match (row.base_code, row.numerator, row.denominator) {
            (None, None, None) => None,
            (Some(code), Some(numerator), Some(denominator)) => {
                let factor =
                    Factor::try_new(stored.number(numerator)?, stored.number(denominator)?);
                Some(UnitBase { code: stored.code(&code)?, factor: stored.good(factor)? })
            }
            _ => return Err(stored.corrupt()),
        };
        Ok(Self {
            id: UnitId::from_uuid(row.id),
            code: stored.code(&row.code)?,
            name: stored.name(row.name_ar.as_ref(), row.name_en.as_ref())?,
            decimals: stored.some(Decimals::try_new(stored.number(row.decimals)?))?,
            base,
            created_at: Timestamp::from_millis(row.created_at_ms),
            updated_at: Timestamp::from_millis(row.updated_at_ms),
            version: stored.version(row.version)?,
        })
    }
}

impl Listed for Model {
    type Field = UnitSort;
    const KEY: &'static [Place] = &[place("units", "id")];

    fn place(field: UnitSort) -> Place {
        match field {
            UnitSort::Code => place("units", "code"),
            UnitSort::CreatedAt => place("units", "created_at_ms"),
        }
    }

    fn value(&self, field: UnitSort) -> SortValue {
        match field {
            UnitSort::Code => SortValue::Text(self.code.clone()),
            UnitSort::CreatedAt => SortValue::Integer(self.created_at_ms),
        }
    }

    fn key(&self) -> Vec<Uuid> {
        vec![self.id]
    }
}
