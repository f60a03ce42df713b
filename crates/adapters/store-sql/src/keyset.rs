//! Keyset pages: a page begins after the values of the last row seen, never at an offset.

use std::cmp::Ordering;

use gaara_kernel::{
    Cursor, Date, Direction, Page, PageRequest, SortField, SortValue, StoreError, parse_date,
};
use sea_orm::prelude::{TimeDate, Uuid};
use sea_orm::sea_query::{
    Alias, Asterisk, Condition, Expr, ExprTrait, Func, Order, SelectStatement, Value,
};
use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::convert::{Stored, date};
use crate::error::failure;
use crate::session::Session;

/// What a row without a date is sorted by.
const NO_DATE: Date = Date::constant(1, 1, 1);

/// A column that a list is sorted by.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    table: &'static str,
    column: &'static str,
    holds: Holds,
    /// Whether an engine may walk along an index of it.
    is_walked: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    Plain,
    Dates,
    Sequence,
}

/// A column of texts, whole numbers or ids.
pub(crate) const fn place(table: &'static str, column: &'static str) -> Place {
    Place { table, column, holds: Holds::Plain, is_walked: true }
}

/// A column of dates.
pub(crate) const fn day(table: &'static str, column: &'static str) -> Place {
    Place { table, column, holds: Holds::Dates, is_walked: true }
}

/// A primary key that counts, and that stands in a cursor as [`sequence_tie`] writes it.
pub(crate) const fn sequence(table: &'static str, column: &'static str) -> Place {
    Place { table, column, holds: Holds::Sequence, is_walked: true }
}

/// A counting key where a cursor has room for an id.
pub(crate) fn sequence_tie(number: i64) -> Uuid {
    Uuid::from_u128(u128::try_from(number).unwrap_or_default())
}

impl Place {
    fn expression(self) -> Expr {
        let column = || Expr::col((Alias::new(self.table), Alias::new(self.column)));
        // The same value; but no index is in its order.
        if self.is_walked { column() } else { Func::coalesce([column(), column()]).into() }
    }

    fn parameter(self, value: &SortValue) -> Value {
        match value {
            SortValue::Integer(number) => (*number).into(),
            // A cursor is a client's word: a day that does not exist stands before all others.
            SortValue::Text(text) if self.holds == Holds::Dates => {
                date(parse_date(text).unwrap_or(NO_DATE)).into()
            }
            SortValue::Text(text) => text.as_str().into(),
        }
    }

    fn tie_parameter(self, id: Uuid) -> Value {
        match self.holds {
            Holds::Sequence => i64::try_from(id.as_u128()).unwrap_or(i64::MAX).into(),
            Holds::Plain | Holds::Dates => id.into(),
        }
    }
}

/// A date as a sort value.
pub(crate) fn date_value(day: Option<TimeDate>) -> SortValue {
    let day = day.and_then(|day| Stored("date").date(day).ok());
    SortValue::Text(day.unwrap_or(NO_DATE).to_string())
}

/// The row of one list: which columns it is sorted by, and what it holds in them.
pub(crate) trait Listed: FromQueryResult + Send {
    /// The fields to sort by.
    type Field: SortField;
    /// The primary key, which breaks ties.
    const KEY: &'static [Place];

    /// Where a field is stored.
    fn place(field: Self::Field) -> Place;

    /// The row's value of a field.
    fn value(&self, field: Self::Field) -> SortValue;

    /// The row's primary key.
    fn key(&self) -> Vec<Uuid>;
}

/// The field that a list is sorted by first.
pub(crate) fn first<F: SortField>(request: &PageRequest<F>) -> Option<F> {
    request.sort.keys().first().map(|key| key.field)
}

/// Where the rows of a page are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    /// Along an index in the order of the list.
    Along,
    /// By something that few rows match, and then sorted: who walks in the order of the list may
    /// pass all the others before these are met.
    Few,
}

