//! Number series: setting them up, closing them, taking numbers, and what is missing.

mod change;
mod close;
mod create;
mod first;
mod queries;
mod remove;
mod take;

pub use change::{ChangeNumberSeries, ChangeNumberSeriesError};
pub use close::{CloseNumberSeries, CloseNumberSeriesError};
pub use create::{CreateNumberSeries, CreateNumberSeriesError};
pub(crate) use first::add_first_series;
pub use queries::{FindNumberSeries, ListNumberGaps, ListNumberSeries, ShownSeries};
pub use remove::{RemoveNumberSeries, RemoveNumberSeriesError};
pub use take::NumberError;
pub(crate) use take::take_number;

use gaara_invoicing::{
    CounterDecrease, NumberSeries, NumberedDocument, SeriesCounter, SeriesStanding,
};
use gaara_kernel::{Date, StoreError};

use crate::context::Context;
use crate::ports::UnitOfWork;

/// Takes the default away from the series that has it, so that another one can.
async fn demote_default(
    unit: &mut dyn UnitOfWork,
    document: NumberedDocument,
    context: &Context,
) -> Result<(), StoreError> {
    let Some(mut series) = unit.series().lock_default(document).await? else {
        return Ok(());
    };
    series.is_default = false;
    series.updated_at = context.now();
    series.version = series.version.next();
    unit.series().save(&series).await
}

/// Makes the counter of a day's year go on with a number.
async fn go_on_with(
    unit: &mut dyn UnitOfWork,
    series: &NumberSeries,
    today: Date,
    next: u32,
) -> Result<Result<SeriesCounter, CounterDecrease>, StoreError> {
    let year = series.numbering.reset().counted_year(today);
    let counter = unit.series().lock_counter(&series.code, year).await?;
    let mut counter = counter.ok_or(StoreError::Corrupt { entity: "series" })?;
    if let Err(decrease) = counter.go_on_with(next) {
        return Ok(Err(decrease));
    }
    unit.series().save_counter(&counter).await?;
    Ok(Ok(counter))
}

/// A series with its counters, as they are now.
async fn standing(
    unit: &mut dyn UnitOfWork,
    series: NumberSeries,
) -> Result<SeriesStanding, StoreError> {
    let counters = unit.series().counters(&series.code).await?;
    Ok(SeriesStanding { series, counters })
}
