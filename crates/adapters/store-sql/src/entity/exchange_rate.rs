//! A row of `exchange_rates`.

use gaara_invoicing::{DatedRate, ExchangeRate, ExchangeRateSort};
use gaara_kernel::{Id, SortValue, StoreError, Timestamp};
use sea_orm::entity::prelude::*;

use super::no_relations;
use crate::convert::{Stored, date};
use crate::keyset::{Listed, Place, date_value, day, place};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "exchange_rates")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    // PostgreSQL compares it along an index with the very same type only.
    #[sea_orm(save_as = "char(3)")]
    pub currency: String,
    pub rate_date: TimeDate,
    pub rate_scaled: i64,
    pub created_at_ms: i64,
    pub updated_at_ms: i64,
    pub version: i64,
}

no_relations!();

impl From<&DatedRate> for Model {
    fn from(rate: &DatedRate) -> Self {
        Self {
            id: rate.id.as_uuid(),
            currency: rate.currency.code().to_owned(),
            rate_date: date(rate.rate_date),
            rate_scaled: rate.rate.as_scaled(),
            created_at_ms: rate.created_at.as_millis(),
            updated_at_ms: rate.updated_at.as_millis(),
            version: rate.version.number().into(),
        }
    }
}

impl TryFrom<Model> for DatedRate {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let stored = Stored("exchange_rate");
        Ok(Self {
            id: Id::from_uuid(row.id),
            currency: stored.currency(&row.currency)?,
            rate_date: stored.date(row.rate_date)?,
            rate: stored.good(ExchangeRate::from_scaled(row.rate_scaled))?,
            created_at: Timestamp::from_millis(row.created_at_ms),
            updated_at: Timestamp::from_millis(row.updated_at_ms),
            version: stored.version(row.version)?,
        })
    }
}

impl Listed for Model {
    type Field = ExchangeRateSort;
    const KEY: &'static [Place] = &[place("exchange_rates", "id")];

    fn place(field: ExchangeRateSort) -> Place {
        match field {
            ExchangeRateSort::RateDate => day("exchange_rates", "rate_date"),
            ExchangeRateSort::UpdatedAt => place("exchange_rates", "updated_at_ms"),
        }
    }

    fn value(&self, field: ExchangeRateSort) -> SortValue {
        match field {
            ExchangeRateSort::RateDate => date_value(Some(self.rate_date)),
            ExchangeRateSort::UpdatedAt => SortValue::Integer(self.updated_at_ms),
        }
    }

    fn key(&self) -> Vec<Uuid> {
        vec![self.id]
    }
}
