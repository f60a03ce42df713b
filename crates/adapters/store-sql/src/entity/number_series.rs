//! A row of `number_series`.

use gaara_invoicing::{
    NumberPattern, NumberSeries, NumberedDocument, Numbering, SeriesReset, SeriesSort,
};
use gaara_kernel::{Id, SeriesId, SortValue, StoreError, Timestamp};
use sea_orm::entity::prelude::*;

use super::no_relations;
use crate::convert::Stored;
use crate::keyset::{Listed, Place, place};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "number_series")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    pub id: Uuid,
    pub document: String,
    pub pattern: String,
    pub reset: String,
    pub is_default: bool,
    pub closed_at_ms: Option<i64>,
    pub created_at_ms: i64,
    pub updated_at_ms: i64,
    pub version: i64,
}

no_relations!();

impl From<&NumberSeries> for Model {
    fn from(series: &NumberSeries) -> Self {
        Self {
            code: series.code.to_string(),
            id: series.id.as_uuid(),
            document: series.document.code().to_owned(),
            pattern: series.numbering.pattern().to_string(),
            reset: series.numbering.reset().code().to_owned(),
            is_default: series.is_default,
            closed_at_ms: series.closed_at.map(Timestamp::as_millis),
            created_at_ms: series.created_at.as_millis(),
            updated_at_ms: series.updated_at.as_millis(),
            version: series.version.number().into(),
        }
    }
}

impl TryFrom<Model> for NumberSeries {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let stored = Stored("series");
        let pattern = stored.good(NumberPattern::parse(&row.pattern))?;
        let reset = stored.some(SeriesReset::from_code(&row.reset))?;
        Ok(Self {
            id: SeriesId::from_uuid(row.id),
            code: stored.code(&row.code)?,
            document: stored.some(NumberedDocument::from_code(&row.document))?,
            numbering: stored.good(Numbering::try_new(pattern, reset))?,
            is_default: row.is_default,
            closed_at: row.closed_at_ms.map(Timestamp::from_millis),
            created_at: Timestamp::from_millis(row.created_at_ms),
            updated_at: Timestamp::from_millis(row.updated_at_ms),
            version: stored.version(row.version)?,
        })
    }
}

impl Listed for Model {
    type Field = SeriesSort;
    const KEY: &'static [Place] = &[place("number_series", "id")];

    fn place(field: SeriesSort) -> Place {
        match field {
            SeriesSort::Code => place("number_series", "code"),
            SeriesSort::CreatedAt => place("number_series", "created_at_ms"),
        }
    }

    fn value(&self, field: SeriesSort) -> SortValue {
        match field {
            SeriesSort::Code => SortValue::Text(self.code.clone()),
            SeriesSort::CreatedAt => SortValue::Integer(self.created_at_ms),
        }
    }

    fn key(&self) -> Vec<Uuid> {
        vec![self.id]
    }
}
