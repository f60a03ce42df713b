//! The one row of `organizations`.

use gaara_identity::Organization;
use gaara_kernel::{Id, Money, OrganizationId, StoreError, TaxId, TimeZone, Timestamp};
use sea_orm::entity::prelude::*;

use super::no_relations;
use crate::convert::{Stored, date, text};
use crate::details::{details_from_json, details_to_json};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organizations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub name_ar: Option<String>,
    pub name_en: Option<String>,
    pub country: String,
    pub currency: String,
    pub time_zone: String,
    pub locked_through: Option<TimeDate>,
    pub created_at_ms: i64,
    pub version: i64,
    pub tax_id: Option<String>,
    pub details: Json,
    pub cash_rounding_minor: Option<i64>,
    pub tax_currency: Option<String>,
}

no_relations!();

impl From<&Organization> for Model {
    fn from(organization: &Organization) -> Self {
        Self {
            id: organization.id.as_uuid(),
            name_ar: text(organization.name.ar()),
            name_en: text(organization.name.en()),
            country: organization.country.code().to_owned(),
            currency: organization.currency.code().to_owned(),
            time_zone: organization.time_zone.name().to_owned(),
            locked_through: organization.locked_through.map(date),
            created_at_ms: organization.created_at.as_millis(),
            version: organization.version.number().into(),
            tax_id: organization.tax_id.as_ref().map(ToString::to_string),
            details: details_to_json(&organization.details),
            cash_rounding_minor: organization.cash_rounding.map(Money::minor),
            tax_currency: organization.tax_currency.map(|it| it.code().to_owned()),
        }
    }
}

impl TryFrom<Model> for Organization {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let stored = Stored("organization");
        let currency = stored.currency(&row.currency)?;
        let coin = row.cash_rounding_minor;
        let tax_currency = row.tax_currency.as_deref();
        Ok(Self {
            id: OrganizationId::from_uuid(row.id),
            name: stored.name(row.name_ar.as_ref(), row.name_en.as_ref())?,
            country: stored.country(&row.country)?,
            currency,
            tax_id: row.tax_id.map(TaxId::from_stored),
            details: details_from_json(stored, &row.details)?,
            cash_rounding: coin.map(|coin| stored.money(coin, currency)).transpose()?,
            tax_currency: tax_currency.map(|code| stored.currency(code)).transpose()?,
            time_zone: stored.good(TimeZone::parse(&row.time_zone))?,
            locked_through: stored.date_if_any(row.locked_through)?,
            created_at: Timestamp::from_millis(row.created_at_ms),
            version: stored.version(row.version)?,
        })
    }
}