impl Found {
    /// How those are found that somebody asks for who wants what is archived alone, or what was
    /// saved since an instant: along an index of its own, whichever order the list is in.
    pub(crate) const fn by_rest(is_archived: bool, is_recent: bool) -> Self {
        if is_archived || is_recent { Self::Few } else { Self::Along }
    }
}

/// Runs a query, which already selects and filters, for one page of rows.
pub(crate) async fn page<R: Listed>(
    connection: &Session,
    query: SelectStatement,
    request: &PageRequest<R::Field>,
) -> Result<Page<R>, StoreError> {
    page_of(connection, vec![query], request, Found::Along).await
}

/// The same for the rows of several queries, none of which is found by two.
pub(crate) async fn page_of<R: Listed>(
    connection: &Session,
    queries: Vec<SelectStatement>,
    request: &PageRequest<R::Field>,
    found: Found,
) -> Result<Page<R>, StoreError> {
    let mut columns = columns::<R>(request);
    if let (Some((place, _)), Found::Few) = (columns.first_mut(), found) {
        place.is_walked = false;
    }
    let mut total = request.with_total.then_some(0);
    let mut rows: Vec<(Cursor, R)> = Vec::new();
    let are_merged = queries.len() > 1;
    for mut query in queries {
        if let Some(total) = &mut total {
            *total += count(connection, &query).await?;
        }
        if let Some(cursor) = &request.after {
            query.cond_where(after(&columns, cursor));
        }
        for (place, direction) in &columns {
            query.order_by_expr(place.expression(), order(*direction));
        }
        query.limit(u64::from(request.limit.rows()) + 1);
        let found = all::<R>(connection, &query).await?;
        rows.extend(found.into_iter().map(|row| (place_of(&row, request), row)));
    }
    if are_merged {
        rows.sort_by(|(a, _), (b, _)| compare(request, a, b));
    }
    let limit = usize::from(request.limit.rows());
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(|(cursor, _)| cursor.clone());
    Ok(Page { items: rows.into_iter().map(|(_, row)| row).collect(), next, total })
}

fn place_of<R: Listed>(row: &R, request: &PageRequest<R::Field>) -> Cursor {
    Cursor {
        values: request.sort.keys().iter().map(|key| row.value(key.field)).collect(),
        tie: row.key(),
    }
}

/// Compares as the engines do: texts and ids byte by byte.
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

/// All rows of a query.
pub(crate) async fn all<R: FromQueryResult>(
    connection: &Session,
    query: &SelectStatement,
) -> Result<Vec<R>, StoreError> {
    let rows = connection.query_all(query).await.map_err(failure)?;
    rows.iter().map(|row| R::from_query_result(row, "").map_err(failure)).collect()
}

/// The same page with every row turned into something else, as one step that may fail.
pub(crate) fn with_items<R, T>(
    page: Page<R>,
    turn: impl FnMut(R) -> Result<T, StoreError>,
) -> Result<Page<T>, StoreError> {
    let items = page.items.into_iter().map(turn).collect::<Result<_, _>>()?;
    Ok(Page { items, next: page.next, total: page.total })
}

async fn count(connection: &Session, query: &SelectStatement) -> Result<u64, StoreError> {
    let mut query = query.clone();
    query.clear_selects().expr(Func::count(Expr::col(Asterisk)));
    let row = connection.query_one(&query).await.map_err(failure)?;
    let count = row.map(|row| row.try_get_by_index::<i64>(0)).transpose().map_err(failure)?;
    Ok(count.and_then(|count| u64::try_from(count).ok()).unwrap_or(0))
}

/// The sort keys and then the primary key, each with its direction and each once.
fn columns<R: Listed>(request: &PageRequest<R::Field>) -> Vec<(Place, Direction)> {
    let sorted = request.sort.keys().iter().map(|key| (R::place(key.field), key.direction));
    let sorted: Vec<(Place, Direction)> = sorted.collect();
    let is_new = |place: &&Place| sorted.iter().all(|(other, _)| other != *place);
    let tie = R::KEY.iter().filter(is_new).map(|place| (*place, request.sort.tie_direction()));
    let tie: Vec<(Place, Direction)> = tie.collect();
    sorted.into_iter().chain(tie).collect()
}

