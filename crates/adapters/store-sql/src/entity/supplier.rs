//! A row of `suppliers`.

use gaara_inventory::{Supplier, SupplierSort};
use gaara_kernel::{Id, Money, SortValue, StoreError, SupplierId, TaxId, Timestamp};
use sea_orm::entity::prelude::*;

use super::no_relations;
use crate::convert::{Stored, text};
use crate::details::{details_from_json, details_to_json, instalments_to_json, terms_from_row};
use crate::keyset::{Listed, Place, place};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "suppliers")]
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
    pub archived_at_ms: Option<i64>,
    pub created_at_ms: i64,
    pub updated_at_ms: i64,
    pub version: i64,
    pub details: Json,
    pub instalments: Option<Json>,
}

no_relations!();

impl From<&Supplier> for Model {
    fn from(supplier: &Supplier) -> Self {
        Self {
            id: supplier.id.as_uuid(),
            name_ar: text(supplier.name.ar()),
            name_en: text(supplier.name.en()),
            email: supplier.email.as_ref().map(ToString::to_string),
            tax_id: supplier.tax_id.as_ref().map(ToString::to_string),
            country: supplier.country.code().to_owned(),
            currency: supplier.currency.code().to_owned(),
            credit_limit_minor: supplier.credit_limit.map(Money::minor),
            net_days: supplier.payment_terms.net_days().into(),
            archived_at_ms: supplier.archived_at.map(Timestamp::as_millis),
            created_at_ms: supplier.created_at.as_millis(),
            updated_at_ms: supplier.updated_at.as_millis(),
            version: supplier.version.number().into(),
            details: details_to_json(&supplier.details),
            instalments: instalments_to_json(&supplier.payment_terms),
        }
    }
}

impl TryFrom<Model> for Supplier {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let stored = Stored("supplier");
        let currency = stored.currency(&row.currency)?;
        let limit = row.credit_limit_minor;
        let email = row.email.as_deref();
        Ok(Self {
            id: SupplierId::from_uuid(row.id),
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
    type Field = SupplierSort;
    const KEY: &'static [Place] = &[place("suppliers", "id")];

    fn place(field: SupplierSort) -> Place {
        match field {
            SupplierSort::CreatedAt => place("suppliers", "created_at_ms"),
            SupplierSort::UpdatedAt => place("suppliers", "updated_at_ms"),
        }
    }

    fn value(&self, field: SupplierSort) -> SortValue {
        match field {
            SupplierSort::CreatedAt => SortValue::Integer(self.created_at_ms),
            SupplierSort::UpdatedAt => SortValue::Integer(self.updated_at_ms),
        }
    }

    fn key(&self) -> Vec<Uuid> {
        vec![self.id]
    }
}
