//! Number series, read, and the numbers that no document has.

use std::collections::HashMap;
use std::fmt::Write;

use async_trait::async_trait;
use gaara_invoicing::{
    NumberGap, NumberRun, NumberRunFilter, NumberSeries, NumberedDocument, SeriesCounter,
    SeriesFilter, SeriesSort, SeriesStanding, SeriesView,
};
use gaara_kernel::{Id, Page, PageRequest, SeriesId, StoreError};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryTrait,
    Statement, Value,
};

use super::SqlView;
use crate::convert::Stored;
use crate::entity::number_series::{Column, Entity, Model};
use crate::error::failure;
use crate::keyset::page;
use crate::repository::all;
use crate::repository::series::counters_of;

/// Runs of given numbers, and with each the hole that follows it, if any.
///
/// The numbers of documents and the two ends of each counter stand in one line; where two that
/// follow each other are more than one apart, what is between them is missing. Documents are read
/// along the key of their numbers.
pub(crate) const RUNS: &str = "\
    WITH counted AS (SELECT series, year, first_sequence, last_sequence \
        FROM number_series_counters WHERE last_issue_date IS NOT NULL {filter}), \
    placed AS (SELECT c.series, c.year, i.number_sequence AS number FROM counted AS c \
            CROSS JOIN invoices AS i WHERE i.number_series = c.series AND i.number_year = c.year \
        UNION ALL SELECT series, year, first_sequence - 1 FROM counted \
        UNION ALL SELECT series, year, last_sequence + 1 FROM counted), \
    steps AS (SELECT series, year, number, \
        LEAD(number) OVER (PARTITION BY series, year ORDER BY number) AS next FROM placed) \
    SELECT c.series, c.year, c.first_sequence, c.last_sequence, s.number + 1 AS gap_from, \
        s.next - 1 AS gap_to FROM counted AS c LEFT JOIN steps AS s \
        ON s.series = c.series AND s.year = c.year AND s.next - s.number > 1 \
    ORDER BY c.series, c.year, s.number";

#[derive(FromQueryResult)]
struct RunRow {
    series: String,
    year: i64,
    first_sequence: i64,
    last_sequence: i64,
    gap_from: Option<i64>,
    gap_to: Option<i64>,
}

impl SqlView {
    /// Puts counters to their series, all of them read at once.
    async fn with_counters(&self, rows: Vec<Model>) -> Result<Vec<SeriesStanding>, StoreError> {
        let codes: Vec<String> = rows.iter().map(|row| row.code.clone()).collect();
        let mut counters: HashMap<String, Vec<SeriesCounter>> = HashMap::new();
        for counter in counters_of(&self.connection, &codes).await? {
            counters.entry(counter.series.to_string()).or_default().push(counter);
        }
        let standing = |row: Model| {
            let counters = counters.remove(&row.code).unwrap_or_default();
            Ok(SeriesStanding { series: NumberSeries::try_from(row)?, counters })
        };
        rows.into_iter().map(standing).collect()
    }
}

#[async_trait]
impl SeriesView for SqlView {
    async fn find_series(&mut self, id: SeriesId) -> Result<Option<SeriesStanding>, StoreError> {
        let query = Entity::find().filter(Column::Id.eq(id.as_uuid()));
        let rows = all(&self.connection, query).await?;
        Ok(self.with_counters(rows).await?.pop())
    }

    async fn list_series(
        &mut self,
        filter: &SeriesFilter,
        request: &PageRequest<SeriesSort>,
    ) -> Result<Page<SeriesStanding>, StoreError> {
        let documents = filter.documents.iter().copied().map(NumberedDocument::code);
        let condition = Condition::all()
            .add_option((!filter.documents.is_empty()).then(|| Column::Document.is_in(documents)))
            .add_option(filter.closed.map(|closed| {
                let column = Column::ClosedAtMs;
                if closed { column.is_not_null() } else { column.is_null() }
            }));
        let query = Entity::find().filter(condition).into_query();
        let rows = page::<Model>(&self.connection, query, request).await?;
        let items = self.with_counters(rows.items).await?;
        Ok(Page { items, next: rows.next, total: rows.total })
    }

    async fn number_runs(
        &mut self,
        filter: &NumberRunFilter,
    ) -> Result<Vec<NumberRun>, StoreError> {
        let (mut conditions, mut values): (String, Vec<Value>) = (String::new(), Vec::new());
        if let Some(series) = &filter.series {
            values.push(series.as_str().into());
            conditions.push_str(" AND series = $1");
        }
        if let Some(year) = filter.year {
            // Writing to a text cannot fail.
            values.push(i64::from(year).into());
            let _ = write!(conditions, " AND year = ${}", values.len());
        }
        let text = RUNS.replace("{filter}", &conditions);
        let backend = self.connection.get_database_backend();
        let statement = Statement::from_sql_and_values(backend, text, values);
        let rows = self.connection.query_all_raw(statement).await.map_err(failure)?;
        let mut runs: Vec<NumberRun> = Vec::new();
        for row in rows {
            let row = RunRow::from_query_result(&row, "").map_err(failure)?;
            add_to_runs(&mut runs, &row)?;
        }
        Ok(runs)
    }
}

/// Adds a row to the run it belongs to, which is the last one or a new one.
fn add_to_runs(runs: &mut Vec<NumberRun>, row: &RunRow) -> Result<(), StoreError> {
    let stored = Stored("series");
    let (series, year) = (stored.code(&row.series)?, stored.number(row.year)?);
    let gap = match (row.gap_from, row.gap_to) {
        (Some(from), Some(to)) => {
            Some(NumberGap { from: stored.number(from)?, to: stored.number(to)? })
        }
        _ => None,
    };
    match runs.last_mut() {
        Some(run) if run.series == series && run.year == year => run.gaps.extend(gap),
        _ => runs.push(NumberRun {
            series,
            year,
            first: stored.number(row.first_sequence)?,
            last: stored.number(row.last_sequence)?,
            gaps: gap.into_iter().collect(),
        }),
    }
    Ok(())
}
