//! A row of `customers`.

use gaara_invoicing::{Customer, CustomerSort};
use gaara_kernel::{CustomerId, Id, Money, SortValue, StoreError, TaxId, Timestamp};
use sea_orm::entity::prelude::*;

use super::no_relations;
use crate::convert::{Stored, text};
use crate::details::{details_from_json, details_to_json, instalments_to_json, terms_from_row};
use crate::keyset::{Listed, Place, place};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "customers")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub name_ar: Option<String>,
    pub name_en: Option<String>,
    pub email: Option<String>,
    pub tax_id: Option<String>,
    pub country: String,
    pub currency: String,
    pub credit_limit_minor: Option<i64>,
    pub net_days: i64,
    pub created_at_ms: i64,
    pub updated_at_ms: i64,
    pub version: i64,
    pub details: Json,
    pub instalments: Option<Json>,
    pub archived_at_ms: Option<i64>,
}

no_relations!();

impl From<&Customer> for Model {
    fn from(customer: &Customer) -> Self {
        Self {
            id: customer.id.as_uuid(),
            name_ar: text(customer.name.ar()),
            name_en: text(customer.name.en()),
            email: customer.email.as_ref().map(ToString::to_string),
            tax_id: customer.tax_id.as_ref().map(ToString::to_string),
            country: customer.country.code().to_owned(),
            currency: customer.currency.code().to_owned(),
            credit_limit_minor: customer.credit_limit.map(Money::minor),
            net_days: customer.payment_terms.net_days().into(),
            created_at_ms: customer.created_at.as_millis(),
            updated_at_ms: customer.updated_at.as_millis(),
            version: customer.version.number().into(),
            details: details_to_json(&customer.details),
            instalments: instalments_to_json(&customer.payment_terms),
            archived_at_ms: customer.archived_at.map(Timestamp::as_millis),
        }
    }
}

impl TryFrom<Model> for Customer {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let stored = Stored("customer");
        let currency = stored.currency(&row.currency)?;
        let limit = row.credit_limit_minor;
        let email = row.email.as_deref();
        Ok(Self {
            id: CustomerId::from_uuid(row.id),
            name: stored.name(row.name_ar.as_ref(), row.name_en.as_ref())?,
            email: email.map(|email| stored.email(email)).transpose()?,
            tax_id: row.tax_id.map(TaxId::from_stored),
            details: details_from_json(stored, &row.details)?,
            country: stored.country(&row.country)?,
            currency,
            credit_limit: limit.map(|limit| stored.money(limit, currency)).transpose()?,
            payment_terms: terms_from_row(stored, row.net_days, row.instalments.as_ref())?,
            archived_at: row.archived_at_ms.map(Timestamp::from_millis),
            created_at: Timestamp::from_millis(row.created_at_ms),
            updated_at: Timestamp::from_millis(row.updated_at_ms),
            version: stored.version(row.version)?,
        })
    }
}

impl Listed for Model {
    type Field = CustomerSort;
    const KEY: &'static [Place] = &[place("customers", "id")];

    fn place(field: CustomerSort) -> Place {
        match field {
            CustomerSort::CreatedAt => place("customers", "created_at_ms"),
            CustomerSort::UpdatedAt => place("customers", "updated_at_ms"),
        }
    }

    fn value(&self, field: CustomerSort) -> SortValue {
        match field {
            CustomerSort::CreatedAt => SortValue::Integer(self.created_at_ms),
            CustomerSort::UpdatedAt => SortValue::Integer(self.updated_at_ms),
        }
    }

    fn key(&self) -> Vec<Uuid> {
        vec![self.id]
    }
}
