//! Closing number series.

use gaara_identity::Permission;
use gaara_kernel::{SeriesId, StoreError, Version};
use thiserror::Error;

use super::{ShownSeries, standing};
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::failure;
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Closes a number series for good: it gives no more numbers, and is nobody's default.
#[derive(Debug, Clone)]
pub struct CloseNumberSeries {
    /// Which series.
    pub id: SeriesId,
    /// The version the decision was made on, where that matters.
    pub expected: Option<Version>,
}

/// Why a number series was not closed.
#[derive(Debug, Error)]
pub enum CloseNumberSeriesError {
    /// There is no such series.
    #[error("there is no such number series")]
    NotFound,
    /// Somebody changed it meanwhile.
    #[error("the number series is at version {current}")]
    Stale {
        /// The version it is at.
        current: Version,
    },
    /// It is closed already.
    #[error("the number series is closed")]
    Closed,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(CloseNumberSeriesError);

impl UseCase for CloseNumberSeries {
    type Output = ShownSeries;
    type Error = CloseNumberSeriesError;
    const PERMISSION: Permission = Permission::EditNumberSeries;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<ShownSeries, CloseNumberSeriesError> {
        let organization = unit.organization().find().await?;
        let today = organization.map(|organization| organization.date_at(context.now()));
        let series = unit.series().lock(self.id).await?;
        let mut series = series.ok_or(CloseNumberSeriesError::NotFound)?;
        if self.expected.is_some_and(|expected| expected != series.version) {
            return Err(CloseNumberSeriesError::Stale { current: series.version });
        }
        if series.closed_at.is_some() {
            return Err(CloseNumberSeriesError::Closed);
        }
        series.closed_at = Some(context.now());
        series.is_default = false;
        series.updated_at = context.now();
        series.version = series.version.next();
        unit.series().save(&series).await?;
        unit.outbox().add(&Event::new("number_series.closed", series.id, context)).await?;
        Ok(ShownSeries::on(standing(unit, series).await?, today))
    }

    fn audit(&self, output: &ShownSeries) -> AuditEntry {
        AuditEntry::new("number_series.closed", output.standing.series.id)
    }
}
