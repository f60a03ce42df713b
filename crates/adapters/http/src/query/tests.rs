//! Tests of how lists are asked for.

use gaara_inventory::{ProductKind, ProductSort};
use gaara_kernel::{Direction, Timestamp};
use uuid::Uuid;

use super::*;

const PATH: &str = "/api/v1/products";

fn params(query: &str) -> ListParams {
    let pairs = web::Query::<Vec<(String, String)>>::from_query(query).unwrap();
    ListParams::new(PATH, pairs.into_inner(), Representation::json())
}

fn usual() -> Sort<ProductSort> {
    Sort::by(ProductSort::Sku, Direction::Ascending)
}

fn read(query: &str) -> Result<ListRequest<ProductSort>, Problem> {
    let mut params = params(query);
    let _: Vec<ProductKind> = params.take_many("kind");
    let _: Option<Timestamp> = params.take_one("updated_since");
    params.finish(usual())
}

fn faults(query: &str) -> Vec<(String, Code)> {
    let problem = read(query).unwrap_err();
    problem.field_problems().iter().map(|field| (field.pointer.clone(), field.code)).collect()
}

fn next(request: &ListRequest<ProductSort>) -> String {
    let values =
        request.page.sort.keys().iter().map(|key| {
            if key.field.is_text() { "BOLT".to_owned().into_sort() } else { 7.into_sort() }
        });
    let cursor = Cursor { values: values.collect(), tie: vec![Uuid::from_u128(7)] };
    cursor::encode(&cursor, &request.stamp)
}

trait IntoSort {
    fn into_sort(self) -> gaara_kernel::SortValue;
}

impl IntoSort for String {
    fn into_sort(self) -> gaara_kernel::SortValue {
        gaara_kernel::SortValue::Text(self)
    }
}

impl IntoSort for i64 {
    fn into_sort(self) -> gaara_kernel::SortValue {
        gaara_kernel::SortValue::Integer(self)
    }
}

#[test]
fn an_empty_query_asks_for_the_usual() {
    let page = read("").unwrap().page();

    assert_eq!(page.limit, PageLimit::default());
    assert_eq!(page.sort, usual());
    assert!(page.after.is_none() && !page.with_total);
}

#[test]
fn a_repeated_filter_means_any_of_its_values() {
    let mut params = params("kind=stocked&kind=service");
    let kinds: Vec<ProductKind> = params.take_many("kind");
    assert_eq!(kinds, [ProductKind::Stocked, ProductKind::Service]);
}

#[test]
fn every_fault_is_told_at_once() {
    let found = faults("limit=100000&sort=password_hash&cursor=garbage&nope=1&kind=x&with_total=7");
    let expected = [
        ("?kind", Code::ValidationChoice),
        ("?limit", Code::ValidationRange),
        ("?with_total", Code::ValidationChoice),
        ("?sort", Code::ValidationSort),
        ("?cursor", Code::ValidationCursor),
        ("?nope", Code::ValidationUnknownParameter),
    ];
    assert_eq!(found, expected.map(|(pointer, code)| (pointer.to_owned(), code)));
}

#[test]
fn limits_end_where_they_should() {
    for query in ["limit=0", "limit=201", "limit=-1", "limit=", "limit=%2B5", "limit=1e1"] {
        assert_eq!(faults(query), [("?limit".to_owned(), Code::ValidationRange)], "{query}");
    }
    assert!(read("limit=200").is_ok());
    assert_eq!(faults("limit=1&limit=2"), [("?limit".to_owned(), Code::ValidationRepeated)]);
}

#[test]
fn a_list_whose_order_is_fixed_refuses_every_sort() {
    let mut params = params("sort=sku");
    params.refuse_sort();

    let problem = params.finish(usual()).unwrap_err();

    assert_eq!(problem.code(), Code::ValidationSort);
    assert_eq!(problem.field_problems()[0].pointer, "?sort");
}

#[test]
fn a_cursor_is_good_for_its_own_list_only() {
    let first = read("kind=stocked&sort=-created_at").unwrap();
    let cursor = next(&first);

    let again = read(&format!("sort=-created_at&kind=stocked&limit=7&cursor={cursor}")).unwrap();
    assert_eq!(again.page().after.unwrap().tie, [Uuid::from_u128(7)]);
    for other in ["kind=service&sort=-created_at", "kind=stocked&sort=created_at", "kind=stocked"] {
        let query = format!("{other}&cursor={cursor}");
        assert_eq!(faults(&query), [("?cursor".to_owned(), Code::ValidationCursor)], "{other}");
    }
}

#[derive(Serialize)]
struct Row {}

impl CsvRow for Row {
    const COLUMNS: &'static [crate::csv::Column] = &[];
}

#[test]
fn the_next_page_is_linked() {
    let request = read("kind=stocked&updated_since=2026-11-23T09:30:00%2B03:00").unwrap();
    let values = vec!["BOLT".to_owned().into_sort()];
    let next = Some(Cursor { values, tie: vec![Uuid::from_u128(7)] });

    let reply = request.reply(Page { items: vec![Row {}], next, total: None });

    let link = reply.headers().get(header::LINK).unwrap().to_str().unwrap();
    assert!(link.starts_with("</api/v1/products?cursor="), "{link}");
    assert!(
        link.ends_with(
            "&kind=stocked&updated_since=2026-11-23T09%3A30%3A00%2B03%3A00>; rel=\"next\""
        )
    );
}
