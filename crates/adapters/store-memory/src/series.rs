//! Number series in memory.

use async_trait::async_trait;
use gaara_invoicing::{
    Invoice, NumberRun, NumberRunFilter, NumberSeries, NumberedDocument, SeriesChoice,
    SeriesCounter, SeriesFilter, SeriesRepository, SeriesSort, SeriesStanding, SeriesView,
    gaps_between,
};
use gaara_kernel::{Code, Id, Page, PageRequest, SeriesId, SortValue, StoreError};
use uuid::Uuid;

use crate::list::{Listed, page};
use crate::records::{Records, add, save, unique};
use crate::store::{MemoryTransaction, MemoryView};

#[async_trait]
impl SeriesRepository for MemoryTransaction {
    async fn add(&mut self, series: &NumberSeries) -> Result<(), StoreError> {
        self.with(|records| {
            let free = records.series.values().all(|other| other.code != series.code);
            unique(free, "series.code")?;
            check(records, series)?;
            add(&mut records.series, series.id, series.clone(), "series.id")
        })
    }

    async fn lock(&mut self, id: SeriesId) -> Result<Option<NumberSeries>, StoreError> {
        self.with(|records| Ok(records.series.get(&id).cloned()))
    }

    async fn lock_default(
        &mut self,
        document: NumberedDocument,
    ) -> Result<Option<NumberSeries>, StoreError> {
        self.hold(&SeriesChoice::Default(document)).await
    }

    async fn hold(&mut self, choice: &SeriesChoice) -> Result<Option<NumberSeries>, StoreError> {
        let chosen = |series: &&NumberSeries| match choice {
            SeriesChoice::Named(code) => series.code == *code,
            SeriesChoice::Default(document) => series.is_default && series.document == *document,
        };
        self.with(|records| Ok(records.series.values().find(chosen).cloned()))
    }

    async fn save(&mut self, series: &NumberSeries) -> Result<(), StoreError> {
        self.with(|records| {
            check(records, series)?;
            save(&mut records.series, &series.id, series.clone(), "series")
        })
    }

    async fn remove(&mut self, series: &NumberSeries) -> Result<(), StoreError> {
        self.with(|records| {
            records.counters.retain(|(code, _), _| *code != series.code);
            let removed = records.series.remove(&series.id);
            removed.map(|_| ()).ok_or(StoreError::Corrupt { entity: "series" })
        })
    }

    async fn counters(&mut self, series: &Code) -> Result<Vec<SeriesCounter>, StoreError> {
        self.with(|records| Ok(counters(records, series)))
    }

    async fn lock_counter(
        &mut self,
        series: &Code,
        year: i16,
    ) -> Result<Option<SeriesCounter>, StoreError> {
        self.with(|records| {
            if records.series.values().all(|known| known.code != *series) {
                return Ok(None);
            }
            let counter = records
                .counters
                .entry((series.clone(), year))
                .or_insert_with(|| SeriesCounter::new(series.clone(), year));
            Ok(Some(counter.clone()))
        })
    }

    async fn save_counter(&mut self, counter: &SeriesCounter) -> Result<(), StoreError> {
        self.with(|records| {
            let key = (counter.series.clone(), counter.year);
            save(&mut records.counters, &key, counter.clone(), "series_counter")
        })
    }
}

/// What a row shares with no other one. There is one writer here, so a second default is a fault
/// of the use case and no meeting of two.
fn check(records: &Records, series: &NumberSeries) -> Result<(), StoreError> {
    let mut others = records.series.values().filter(|other| other.id != series.id);
    let free = others.clone().all(|other| other.numbering.pattern() != series.numbering.pattern());
    unique(free, "series.pattern")?;
    let is_default = |other: &NumberSeries| other.is_default && other.document == series.document;
    if series.is_default && others.any(is_default) {
        return Err(StoreError::Conflict);
    }
    Ok(())
}

fn counters(records: &Records, series: &Code) -> Vec<SeriesCounter> {
    let own = records.counters.values().rev().filter(|counter| counter.series == *series);
    own.cloned().collect()
}

fn standing(records: &Records, series: &NumberSeries) -> SeriesStanding {
    SeriesStanding { series: series.clone(), counters: counters(records, &series.code) }
}

impl Listed<SeriesSort> for SeriesStanding {
    fn value(&self, field: SeriesSort) -> SortValue {
        match field {
            SeriesSort::Code => SortValue::Text(self.series.code.to_string()),
            SeriesSort::CreatedAt => SortValue::Integer(self.series.created_at.as_millis()),
        }
    }

    fn tie(&self) -> Vec<Uuid> {
        vec![self.series.id.as_uuid()]
    }
}

#[async_trait]
impl SeriesView for MemoryView {
    async fn find_series(&mut self, id: SeriesId) -> Result<Option<SeriesStanding>, StoreError> {
        Ok(self.records.series.get(&id).map(|series| standing(&self.records, series)))
    }

    async fn list_series(
        &mut self,
        filter: &SeriesFilter,
        request: &PageRequest<SeriesSort>,
    ) -> Result<Page<SeriesStanding>, StoreError> {
        let matches = |series: &&NumberSeries| {
            (filter.documents.is_empty() || filter.documents.contains(&series.document))
                && filter.closed.is_none_or(|closed| closed == series.closed_at.is_some())
        };
        let rows = self.records.series.values().filter(matches);
        Ok(page(rows.map(|series| standing(&self.records, series)), request))
    }

    async fn number_runs(
        &mut self,
        filter: &NumberRunFilter,
    ) -> Result<Vec<NumberRun>, StoreError> {
        let asked = |counter: &&SeriesCounter| {
            counter.is_used()
                && filter.series.as_ref().is_none_or(|series| *series == counter.series)
                && filter.year.is_none_or(|year| year == counter.year)
        };
        let run = |counter: &SeriesCounter| NumberRun {
            series: counter.series.clone(),
            year: counter.year,
            first: counter.first_sequence,
            last: counter.last_sequence,
            gaps: gaps_between(
                counter.first_sequence,
                counter.last_sequence,
                taken(&self.records, counter),
            ),
        };
        Ok(self.records.counters.values().filter(asked).map(run).collect())
    }
}

/// The numbers that documents have of a series in a year.
fn taken(records: &Records, counter: &SeriesCounter) -> Vec<u32> {
    let number = |invoice: &Invoice| match invoice {
        Invoice::Issued(issued) => Some(issued.number.clone()),
        Invoice::Draft(_) => None,
    };
    let numbers = records.invoices.values().filter_map(|invoice| number(invoice));
    let of_counter =
        numbers.filter(|number| number.series == counter.series && number.year == counter.year);
    of_counter.map(|number| number.sequence).collect()
}
