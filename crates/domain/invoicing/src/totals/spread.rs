//! Spreading a group's amount over its members by the largest remainder.

use gaara_kernel::{apportion, div_half_away};

/// A share of each member, as a fraction.
#[derive(Clone, Copy)]
pub(super) struct Share {
    pub(super) numerator: i128,
    /// Greater than zero.
    pub(super) denominator: i128,
}

/// Spreads `total` over members whose own shares should come to it, up to rounding.
///
/// Members of one sign take the largest remainder of their weights. Where signs are mixed, a
/// weight's magnitude would give a returned line the tax of a sold one, so every member takes its
/// own signed share first, and only what is left goes by magnitude.
/// Members that all come to nothing take nothing.
pub(super) fn spread(total: i128, weights: &[i128], share: Share) -> Vec<i128> {
    let mixed = weights.iter().any(|weight| *weight < 0) && weights.iter().any(|w| *w > 0);
    if !mixed {
        return by_magnitude(total, weights);
    }
    let (own_total, own) = signed_shares(weights, share);
    let rest = by_magnitude(total - own_total, weights);
    own.into_iter().zip(rest).map(|(a, b)| a + b).collect()
}

/// Spreads `total` by the weights' magnitudes; nothing where all weights are zero.
pub(super) fn by_magnitude(total: i128, weights: &[i128]) -> Vec<i128> {
    apportion(total, weights).unwrap_or_else(|_| vec![0; weights.len()])
}

/// Each member's share as a whole number, adding up to the rounded share of the sum.
fn signed_shares(weights: &[i128], share: Share) -> (i128, Vec<i128>) {
    let sum: i128 = weights.iter().sum();
    // Remainders are taken on the side of the sum's sign, so that a credit mirrors its invoice.
    let sign = if sum < 0 { -1 } else { 1 };
    let total = div_half_away(sign * sum * share.numerator, share.denominator);
    let mut members: Vec<(usize, i128, i128)> = weights
        .iter()
        .enumerate()
        .map(|(index, weight)| {
            let exact = sign * weight * share.numerator;
            let whole = exact.div_euclid(share.denominator);
            (index, whole, exact.rem_euclid(share.denominator))
        })
        .collect();
    let mut left = total - members.iter().map(|(_, whole, _)| whole).sum::<i128>();
    members.sort_by(|a, b| b.2.cmp(&a.2).then(a.0.cmp(&b.0)));
    for (_, whole, _) in &mut members {
        if left == 0 {
            break;
        }
        *whole += 1;
        left -= 1;
    }
    members.sort_by_key(|(index, _, _)| *index);
    let wholes = members.into_iter().map(|(_, whole, _)| sign * whole);
    (sign * total, wholes.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIFTH: Share = Share { numerator: 1, denominator: 5 };

    #[test]
    fn members_of_one_sign_take_the_largest_remainder() {
        assert_eq!(spread(3, &[5, 5, 5], FIFTH), [1, 1, 1]);
        assert_eq!(spread(2, &[5, 5, 5], FIFTH), [1, 1, 0]);
        assert_eq!(spread(-2, &[-5, -5, -5], FIFTH), [-1, -1, 0]);
    }

    #[test]
    fn a_returned_line_keeps_its_sign() {
        assert_eq!(spread(10, &[100, -50], FIFTH), [20, -10]);
        assert_eq!(spread(-10, &[-100, 50], FIFTH), [-20, 10]);
        assert_eq!(spread(0, &[100, -100], FIFTH), [20, -20]);
    }

    #[test]
    fn nothing_can_be_spread_over_nothing() {
        assert_eq!(spread(7, &[0, 0], FIFTH), [0, 0]);
        assert_eq!(spread(7, &[], FIFTH), [0; 0]);
    }

    proptest::proptest! {
        #[test]
        fn parts_add_up_whatever_the_signs(
            total in -10_000_i128..10_000,
            weights in proptest::collection::vec(-10_000_i128..10_000, 1..20),
        ) {
            let parts = spread(total, &weights, FIFTH);
            let whole = if weights.iter().all(|weight| *weight == 0) { 0 } else { total };
            proptest::prop_assert_eq!(parts.iter().sum::<i128>(), whole);
        }

        #[test]
        fn the_other_sign_gives_the_mirror_image(
            weights in proptest::collection::vec(-10_000_i128..10_000, 1..20),
        ) {
            let sum: i128 = weights.iter().sum();
            proptest::prop_assume!(sum != 0);
            let total = div_half_away(sum, 5);
            let mirrored: Vec<i128> = weights.iter().map(|weight| -weight).collect();
            let parts: Vec<i128> = spread(total, &weights, FIFTH).iter().map(|part| -part).collect();
            proptest::prop_assert_eq!(spread(-total, &mirrored, FIFTH), parts);
        }
    }
}
