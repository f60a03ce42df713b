//! A row of `number_series_counters`.

use gaara_invoicing::SeriesCounter;
use gaara_kernel::StoreError;
use sea_orm::entity::prelude::*;

use super::no_relations;
use crate::convert::Stored;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "number_series_counters")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub series: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub year: i64,
    pub last_sequence: i64,
    pub last_issue_date: Option<TimeDate>,
    pub first_sequence: i64,
}

no_relations!();

impl TryFrom<Model> for SeriesCounter {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let stored = Stored("series");
        Ok(Self {
            series: stored.code(&row.series)?,
            year: stored.number(row.year)?,
            first_sequence: stored.number(row.first_sequence)?,
            last_sequence: stored.number(row.last_sequence)?,
            last_issue_date: stored.date_if_any(row.last_issue_date)?,
        })
    }
}