/// The condition that a row stands after the cursor.
fn after(columns: &[(Place, Direction)], cursor: &Cursor) -> Condition {
    let sorted = columns.iter().zip(&cursor.values);
    let sorted = sorted.map(|((place, way), value)| (*place, *way, place.parameter(value)));
    let tie = columns.iter().skip(cursor.values.len()).zip(&cursor.tie);
    let tie = tie.map(|((place, way), id)| (*place, *way, place.tie_parameter(*id)));
    let bounds: Vec<(Place, Direction, Value)> = sorted.chain(tie).collect();

    match bounds.as_slice() {
        [] => Condition::all(),
        [(_, first, _), rest @ ..] if rest.iter().all(|(_, way, _)| way == first) => {
            Condition::all().add(beyond_as_row(&bounds, *first))
        }
        _ => beyond_by_column(&bounds),
    }
}

/// `(a, b, id) > (1, 2, 3)`: one walk along an index.
fn beyond_as_row(bounds: &[(Place, Direction, Value)], direction: Direction) -> Expr {
    let places = Expr::tuple(bounds.iter().map(|(place, ..)| place.expression()));
    let values = Expr::tuple(bounds.iter().map(|(.., value)| Expr::val(value.clone())));
    match direction {
        Direction::Ascending => places.gt(values),
        Direction::Descending => places.lt(values),
    }
}

/// `a > 1 OR (a = 1 AND b < 2) OR …`: for directions that differ.
fn beyond_by_column(bounds: &[(Place, Direction, Value)]) -> Condition {
    let mut any = Condition::any();
    let mut equal = Condition::all();
    for (place, direction, value) in bounds {
        let beyond = match direction {
            Direction::Ascending => place.expression().gt(value.clone()),
            Direction::Descending => place.expression().lt(value.clone()),
        };
        any = any.add(equal.clone().add(beyond));
        equal = equal.add(place.expression().eq(value.clone()));
    }
    any
}

const fn order(direction: Direction) -> Order {
    match direction {
        Direction::Ascending => Order::Asc,
        Direction::Descending => Order::Desc,
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::sea_query::{Query, SqliteQueryBuilder};

    use super::*;

    const DAY: Place = day("invoices", "issue_date_key");
    const AMOUNT: Place = place("invoices", "payable_minor");
    const ID: Place = place("invoices", "id");

    fn condition(ways: [Direction; 3]) -> String {
        let [day, amount, id] = ways;
        let cursor = Cursor {
            values: vec![SortValue::Text("2026-11-23".to_owned()), SortValue::Integer(5)],
            tie: vec![Uuid::nil()],
        };
        let columns = [(DAY, day), (AMOUNT, amount), (ID, id)];
        let query = Query::select().cond_where(after(&columns, &cursor)).to_owned();
        query.to_string(SqliteQueryBuilder).replace("\"invoices\".", "").replace('"', "")
    }

    #[test]
    fn one_direction_is_compared_as_a_row_which_an_index_can_follow() {
        assert_eq!(
            condition([Direction::Descending; 3]),
            "SELECT  WHERE (issue_date_key, payable_minor, id) < \
             ('2026-11-23', 5, '00000000-0000-0000-0000-000000000000')"
        );
    }

    #[test]
    fn mixed_directions_are_compared_column_by_column() {
        let mixed = [Direction::Descending, Direction::Ascending, Direction::Ascending];
        assert_eq!(
            condition(mixed),
            "SELECT  WHERE issue_date_key < '2026-11-23' \
             OR (issue_date_key = '2026-11-23' AND payable_minor > 5) \
             OR (issue_date_key = '2026-11-23' AND payable_minor = 5 \
             AND id > '00000000-0000-0000-0000-000000000000')"
        );
    }
}
