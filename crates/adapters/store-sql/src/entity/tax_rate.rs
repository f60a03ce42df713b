//! A row of `tax_rates`.

use gaara_invoicing::{TaxRate, TaxRateSort};
use gaara_kernel::{Id, SortValue, StoreError, TaxRateId, Timestamp};
use sea_orm::entity::prelude::*;

use super::no_relations;
use crate::convert::{Stored, text};
use crate::keyset::{Listed, Place, place};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tax_rates")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub code: String,
    pub tax_category: String,
    pub tax_rate_millionths: i64,
    pub name_ar: Option<String>,
    pub name_en: Option<String>,
    pub created_at_ms: i64,
    pub version: i64,
}

no_relations!();

impl From<&TaxRate> for Model {
    fn from(rate: &TaxRate) -> Self {
        Self {
            id: rate.id.as_uuid(),
            code: rate.code.as_str().to_owned(),
            tax_category: rate.tax.category().code().to_owned(),
            tax_rate_millionths: rate.tax.rate().as_millionths(),
            name_ar: text(rate.name.ar()),
            name_en: text(rate.name.en()),
            created_at_ms: rate.created_at.as_millis(),
            version: rate.version.number().into(),
        }
    }
}

impl TryFrom<Model> for TaxRate {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let stored = Stored("tax_rate");
        Ok(Self {
            id: TaxRateId::from_uuid(row.id),
            code: stored.code(&row.code)?,
            tax: stored.tax(&row.tax_category, row.tax_rate_millionths)?,
            name: stored.name(row.name_ar.as_ref(), row.name_en.as_ref())?,
            created_at: Timestamp::from_millis(row.created_at_ms),
            version: stored.version(row.version)?,
        })
    }
}

impl Listed for Model {
    type Field = TaxRateSort;
    const KEY: &'static [Place] = &[place("tax_rates", "id")];

    fn place(field: TaxRateSort) -> Place {
        match field {
            TaxRateSort::Code => place("tax_rates", "code"),
            TaxRateSort::CreatedAt => place("tax_rates", "created_at_ms"),
        }
    }

    fn value(&self, field: TaxRateSort) -> SortValue {
        match field {
            TaxRateSort::Code => SortValue::Text(self.code.clone()),
            TaxRateSort::CreatedAt => SortValue::Integer(self.created_at_ms),
        }
    }

    fn key(&self) -> Vec<Uuid> {
        vec![self.id]
    }
}
