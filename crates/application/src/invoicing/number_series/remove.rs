//! Removing number series that gave no number.

use gaara_identity::Permission;
use gaara_invoicing::NumberSeries;
use gaara_kernel::{SeriesId, StoreError, Version};
use thiserror::Error;

use super::standing;
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::failure;
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Removes a number series that gave no number.
#[derive(Debug, Clone)]
pub struct RemoveNumberSeries {
    /// Which series.
    pub id: SeriesId,
    /// The version the decision was made on.
    pub expected: Version,
}

/// Why a number series was not removed.
#[derive(Debug, Error)]
pub enum RemoveNumberSeriesError {
    /// There is no such series.
    #[error("there is no such number series")]
    NotFound,
    /// Somebody changed it meanwhile.
    #[error("the number series is at version {current}")]
    Stale {
        /// The version it is at.
        current: Version,
    },
    /// It gave numbers, which refer to it.
    #[error("the number series gave numbers")]
    Used,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(RemoveNumberSeriesError);

impl UseCase for RemoveNumberSeries {
    type Output = NumberSeries;
    type Error = RemoveNumberSeriesError;
    const PERMISSION: Permission = Permission::EditNumberSeries;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<NumberSeries, RemoveNumberSeriesError> {
        let series = unit.series().lock(self.id).await?;
        let series = series.ok_or(RemoveNumberSeriesError::NotFound)?;
        if series.version != self.expected {
            return Err(RemoveNumberSeriesError::Stale { current: series.version });
        }
        let standing = standing(unit, series).await?;
        if standing.is_used() {
            return Err(RemoveNumberSeriesError::Used);
        }
        unit.series().remove(&standing.series).await?;
        let event = Event::new("number_series.removed", standing.series.id, context);
        unit.outbox().add(&event).await?;
        Ok(standing.series)
    }

    fn audit(&self, output: &NumberSeries) -> AuditEntry {
        AuditEntry::new("number_series.removed", output.id).with("code", &output.code)
    }
}
