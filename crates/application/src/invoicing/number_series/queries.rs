//! Questions about number series.

use gaara_identity::Permission;
use gaara_invoicing::{NumberRun, NumberRunFilter, SeriesFilter, SeriesSort, SeriesStanding};
use gaara_kernel::{Date, Page, PageRequest, SeriesId};

use crate::context::Context;
use crate::failure::ReadError;
use crate::ports::ReadView;
use crate::use_case::{Query, queries};

queries! {
    /// Lists the numbers given in each year of each series, and those that no document has.
    ListNumberGaps {
        /// Which series and years.
        filter: NumberRunFilter,
    } -> Vec<NumberRun>,
    needs ReadInvoices,
    by number_runs(filter);
}

/// A series, and the number that it would give today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownSeries {
    /// The series.
    pub standing: SeriesStanding,
    /// The sequence of the next document, were it issued today.
    pub next_sequence: u32,
}

impl ShownSeries {
    /// A series as of a day.
    #[must_use]
    pub fn on(standing: SeriesStanding, today: Option<Date>) -> Self {
        let next_sequence = today.map_or(1, |today| standing.next_sequence(today));
        Self { standing, next_sequence }
    }
}

/// The business date of today, once the system is set up.
async fn today(view: &mut dyn ReadView, context: &Context) -> Result<Option<Date>, ReadError> {
    let organization = view.find_organization().await?;
    Ok(organization.map(|organization| organization.date_at(context.now())))
}

/// Finds a number series.
#[derive(Debug, Clone)]
pub struct FindNumberSeries {
    /// Which.
    pub id: SeriesId,
}

impl Query for FindNumberSeries {
    type Output = Option<ShownSeries>;
    type Error = ReadError;
    const PERMISSION: Permission = Permission::ReadNumberSeries;

    async fn run(
        &self,
        view: &mut dyn ReadView,
        context: &Context,
    ) -> Result<Self::Output, ReadError> {
        let today = today(view, context).await?;
        let standing = view.find_series(self.id).await?;
        Ok(standing.map(|standing| ShownSeries::on(standing, today)))
    }
}

/// Lists number series.
#[derive(Debug, Clone)]
pub struct ListNumberSeries {
    /// Which series.
    pub filter: SeriesFilter,
    /// Which part of the list.
    pub page: PageRequest<SeriesSort>,
}

impl Query for ListNumberSeries {
    type Output = Page<ShownSeries>;
    type Error = ReadError;
    const PERMISSION: Permission = Permission::ReadNumberSeries;

    async fn run(
        &self,
        view: &mut dyn ReadView,
        context: &Context,
    ) -> Result<Self::Output, ReadError> {
        let today = today(view, context).await?;
        let page = view.list_series(&self.filter, &self.page).await?;
        Ok(page.map(|standing| ShownSeries::on(standing, today)))
    }
}
