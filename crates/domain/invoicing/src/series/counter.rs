//! Counting: gapless numbers, in the order of dates, from 1 each year.

use gaara_kernel::{Code, Date};
use thiserror::Error;

use super::Numbering;

/// The issue date lies before the last one of the series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the last document of the series is dated {last}")]
pub struct DateOutOfOrder {
    /// The last issue date.
    pub last: Date,
}

/// A series cannot go back to a number that it has passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the series has come to {last}")]
pub struct CounterDecrease {
    /// The last number that is passed.
    pub last: u32,
}

/// A number of a series, given once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceNumber {
    /// The series.
    pub series: Code,
    /// The year that it counts in; 0 where years make no difference.
    pub year: i16,
    /// Its place in that year, from 1.
    pub sequence: u32,
    /// The number as people read it, which later changes of the series leave alone.
    pub written: String,
}

impl InvoiceNumber {
    /// The number as people read it: `INV-2026-00001`.
    #[must_use]
    pub fn text(&self) -> String {
        self.written.clone()
    }
}

/// How far a series has come in one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeriesCounter {
    /// The series.
    pub series: Code,
    /// The year; 0 where years make no difference.
    pub year: i16,
    /// The number that the year began with.
    pub first_sequence: u32,
    /// The last number that is passed; one less than the first before that one is given.
    pub last_sequence: u32,
    /// The issue date of the last document.
    pub last_issue_date: Option<Date>,
}

impl SeriesCounter {
    /// A counter that has given no number.
    #[must_use]
    pub const fn new(series: Code, year: i16) -> Self {
        Self { series, year, first_sequence: 1, last_sequence: 0, last_issue_date: None }
    }

    /// Whether it gave a number.
    #[must_use]
    pub const fn is_used(&self) -> bool {
        self.last_issue_date.is_some()
    }

    /// Gives the next number. It is lost with the unit of work when that fails, so no gap stays.
    ///
    /// # Errors
    /// [`DateOutOfOrder`] when a later date was given already.
    pub fn take(
        &mut self,
        issue_date: Date,
        numbering: &Numbering,
    ) -> Result<InvoiceNumber, DateOutOfOrder> {
        if let Some(last) = self.last_issue_date.filter(|last| issue_date < *last) {
            return Err(DateOutOfOrder { last });
        }
        self.last_sequence = self.last_sequence.saturating_add(1);
        self.last_issue_date = Some(issue_date);
        Ok(InvoiceNumber {
            series: self.series.clone(),
            year: self.year,
            sequence: self.last_sequence,
            written: numbering.pattern().number(issue_date, self.last_sequence),
        })
    }

    /// Goes on with this number: where the books before these left off, or past numbers that are
    /// given up. What is given up once numbers were given shows in the report of gaps.
    ///
    /// # Errors
    /// [`CounterDecrease`] when the number is passed already.
    pub const fn go_on_with(&mut self, next: u32) -> Result<(), CounterDecrease> {
        if next <= self.last_sequence {
            return Err(CounterDecrease { last: self.last_sequence });
        }
        if !self.is_used() {
            self.first_sequence = next;
        }
        self.last_sequence = next - 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use gaara_kernel::parse_date;

    use super::*;
    use crate::series::{NumberPattern, SeriesReset};

    fn numbering() -> Numbering {
        let pattern = NumberPattern::parse("INV-{year}-{sequence:05}").unwrap();
        Numbering::try_new(pattern, SeriesReset::Yearly).unwrap()
    }

    fn counter(year: i16) -> SeriesCounter {
        SeriesCounter::new(Code::parse("INV").unwrap(), year)
    }

    fn take(counter: &mut SeriesCounter, date: &str) -> Result<String, DateOutOfOrder> {
        Ok(counter.take(parse_date(date).unwrap(), &numbering())?.text())
    }

    /// Row N-02 of the rules.
    #[test]
    fn n_02_each_year_counts_from_one() {
        let mut old = counter(2026);
        old.last_sequence = 41;

        assert_eq!(take(&mut old, "2026-12-31").as_deref(), Ok("INV-2026-00042"));
        assert_eq!(take(&mut counter(2027), "2027-01-01").as_deref(), Ok("INV-2027-00001"));
    }

    #[test]
    fn dates_of_a_series_never_go_back() {
        let mut counter = counter(2026);
        let later = parse_date("2026-05-02").unwrap();
        take(&mut counter, "2026-05-02").unwrap();

        assert_eq!(take(&mut counter, "2026-05-01"), Err(DateOutOfOrder { last: later }));
        let next = take(&mut counter, "2026-05-02");
        assert_eq!(next.as_deref(), Ok("INV-2026-00002"), "a refusal takes no number");
    }

    #[test]
    fn a_counter_goes_on_where_other_books_left_off_and_never_back() {
        let mut counter = counter(2026);
        counter.go_on_with(358).unwrap();
        assert_eq!((counter.first_sequence, counter.last_sequence), (358, 357));
        assert_eq!(counter.go_on_with(357), Err(CounterDecrease { last: 357 }));
        assert_eq!(take(&mut counter, "2026-05-01").as_deref(), Ok("INV-2026-00358"));

        assert_eq!(counter.go_on_with(358), Err(CounterDecrease { last: 358 }));
        counter.go_on_with(361).unwrap();
        assert_eq!((counter.first_sequence, counter.last_sequence), (358, 360));
    }
}
