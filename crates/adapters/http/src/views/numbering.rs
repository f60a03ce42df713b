//! Number series, and the numbers that are missing.

use gaara_application::invoicing::ShownSeries;
use gaara_invoicing::{NumberRun, SeriesCounter, SeriesStanding};
use gaara_kernel::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// How far a series has come in one year.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CounterBody {
    /// The year; `null` where years make no difference.
    #[schema(example = 2026, required = true)]
    pub(crate) year: Option<i16>,
    /// The number that it began with.
    pub(crate) first_number: u32,
    /// The last number that is passed.
    pub(crate) last_number: u32,
    /// The issue date of the last document.
    #[schema(required = true)]
    pub(crate) last_issue_date: Option<String>,
}

impl From<&SeriesCounter> for CounterBody {
    fn from(counter: &SeriesCounter) -> Self {
        Self {
            year: year(counter.year),
            first_number: counter.first_sequence,
            last_number: counter.last_sequence,
            last_issue_date: counter.last_issue_date.map(|date| date.to_string()),
        }
    }
}

/// A number series.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SeriesBody {
    /// The id.
    #[schema(example = "ser_01kare0z0qf8b8rmyh0z0hdrt5")]
    pub(crate) id: String,
    /// The code it is named by.
    #[schema(example = "INV")]
    pub(crate) code: String,
    /// What it numbers.
    #[schema(example = "sale_invoice")]
    pub(crate) document: &'static str,
    /// How its numbers look.
    #[schema(example = "INV-{year}-{sequence:05}")]
    pub(crate) pattern: String,
    /// When it begins anew: `yearly` or `never`.
    #[schema(example = "yearly")]
    pub(crate) reset: &'static str,
    /// Whether documents of its kind take their number from it when they name no series.
    pub(crate) default: bool,
    /// `active` or `closed`.
    #[schema(example = "active")]
    pub(crate) status: &'static str,
    /// When it was closed; `null` while it gives numbers.
    #[schema(required = true)]
    pub(crate) closed_at: Option<String>,
    /// The place that a document issued today would take.
    #[schema(example = 1)]
    pub(crate) next_number: u32,
    /// How far it has come, the latest year first.
    pub(crate) counters: Vec<CounterBody>,
    /// When it was added.
    pub(crate) created_at: String,
    /// When it was last saved.
    pub(crate) updated_at: String,
    /// How often it was saved.
    pub(crate) version: u32,
}

impl From<&ShownSeries> for SeriesBody {
    fn from(shown: &ShownSeries) -> Self {
        let SeriesStanding { series, counters } = &shown.standing;
        Self {
            id: series.id.to_string(),
            code: series.code.to_string(),
            document: series.document.code(),
            pattern: series.numbering.pattern().to_string(),
            reset: series.numbering.reset().code(),
            default: series.is_default,
            status: if series.closed_at.is_some() { "closed" } else { "active" },
            closed_at: series.closed_at.as_ref().map(Timestamp::to_string),
            next_number: shown.next_sequence,
            counters: counters.iter().map(CounterBody::from).collect(),
            created_at: series.created_at.to_string(),
            updated_at: series.updated_at.to_string(),
            version: series.version.number(),
        }
    }
}

/// Numbers, one after another, that no document has.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NumberGapBody {
    /// The first of them.
    pub(crate) from: u32,
    /// The last of them.
    pub(crate) to: u32,
}

/// The numbers that a series gave in a year, and those it lacks.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NumberRunBody {
    /// The code of the series.
    #[schema(example = "INV")]
    pub(crate) series: String,
    /// The year; `null` where years make no difference.
    #[schema(example = 2026, required = true)]
    pub(crate) year: Option<i16>,
    /// The first number.
    pub(crate) first_number: u32,
    /// The last number.
    pub(crate) last_number: u32,
    /// How many numbers no document has.
    pub(crate) missing: u32,
    /// Which they are, in order.
    pub(crate) gaps: Vec<NumberGapBody>,
}

impl From<&NumberRun> for NumberRunBody {
    fn from(run: &NumberRun) -> Self {
        let gaps = run.gaps.iter().map(|gap| NumberGapBody { from: gap.from, to: gap.to });
        Self {
            series: run.series.to_string(),
            year: year(run.year),
            first_number: run.first,
            last_number: run.last,
            missing: run.missing(),
            gaps: gaps.collect(),
        }
    }
}

/// The whole report.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NumberGapsBody {
    /// By series and year.
    pub(crate) data: Vec<NumberRunBody>,
}

fn year(year: i16) -> Option<i16> {
    (year != 0).then_some(year)
}
