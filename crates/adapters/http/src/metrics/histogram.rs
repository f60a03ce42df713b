//! How durations spread, in whole microseconds.

use std::time::Duration;

/// The bounds: in microseconds, and in seconds as they are written.
pub(super) const BOUNDS: [(u64, &str); 11] = [
    (5_000, "0.005"),
    (10_000, "0.01"),
    (25_000, "0.025"),
    (50_000, "0.05"),
    (100_000, "0.1"),
    (250_000, "0.25"),
    (500_000, "0.5"),
    (1_000_000, "1"),
    (2_500_000, "2.5"),
    (5_000_000, "5"),
    (10_000_000, "10"),
];

/// Counted durations.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Histogram {
    /// How many were at most each bound, and above the one before.
    counts: [u64; BOUNDS.len()],
    pub(super) count: u64,
    sum_microseconds: u64,
}

impl Histogram {
    pub(super) fn add(&mut self, took: Duration) {
        let microseconds = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let fitting =
            BOUNDS.iter().zip(&mut self.counts).find(|((bound, _), _)| microseconds <= *bound);
        if let Some((_, count)) = fitting {
            *count += 1;
        }
        self.count += 1;
        self.sum_microseconds = self.sum_microseconds.saturating_add(microseconds);
    }

    /// How many were at most each bound, which is written before its count.
    pub(super) fn cumulative(&self) -> impl Iterator<Item = (&'static str, u64)> {
        let mut sum = 0;
        BOUNDS.iter().zip(&self.counts).map(move |((_, bound), count)| {
            sum += count;
            (*bound, sum)
        })
    }

    /// The sum in seconds, as it is written.
    pub(super) fn sum(&self) -> String {
        format!("{}.{:06}", self.sum_microseconds / 1_000_000, self.sum_microseconds % 1_000_000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_bound_counts_what_is_below_it() {
        let mut histogram = Histogram::default();
        for milliseconds in [5, 6, 10_000, 10_001] {
            histogram.add(Duration::from_millis(milliseconds));
        }

        let cumulative: Vec<_> = histogram.cumulative().collect();

        assert_eq!(cumulative[0], ("0.005", 1));
        assert_eq!(cumulative[1], ("0.01", 2));
        assert_eq!(cumulative[10], ("10", 3));
        assert_eq!((histogram.count, histogram.sum().as_str()), (4, "20.012000"));
    }
}
