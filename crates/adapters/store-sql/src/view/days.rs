//! Whether the rows of some days are met where a list begins, or lie apart.

use gaara_kernel::{Direction, Sort, SortField};

/// Whether the rows between two days, or instants, lie apart from where a list begins, so that they are better
/// found by their day, and then sorted.
///
/// Rows stand nearly in the order of their days. Whoever walks into a stretch in the middle, or
/// from the wrong end, passes all the others first; from the right end the first rows match.
pub(super) fn are_apart<F: SortField, D>(
    (from, to): (Option<D>, Option<D>),
    sort: &Sort<F>,
) -> bool {
    let direction = sort.keys().first().map_or(Direction::Ascending, |key| key.direction);
    match (from, to) {
        (None, None) => false,
        (Some(_), Some(_)) => true,
        (Some(_), None) => direction == Direction::Ascending,
        (None, Some(_)) => direction == Direction::Descending,
    }
}
