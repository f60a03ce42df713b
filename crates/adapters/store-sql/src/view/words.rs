//! Searching by words: each word of a query begins a word of what is found.

use gaara_kernel::SearchQuery;
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, Condition};

/// What comes behind every text that begins with this one.
fn behind(start: &str) -> String {
    format!("{start}\u{10FFFF}")
}

/// The condition that something is found by a query: `id` is its key, `word` and `owner` are the
/// columns of the table of its words. A query without words finds nothing.
pub(super) fn found_by<C: ColumnTrait, W: ColumnTrait>(
    query: &SearchQuery,
    id: C,
    word: W,
    owner: W,
) -> Condition {
    if query.words().is_empty() {
        return Condition::all().add(id.is_null());
    }
    query.words().iter().fold(Condition::all(), |condition, start| {
        let mut owners = Query::select();
        owners
            .column(owner)
            .from(word.entity_name())
            .and_where(word.gte(start.as_str()))
            .and_where(word.lt(behind(start)));
        condition.add(id.in_subquery(owners))
    })
}
