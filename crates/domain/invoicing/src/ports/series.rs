//! What numbering needs from a store.

use async_trait::async_trait;
use gaara_kernel::{Code, Page, PageRequest, SeriesId, StoreError};

use crate::list::{SeriesFilter, SeriesSort};
use crate::series::{NumberRun, NumberSeries, NumberedDocument, SeriesCounter, SeriesStanding};

/// Which series a document takes its number from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SeriesChoice {
    /// The one with this code.
    Named(Code),
    /// The usual one of its kind.
    Default(NumberedDocument),
}

/// Keeps number series.
#[async_trait]
pub trait SeriesRepository: Send {
    /// Adds a series.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] with `series.id`, `series.code` or `series.pattern`;
    /// [`StoreError::Conflict`] when another series of the kind became the default meanwhile.
    async fn add(&mut self, series: &NumberSeries) -> Result<(), StoreError>;

    /// A series, kept from every other writer and holder until the unit ends.
    async fn lock(&mut self, id: SeriesId) -> Result<Option<NumberSeries>, StoreError>;

    /// The default series of a kind, kept from every other writer and holder until the unit ends.
    async fn lock_default(
        &mut self,
        document: NumberedDocument,
    ) -> Result<Option<NumberSeries>, StoreError>;

    /// A series, kept from being changed or closed until the unit ends; many may hold it at once.
    async fn hold(&mut self, choice: &SeriesChoice) -> Result<Option<NumberSeries>, StoreError>;

    /// Saves a series that was locked before.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] with `series.pattern`; [`StoreError::Conflict`] when another
    /// series of the kind became the default meanwhile.
    async fn save(&mut self, series: &NumberSeries) -> Result<(), StoreError>;

    /// Removes a series that was locked before and gave no number, with its counters.
    async fn remove(&mut self, series: &NumberSeries) -> Result<(), StoreError>;

    /// The counters of a series, the latest year first.
    async fn counters(&mut self, series: &Code) -> Result<Vec<SeriesCounter>, StoreError>;

    /// The counter of a series in a year, kept from every other writer until the unit ends; added
    /// at zero first when the year is new. `None` when there is no such series.
    ///
    /// It is the last lock of a unit: everybody who issues waits for it.
    async fn lock_counter(
        &mut self,
        series: &Code,
        year: i16,
    ) -> Result<Option<SeriesCounter>, StoreError>;

    /// Saves a counter that was locked before.
    async fn save_counter(&mut self, counter: &SeriesCounter) -> Result<(), StoreError>;
}

/// Which counted numbers to look at; every condition must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NumberRunFilter {
    /// Only those of this series.
    pub series: Option<Code>,
    /// Only those of this year.
    pub year: Option<i16>,
}

/// Reads numbering without waiting for writers.
#[async_trait]
pub trait SeriesView: Send {
    /// A series by id.
    async fn find_series(&mut self, id: SeriesId) -> Result<Option<SeriesStanding>, StoreError>;

    /// Series that match, sorted.
    async fn list_series(
        &mut self,
        filter: &SeriesFilter,
        page: &PageRequest<SeriesSort>,
    ) -> Result<Page<SeriesStanding>, StoreError>;

    /// The numbers given in each year of each series that gave one, and those that no document
    /// has; by series and year.
    async fn number_runs(&mut self, filter: &NumberRunFilter)
    -> Result<Vec<NumberRun>, StoreError>;
}
