//! Adding number series.

use gaara_identity::Permission;
use gaara_invoicing::{NumberSeries, NumberedDocument, Numbering, SeriesStanding};
use gaara_kernel::{Code, SeriesId, StoreError, Version};
use thiserror::Error;

use super::{ShownSeries, demote_default, go_on_with};
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::failure;
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Adds a number series.
#[derive(Debug, Clone)]
pub struct CreateNumberSeries {
    /// The id a client chose.
    pub id: Option<SeriesId>,
    /// The code it is named by.
    pub code: Code,
    /// What it numbers.
    pub document: NumberedDocument,
    /// How its numbers look, and when they begin anew.
    pub numbering: Numbering,
    /// Whether it becomes the usual one of its kind.
    pub is_default: bool,
    /// The number it begins with this year; 1 when absent. Other years begin with 1.
    pub next_number: Option<u32>,
}

/// Why a number series was not added.
#[derive(Debug, Error)]
pub enum CreateNumberSeriesError {
    /// The system is not set up.
    #[error("there is no organisation")]
    NotSetUp,
    /// A series begins with 1 at the earliest.
    #[error("a series begins with 1 at the earliest")]
    NextNumber,
    /// The store failed; [`StoreError::Duplicate`] names a taken code or pattern.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(CreateNumberSeriesError);

impl UseCase for CreateNumberSeries {
    type Output = ShownSeries;
    type Error = CreateNumberSeriesError;
    const PERMISSION: Permission = Permission::EditNumberSeries;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<ShownSeries, CreateNumberSeriesError> {
        let organization = unit.organization().find().await?;
        let organization = organization.ok_or(CreateNumberSeriesError::NotSetUp)?;
        let series = NumberSeries {
            id: context.id_or_new(self.id),
            code: self.code.clone(),
            document: self.document,
            numbering: self.numbering.clone(),
            is_default: self.is_default,
            closed_at: None,
            created_at: context.now(),
            updated_at: context.now(),
            version: Version::FIRST,
        };
        if series.is_default {
            demote_default(unit, series.document, context).await?;
        }
        unit.series().add(&series).await?;
        let mut counters = Vec::new();
        let today = organization.date_at(context.now());
        if let Some(next) = self.next_number {
            let counter = go_on_with(unit, &series, today, next).await?;
            counters.push(counter.map_err(|_| CreateNumberSeriesError::NextNumber)?);
        }
        unit.outbox().add(&Event::new("number_series.created", series.id, context)).await?;
        Ok(ShownSeries::on(SeriesStanding { series, counters }, Some(today)))
    }

    fn audit(&self, output: &ShownSeries) -> AuditEntry {
        let series = &output.standing.series;
        let entry = AuditEntry::new("number_series.created", series.id)
            .with("code", &series.code)
            .with("document", &series.document.code())
            .with("pattern", series.numbering.pattern())
            .with("reset", &series.numbering.reset().code())
            .with("default", &series.is_default);
        match self.next_number {
            Some(next) => entry.with("next_number", &next),
            None => entry,
        }
    }
}
