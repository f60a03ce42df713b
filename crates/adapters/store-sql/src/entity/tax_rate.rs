//! A row of `tax_rates`.

use gaara_invoicing::{TaxExemption, TaxRate, TaxRateSort, Validity};
use gaara_kernel::{BilingualText, Id, ShortText, SortValue, StoreError, TaxRateId, Timestamp};
use sea_orm::entity::prelude::*;

use super::no_relations;
use crate::convert::{Stored, date, text};
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
    pub valid_from: Option<TimeDate>,
    pub valid_to: Option<TimeDate>,
    pub exemption_code: Option<String>,
    pub exemption_ar: Option<String>,
    pub exemption_en: Option<String>,
    pub archived_at_ms: Option<i64>,
    pub updated_at_ms: i64,
}

no_relations!();

impl From<&TaxRate> for Model {
    fn from(rate: &TaxRate) -> Self {
        let exemption = rate.exemption.as_ref();
        let reason = exemption.and_then(TaxExemption::text);
        Self {
            id: rate.id.as_uuid(),
            code: rate.code.as_str().to_owned(),
            tax_category: rate.tax.category().code().to_owned(),
            tax_rate_millionths: rate.tax.rate().as_millionths(),
            name_ar: text(rate.name.ar()),
            name_en: text(rate.name.en()),
            created_at_ms: rate.created_at.as_millis(),
            version: rate.version.number().into(),
            valid_from: rate.validity.from().map(date),
            valid_to: rate.validity.to().map(date),
            exemption_code: exemption.and_then(TaxExemption::code).map(ToString::to_string),
            exemption_ar: text(reason.and_then(BilingualText::ar)),
            exemption_en: text(reason.and_then(BilingualText::en)),
            archived_at_ms: rate.archived_at.map(Timestamp::as_millis),
            updated_at_ms: rate.updated_at.as_millis(),
        }
    }
}

impl TryFrom<Model> for TaxRate {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let stored = Stored("tax_rate");
        let validity = Validity::try_new(
            stored.date_if_any(row.valid_from)?,
            stored.date_if_any(row.valid_to)?,
        );
        let code = row.exemption_code.as_deref().map(ShortText::parse).transpose();
        let (ar, en) = (row.exemption_ar.as_ref(), row.exemption_en.as_ref());
        let reason = ar.or(en).map(|_| stored.name(ar, en)).transpose()?;
        Ok(Self {
            id: TaxRateId::from_uuid(row.id),
            code: stored.code(&row.code)?,
            tax: stored.tax(&row.tax_category, row.tax_rate_millionths)?,
            name: stored.name(row.name_ar.as_ref(), row.name_en.as_ref())?,
            validity: stored.good(validity)?,
            exemption: TaxExemption::try_new(stored.good(code)?, reason),
            archived_at: row.archived_at_ms.map(Timestamp::from_millis),
            created_at: Timestamp::from_millis(row.created_at_ms),
            updated_at: Timestamp::from_millis(row.updated_at_ms),
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
