//! The one row of `organizations`.

use gaara_identity::Organization;
use gaara_kernel::{Id, OrganizationId, StoreError, TimeZone, Timestamp};
use sea_orm::entity::prelude::*;

use super::no_relations;
use crate::convert::{Stored, date, text};

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
        }
    }
}

impl TryFrom<Model> for Organization {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let stored = Stored("organization");
        Ok(Self {
            id: OrganizationId::from_uuid(row.id),
            name: stored.name(row.name_ar.as_ref(), row.name_en.as_ref())?,
            country: stored.country(&row.country)?,
            currency: stored.currency(&row.currency)?,
            time_zone: stored.good(TimeZone::parse(&row.time_zone))?,
            locked_through: stored.date_if_any(row.locked_through)?,
            created_at: Timestamp::from_millis(row.created_at_ms),
            version: stored.version(row.version)?,
        })
    }
}
