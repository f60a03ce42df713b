//! Number series: gapless numbers, in the order of dates, from 1 each year.

use gaara_kernel::{Code, Date};
use thiserror::Error;

/// The issue date lies before the last one of the series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the last document of the series is dated {last}")]
pub struct DateOutOfOrder {
    /// The last issue date.
    pub last: Date,
}

/// A number of a series, given once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceNumber {
    /// The series.
    pub series: Code,
    /// The year that it counts in.
    pub year: i16,
    /// Its place in that year, from 1.
    pub sequence: u32,
}

impl InvoiceNumber {
    /// The number as people read it: `INV-2026-00001`.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}-{}-{:05}", self.series, self.year, self.sequence)
    }
}

/// How far a series has come in one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesCounter {
    /// The series.
    pub series: Code,
    /// The year.
    pub year: i16,
    /// The last number given; 0 before the first.
    pub last_sequence: u32,
    /// The issue date of the last document.
    pub last_issue_date: Option<Date>,
}

impl SeriesCounter {
    /// A counter that has given no number.
    #[must_use]
    pub const fn new(series: Code, year: i16) -> Self {
        Self { series, year, last_sequence: 0, last_issue_date: None }
    }

    /// Gives the next number. It is lost with the unit of work when that fails, so no gap stays.
    ///
    /// # Errors
    /// [`DateOutOfOrder`] when a later date was given already.
    pub fn take(&mut self, issue_date: Date) -> Result<InvoiceNumber, DateOutOfOrder> {
        if let Some(last) = self.last_issue_date.filter(|last| issue_date < *last) {
            return Err(DateOutOfOrder { last });
        }
        self.last_sequence = self.last_sequence.saturating_add(1);
        self.last_issue_date = Some(issue_date);
        Ok(InvoiceNumber {
            series: self.series.clone(),
            year: self.year,
            sequence: self.last_sequence,
        })
    }
}

#[cfg(test)]
mod tests {
    use gaara_kernel::parse_date;

    use super::*;

    fn counter(year: i16) -> SeriesCounter {
        SeriesCounter::new(Code::parse("INV").unwrap(), year)
    }

    /// Row N-02 of the rules.
    #[test]
    fn each_year_counts_from_one() {
        let mut old = counter(2026);
        old.last_sequence = 41;

        let last = old.take(parse_date("2026-12-31").unwrap()).unwrap();
        let first = counter(2027).take(parse_date("2027-01-01").unwrap()).unwrap();

        assert_eq!(last.text(), "INV-2026-00042");
        assert_eq!(first.text(), "INV-2027-00001");
    }

    #[test]
    fn dates_of_a_series_never_go_back() {
        let mut counter = counter(2026);
        let (earlier, later) =
            (parse_date("2026-05-01").unwrap(), parse_date("2026-05-02").unwrap());
        counter.take(later).unwrap();

        assert_eq!(counter.take(earlier), Err(DateOutOfOrder { last: later }));
        assert_eq!(counter.take(later).unwrap().sequence, 2, "a refusal takes no number");
    }
}
