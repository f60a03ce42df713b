//! Number series and their counters, written.

use async_trait::async_trait;
use gaara_invoicing::{SeriesCounter, SeriesRepository};
use gaara_kernel::{Code, StoreError};
use sea_orm::sea_query::{LockType, Value};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, Set};

use super::{insert, saved};
use crate::bulk::execute_over;
use crate::convert::date;
use crate::entity::number_series;
use crate::entity::series_counter::{ActiveModel, Column, Entity};
use crate::error::failure;
use crate::transaction::SqlTransaction;

#[async_trait]
impl SeriesRepository for SqlTransaction {
    async fn add(&mut self, series: &Code) -> Result<(), StoreError> {
        let row = number_series::Model { code: series.to_string() };
        insert::<number_series::Entity>(&self.connection, row).await
    }

    async fn lock_counter(
        &mut self,
        series: &Code,
        year: i16,
    ) -> Result<Option<SeriesCounter>, StoreError> {
        let wanted: [Value; 2] = [series.as_str().into(), i64::from(year).into()];
        execute_over(&self.connection, &[wanted], |rows| {
            format!(
                "WITH wanted (series, year) AS (VALUES {rows}) \
                 INSERT INTO number_series_counters (series, year, last_sequence) \
                 SELECT code, year, 0 FROM wanted JOIN number_series ON code = series WHERE true \
                 ON CONFLICT (series, year) DO NOTHING"
            )
        })
        .await?;
        let key = (series.to_string(), i64::from(year));
        let query = Entity::find_by_id(key).lock(LockType::NoKeyUpdate);
        let row = query.one(&self.connection).await.map_err(failure)?;
        row.map(SeriesCounter::try_from).transpose()
    }

    async fn save_counter(&mut self, counter: &SeriesCounter) -> Result<(), StoreError> {
        let changed = ActiveModel {
            last_sequence: Set(counter.last_sequence.into()),
            last_issue_date: Set(counter.last_issue_date.map(date)),
            ..Default::default()
        };
        let result = Entity::update_many()
            .set(changed)
            .filter(Column::Series.eq(counter.series.as_str()))
            .filter(Column::Year.eq(i64::from(counter.year)))
            .exec(&self.connection)
            .await
            .map_err(failure)?;
        saved(result.rows_affected, 1, "series_counter")
    }
}
