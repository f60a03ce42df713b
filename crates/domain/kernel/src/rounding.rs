//! Rounding of exact fractions, halves away from zero.

/// Divides and rounds to the nearest integer, halves away from zero.
///
/// `2.5 → 3` and `-2.5 → -3`: the rule is sign-symmetric, so a credit note mirrors its invoice.
/// A denominator of zero gives zero; callers hold denominators in types that exclude it.
/// Source: EN 16931 rounding as used by BR-CO-17; ZATCA standard, section 10.
#[must_use]
pub const fn div_half_away(numerator: i128, denominator: i128) -> i128 {
    if denominator == 0 {
        return 0;
    }
    let negative = (numerator < 0) != (denominator < 0);
    let magnitude = numerator.unsigned_abs();
    let divisor = denominator.unsigned_abs();
    let quotient = magnitude / divisor;
    let remainder = magnitude % divisor;
    let rounded = if remainder >= divisor - remainder { quotient + 1 } else { quotient };
    let signed = rounded.cast_signed();
    if negative { -signed } else { signed }
}

/// Rounds a value to the nearest multiple of `step`, halves away from zero.
///
/// Both arguments are in the same unit. A step of zero leaves the value as it is.
#[must_use]
pub const fn multiple_half_away(value: i128, step: i128) -> i128 {
    if step == 0 { value } else { div_half_away(value, step) * step }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_move_away_from_zero_on_both_sides() {
        assert_eq!(div_half_away(5, 2), 3);
        assert_eq!(div_half_away(-5, 2), -3);
        assert_eq!(div_half_away(5, -2), -3);
        assert_eq!(div_half_away(-5, -2), 3);
    }

    #[test]
    fn less_than_half_moves_toward_zero() {
        assert_eq!(div_half_away(7, 5), 1);
        assert_eq!(div_half_away(-7, 5), -1);
        assert_eq!(div_half_away(0, 5), 0);
    }

    #[test]
    fn cash_rounding_reaches_the_nearest_multiple() {
        assert_eq!(multiple_half_away(1001, 5), 1000);
        assert_eq!(multiple_half_away(1009, 5), 1010);
        assert_eq!(multiple_half_away(2018, 5), 2020);
    }
}
