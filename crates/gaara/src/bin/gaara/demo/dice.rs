//! Numbers that look thrown and are the same every time.

/// A linear congruential generator with the constants of Knuth's MMIX.
pub(super) struct Dice(u64);

impl Dice {
    /// The one story that is told.
    pub(super) const fn new() -> Self {
        Self(20_261_123)
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: u32, high: u32) -> u32 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        // The high bits are the random ones.
        let span = u64::from(high.saturating_sub(low)) + 1;
        low + u32::try_from((self.0 >> 33) % span).unwrap_or(0)
    }

    /// Whether one chance in so many came up.
    pub(super) fn one_in(&mut self, chances: u32) -> bool {
        self.between(1, chances) == 1
    }

    /// One of several things.
    pub(super) fn pick<'a, T>(&mut self, things: &'a [T]) -> Option<&'a T> {
        let last = u32::try_from(things.len().checked_sub(1)?).ok()?;
        things.get(usize::try_from(self.between(0, last)).ok()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn throws_stay_within_bounds_and_repeat() {
        let throw = || {
            let mut dice = Dice::new();
            (0..1_000).map(move |_| dice.between(3, 9)).collect::<Vec<_>>()
        };

        let thrown = throw();

        assert_eq!(thrown, throw());
        assert!((3..=9).all(|side| thrown.contains(&side)));
        assert!(thrown.iter().all(|side| (3..=9).contains(side)));
    }
}
