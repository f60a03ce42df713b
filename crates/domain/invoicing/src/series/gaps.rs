//! Numbers of a series that no document has.

use gaara_kernel::Code;

/// Numbers, one after another, that no document has.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct NumberGap {
    /// The first of them.
    pub from: u32,
    /// The last of them.
    pub to: u32,
}

impl NumberGap {
    /// How many they are.
    #[must_use]
    pub const fn count(&self) -> u32 {
        self.to.saturating_sub(self.from).saturating_add(1)
    }
}

/// The numbers that a series gave in a year, and those it lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberRun {
    /// The series.
    pub series: Code,
    /// The year; 0 where years make no difference.
    pub year: i16,
    /// The first number.
    pub first: u32,
    /// The last number.
    pub last: u32,
    /// What is missing between them, in order.
    pub gaps: Vec<NumberGap>,
}

impl NumberRun {
    /// How many numbers are missing.
    #[must_use]
    pub fn missing(&self) -> u32 {
        self.gaps.iter().map(NumberGap::count).sum()
    }
}

/// What is missing between two numbers, both of which count, when these are taken.
#[must_use]
pub fn gaps_between(first: u32, last: u32, mut taken: Vec<u32>) -> Vec<NumberGap> {
    taken.sort_unstable();
    taken.dedup();
    let mut next = first;
    let mut gaps = Vec::new();
    for number in taken.into_iter().chain([last.saturating_add(1)]) {
        if number > next {
            gaps.push(NumberGap { from: next, to: number - 1 });
        }
        next = next.max(number.saturating_add(1));
    }
    gaps
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gaps(first: u32, last: u32, taken: &[u32]) -> Vec<(u32, u32)> {
        let gaps = gaps_between(first, last, taken.to_vec());
        gaps.iter().map(|gap| (gap.from, gap.to)).collect()
    }

    #[test]
    fn what_is_missing_is_told_in_runs() {
        assert_eq!(gaps(1, 5, &[3, 1, 2, 5, 4]), []);
        assert_eq!(gaps(1, 5, &[2, 5]), [(1, 1), (3, 4)]);
        assert_eq!(gaps(358, 360, &[358]), [(359, 360)]);
        assert_eq!(gaps(1, 0, &[]), []);
        assert_eq!(NumberGap { from: 3, to: 4 }.count(), 2);
    }
}
