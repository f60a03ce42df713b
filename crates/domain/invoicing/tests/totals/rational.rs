//! Exact fractions, slow and plain, to compute totals a second time.

use std::ops::{Add, Div, Mul, Sub};

/// A fraction in lowest terms with a denominator above zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ratio {
    above: i128,
    below: i128,
}

fn common(a: i128, b: i128) -> i128 {
    if b == 0 { a } else { common(b, a % b) }
}

pub(crate) fn ratio(above: i128, below: i128) -> Ratio {
    let sign = if below < 0 { -1 } else { 1 };
    let divisor = common(above.abs(), below.abs()).max(1);
    Ratio { above: sign * above / divisor, below: sign * below / divisor }
}

pub(crate) fn whole(value: i128) -> Ratio {
    ratio(value, 1)
}

pub(crate) fn millionths(value: i64) -> Ratio {
    ratio(i128::from(value), 1_000_000)
}

impl Ratio {
    /// The nearest whole number; an exact half goes to the one farther from zero.
    pub(crate) fn nearest(self) -> i128 {
        let low = self.above.div_euclid(self.below);
        let twice = 2 * (self.above - low * self.below);
        let up = twice > self.below || (twice == self.below && self.above > 0);
        low + i128::from(up)
    }

    pub(crate) fn is_within(self, other: Self, bound: i128) -> bool {
        let distance = self - other;
        distance.above.abs() <= bound * distance.below
    }
}

impl Add for Ratio {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        let above = self.above * other.below + other.above * self.below;
        ratio(above, self.below * other.below)
    }
}

impl Sub for Ratio {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        self + other * whole(-1)
    }
}

impl Mul for Ratio {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        ratio(self.above * other.above, self.below * other.below)
    }
}

impl Div for Ratio {
    type Output = Self;

    fn div(self, other: Self) -> Self {
        ratio(self.above * other.below, self.below * other.above)
    }
}

#[test]
fn halves_go_away_from_zero() {
    for (above, below, nearest) in [(5, 2, 3), (-5, 2, -3), (7, 5, 1), (-7, 5, -1), (8, 5, 2)] {
        assert_eq!(ratio(above, below).nearest(), nearest, "{above}/{below}");
    }
}
