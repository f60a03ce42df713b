//! Changing number series.

use gaara_identity::Permission;
use gaara_invoicing::{
    CounterDecrease, NumberPattern, NumberSeries, NumberedDocument, Numbering, SeriesCounter,
    SeriesReset, SeriesStanding, YearMissing,
};
use gaara_kernel::{SeriesId, StoreError, Version};
use thiserror::Error;

use super::{ShownSeries, demote_default, go_on_with, standing};
use crate::audit::AuditEntry;
use crate::context::Context;
use crate::failure::failure;
use crate::outbox::Event;
use crate::ports::UnitOfWork;
use crate::use_case::UseCase;

/// Changes what is given and keeps the rest. What numbers look like stays once one was given.
#[derive(Debug, Clone)]
pub struct ChangeNumberSeries {
    /// Which series.
    pub id: SeriesId,
    /// The version the change was made on.
    pub expected: Version,
    /// What it numbers.
    pub document: Option<NumberedDocument>,
    /// How its numbers look.
    pub pattern: Option<NumberPattern>,
    /// When they begin anew.
    pub reset: Option<SeriesReset>,
    /// Whether it is the usual one of its kind.
    pub is_default: Option<bool>,
    /// The number it goes on with this year.
    pub next_number: Option<u32>,
}

/// Why a number series was not changed.
#[derive(Debug, Error)]
pub enum ChangeNumberSeriesError {
    /// There is no such series.
    #[error("there is no such number series")]
    NotFound,
    /// The system is not set up.
    #[error("there is no organisation")]
    NotSetUp,
    /// Somebody changed it meanwhile.
    #[error("the number series is at version {current}")]
    Stale {
        /// The version it is at.
        current: Version,
    },
    /// It is closed.
    #[error("the number series is closed")]
    Closed,
    /// It gave numbers, so what they look like stays.
    #[error("the number series gave numbers already")]
    Used,
    /// Its numbers would come again next year.
    #[error(transparent)]
    Numbering(#[from] YearMissing),
    /// It passed this number already.
    #[error(transparent)]
    CounterDecrease(#[from] CounterDecrease),
    /// The store failed; [`StoreError::Duplicate`] names a taken pattern.
    #[error(transparent)]
    Store(#[from] StoreError),
}

failure!(ChangeNumberSeriesError);

impl UseCase for ChangeNumberSeries {
    /// The series before and after.
    type Output = (SeriesStanding, ShownSeries);
    type Error = ChangeNumberSeriesError;
    const PERMISSION: Permission = Permission::EditNumberSeries;

    async fn run(
        &self,
        unit: &mut dyn UnitOfWork,
        context: &Context,
    ) -> Result<Self::Output, ChangeNumberSeriesError> {
        let organization = unit.organization().find().await?;
        let organization = organization.ok_or(ChangeNumberSeriesError::NotSetUp)?;
        let series = unit.series().lock(self.id).await?;
        let before = series.ok_or(ChangeNumberSeriesError::NotFound)?;
        if before.version != self.expected {
            return Err(ChangeNumberSeriesError::Stale { current: before.version });
        }
        if before.closed_at.is_some() {
            return Err(ChangeNumberSeriesError::Closed);
        }
        let after = self.apply(&before, context)?;
        let looks_other = after.document != before.document || after.numbering != before.numbering;
        let before = standing(unit, before).await?;
        if looks_other && before.is_used() {
            return Err(ChangeNumberSeriesError::Used);
        }
        let becomes_default = after.is_default
            && (!before.series.is_default || after.document != before.series.document);
        if becomes_default {
            demote_default(unit, after.document, context).await?;
        }
        unit.series().save(&after).await?;
        let today = organization.date_at(context.now());
        if let Some(next) = self.next_number {
            go_on_with(unit, &after, today, next).await??;
        }
        unit.outbox().add(&Event::new("number_series.changed", after.id, context)).await?;
        let after = standing(unit, after).await?;
        Ok((before, ShownSeries::on(after, Some(today))))
    }

    fn audit(&self, (before, shown): &Self::Output) -> AuditEntry {
        let after = &shown.standing;
        let (old, new) = (&before.series, &after.series);
        let entry = AuditEntry::new("number_series.changed", new.id)
            .with_change("document", &old.document.code(), &new.document.code())
            .with_change("pattern", old.numbering.pattern(), new.numbering.pattern())
            .with_change("reset", &old.numbering.reset().code(), &new.numbering.reset().code())
            .with_change("default", &old.is_default, &new.is_default);
        let passed = |standing: &SeriesStanding, year: i16| {
            let found = standing.counters.iter().find(|counter| counter.year == year);
            found.map_or(0, |counter| counter.last_sequence)
        };
        let changed =
            |counter: &&SeriesCounter| passed(before, counter.year) != counter.last_sequence;
        after.counters.iter().filter(changed).fold(entry, |entry, counter| {
            let next = |last: u32| last.saturating_add(1);
            let from = next(passed(before, counter.year));
            entry.with_change("next_number", &from, &next(counter.last_sequence))
        })
    }
}

impl ChangeNumberSeries {
    fn apply(&self, before: &NumberSeries, context: &Context) -> Result<NumberSeries, YearMissing> {
        let numbering = &before.numbering;
        let pattern = self.pattern.clone().unwrap_or_else(|| numbering.pattern().clone());
        let reset = self.reset.unwrap_or_else(|| numbering.reset());
        Ok(NumberSeries {
            document: self.document.unwrap_or(before.document),
            numbering: Numbering::try_new(pattern, reset)?,
            is_default: self.is_default.unwrap_or(before.is_default),
            updated_at: context.now(),
            version: before.version.next(),
            ..before.clone()
        })
    }
}
