//! Number series and their counters, written.

use async_trait::async_trait;
use gaara_invoicing::{
    NumberSeries, NumberedDocument, SeriesChoice, SeriesCounter, SeriesRepository,
};
use gaara_kernel::{Code, Id, SeriesId, StoreError};
use sea_orm::sea_query::{LockType, Value};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, Select, Set,
};

use super::{all, insert, saved};
use crate::bulk::execute_over;
use crate::convert::date;
use crate::entity::number_series as series_row;
use crate::entity::series_counter::{ActiveModel, Column, Entity};
use crate::error::failure;
use crate::session::Session;
use crate::transaction::SqlTransaction;

/// The counters of series, by series and the latest year first.
pub(crate) async fn counters_of(
    connection: &Session,
    codes: &[String],
) -> Result<Vec<SeriesCounter>, StoreError> {
    let query = Entity::find()
        .filter(Column::Series.is_in(codes.iter().map(String::as_str)))
        .order_by_asc(Column::Series)
        .order_by_desc(Column::Year);
    let rows = all(connection, query).await?;
    rows.into_iter().map(SeriesCounter::try_from).collect()
}

/// The chosen series.
fn chosen(choice: &SeriesChoice) -> Select<series_row::Entity> {
    use series_row::Column as Row;
    let query = series_row::Entity::find();
    match choice {
        SeriesChoice::Named(code) => query.filter(Row::Code.eq(code.as_str())),
        SeriesChoice::Default(document) => {
            query.filter(Row::Document.eq(document.code())).filter(Row::IsDefault.eq(true))
        }
    }
}

async fn locked(
    connection: &Session,
    query: Select<series_row::Entity>,
    lock: LockType,
) -> Result<Option<NumberSeries>, StoreError> {
    let row = query.lock(lock).one(connection).await.map_err(failure)?;
    row.map(NumberSeries::try_from).transpose()
}

#[async_trait]
impl SeriesRepository for SqlTransaction {
    async fn add(&mut self, series: &NumberSeries) -> Result<(), StoreError> {
        insert::<series_row::Entity>(&self.connection, series_row::Model::from(series)).await
    }

    async fn lock(&mut self, id: SeriesId) -> Result<Option<NumberSeries>, StoreError> {
        let query = series_row::Entity::find().filter(series_row::Column::Id.eq(id.as_uuid()));
        locked(&self.connection, query, LockType::Update).await
    }

    async fn lock_default(
        &mut self,
        document: NumberedDocument,
    ) -> Result<Option<NumberSeries>, StoreError> {
        let query = chosen(&SeriesChoice::Default(document));
        locked(&self.connection, query, LockType::Update).await
    }

    async fn hold(&mut self, choice: &SeriesChoice) -> Result<Option<NumberSeries>, StoreError> {
        locked(&self.connection, chosen(choice), LockType::KeyShare).await
    }

    async fn save(&mut self, series: &NumberSeries) -> Result<(), StoreError> {
        let result = series_row::Entity::update_many()
            .set(series_row::Model::from(series).into_active_model().reset_all())
            .filter(series_row::Column::Id.eq(series.id.as_uuid()))
            .exec(&self.connection)
            .await
            .map_err(failure)?;
        saved(result.rows_affected, 1, "series")
    }

    async fn remove(&mut self, series: &NumberSeries) -> Result<(), StoreError> {
        Entity::delete_many()
            .filter(Column::Series.eq(series.code.as_str()))
            .exec(&self.connection)
            .await
            .map_err(failure)?;
        let result = series_row::Entity::delete_many()
            .filter(series_row::Column::Id.eq(series.id.as_uuid()))
            .exec(&self.connection)
            .await
            .map_err(failure)?;
        saved(result.rows_affected, 1, "series")
    }

    async fn counters(&mut self, series: &Code) -> Result<Vec<SeriesCounter>, StoreError> {
        counters_of(&self.connection, &[series.to_string()]).await
    }

    async fn lock_counter(
        &mut self,
        series: &Code,
        year: i16,
    ) -> Result<Option<SeriesCounter>, StoreError> {
        let wanted: [Value; 2] = [series.as_str().into(), i64::from(year).into()];
        execute_over(&self.connection, &[wanted], |rows| {
            format!(
                "WITH wanted (series, year) AS ({rows}) \
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
            first_sequence: Set(counter.first_sequence.into()),
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
