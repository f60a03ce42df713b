//! Splitting a whole into parts by weight, without losing a unit.

use thiserror::Error;

/// A total that is not zero cannot be split over weights that are all zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("cannot apportion a total over weights that add up to zero")]
pub struct CannotApportion;

/// Splits `total` by `weights` with the largest-remainder method; the parts always add up to it.
///
/// Weights count by magnitude. Leftover units go to the largest fractional parts, ties to the
/// lowest index, and the sign of the total is applied at the end.
/// Totals and weights must stay below 2^62 in magnitude, which every amount of this crate does.
///
/// # Errors
/// [`CannotApportion`] when all weights are zero and the total is not.
///
/// ```
/// assert_eq!(gaara_kernel::apportion(299, &[4300, 1400, 2300]), Ok(vec![161, 52, 86]));
/// ```
pub fn apportion(total: i128, weights: &[i128]) -> Result<Vec<i128>, CannotApportion> {
    let sum: u128 = weights.iter().map(|weight| weight.unsigned_abs()).sum();
    if sum == 0 {
        return if total == 0 { Ok(vec![0; weights.len()]) } else { Err(CannotApportion) };
    }
    let magnitude = total.unsigned_abs();
    let mut parts: Vec<Part> = weights
        .iter()
        .enumerate()
        .map(|(index, weight)| {
            let share = magnitude * weight.unsigned_abs();
            Part { index, whole: share / sum, remainder: share % sum }
        })
        .collect();
    let given: u128 = parts.iter().map(|part| part.whole).sum();
    let mut left = magnitude - given;
    parts.sort_by(|a, b| b.remainder.cmp(&a.remainder).then(a.index.cmp(&b.index)));
    for part in &mut parts {
        if left == 0 {
            break;
        }
        part.whole += 1;
        left -= 1;
    }
    parts.sort_by_key(|part| part.index);
    let sign = if total < 0 { -1 } else { 1 };
    Ok(parts.into_iter().map(|part| sign * part.whole.cast_signed()).collect())
}

struct Part {
    index: usize,
    whole: u128,
    remainder: u128,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows L-01 to L-08 of the rules.
    #[test]
    fn parts_follow_the_worked_examples() {
        let cases: [(&str, &[i128], i128, &[i128]); 6] = [
            ("L-01", &[4000, 2000, 2000], 300, &[150, 75, 75]),
            ("L-02", &[4300, 1400, 2300], 299, &[161, 52, 86]),
            ("L-03", &[1000, 1000, 1000], 299, &[100, 100, 99]),
            ("L-05", &[4000, 2000, 2000], -300, &[-150, -75, -75]),
            ("L-06", &[10, 0], 40, &[40, 0]),
            ("L-08", &[106, 206, 306, 406], 102, &[11, 21, 30, 40]),
        ];

        for (id, weights, total, expected) in cases {
            assert_eq!(apportion(total, weights).as_deref(), Ok(expected), "{id}");
        }
    }

    #[test]
    fn weights_of_zero_cannot_carry_a_total() {
        assert_eq!(apportion(1, &[0, 0]), Err(CannotApportion));
        assert_eq!(apportion(0, &[0, 0]), Ok(vec![0, 0]));
    }

    proptest::proptest! {
        #[test]
        fn parts_add_up_to_the_total(
            total in -1_000_000_000_i128..1_000_000_000,
            weights in proptest::collection::vec(1_i128..1_000_000, 1..40),
        ) {
            let parts = apportion(total, &weights).unwrap();
            proptest::prop_assert_eq!(parts.iter().sum::<i128>(), total);
        }

        #[test]
        fn no_part_is_a_unit_away_from_its_exact_share(
            total in 0_i128..1_000_000_000,
            weights in proptest::collection::vec(1_i128..1_000_000, 1..40),
        ) {
            let parts = apportion(total, &weights).unwrap();
            let sum: i128 = weights.iter().sum();
            for (part, weight) in parts.iter().zip(&weights) {
                proptest::prop_assert!((part * sum - total * weight).abs() < sum);
            }
        }
    }
}
