//! Sorting, paging and counting rows.

use std::cmp::Ordering;

use gaara_kernel::{Cursor, Direction, Page, PageRequest, SortField, SortValue};
use uuid::Uuid;

/// Tells how the rows of one list are sorted.
pub(crate) trait Listed<F> {
    /// The value of a sort field.
    fn value(&self, field: F) -> SortValue;

    /// The primary key, which breaks ties.
    fn tie(&self) -> Vec<Uuid>;
}

/// Cuts one page out of the matching rows.
pub(crate) fn page<T: Listed<F>, F: SortField>(
    rows: impl Iterator<Item = T>,
    request: &PageRequest<F>,
) -> Page<T> {
    let place = |row: &T| Cursor {
        values: request.sort.keys().iter().map(|key| row.value(key.field)).collect(),
        tie: row.tie(),
    };
    let mut rows: Vec<(Cursor, T)> = rows.map(|row| (place(&row), row)).collect();
    let total = request.with_total.then(|| u64::try_from(rows.len()).unwrap_or(u64::MAX));
    rows.sort_by(|(a, _), (b, _)| compare(request, a, b));
    if let Some(after) = &request.after {
        rows.retain(|(cursor, _)| compare(request, cursor, after) == Ordering::Greater);
    }
    let limit = usize::from(request.limit.rows());
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(|(cursor, _)| cursor.clone());
    Page { items: rows.into_iter().map(|(_, row)| row).collect(), next, total }
}

fn compare<F: SortField>(request: &PageRequest<F>, a: &Cursor, b: &Cursor) -> Ordering {
    let directed = |ordering: Ordering, direction| match direction {
        Direction::Ascending => ordering,
        Direction::Descending => ordering.reverse(),
    };
    let keys = request.sort.keys().iter();
    keys.zip(a.values.iter().zip(&b.values))
        .map(|(key, (a, b))| directed(a.cmp(b), key.direction))
        .find(|ordering| ordering.is_ne())
        .unwrap_or_else(|| directed(a.tie.cmp(&b.tie), request.sort.tie_direction()))
}
