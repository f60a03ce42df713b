//! How many statements reservations and stocktakes take.

use std::sync::Arc;
use std::time::Duration;

use gaara_application::inventory::{
    CountStock, CreateAndPostMovement, CreateReservation, CreateStocktake, ListLevels,
    ListReservations, ListStocktakeLines, ListStocktakes, PostStocktake, StartStocktake,
    WrittenCount, WrittenMovement, WrittenMovementLine,
};
use gaara_inventory::{
    LevelFilter, MovementKind, ReservationFilter, StocktakeFilter, StocktakeLineFilter,
    StocktakeScope, Uncounted,
};
use gaara_kernel::{PageLimit, PageRequest, ProductId, ReservationId, Sort, SortField};
use gaara_store_sql::SqlStore;
use gaara_testkit::{Harness, Sale, quantity};

use crate::databases::{Database, on_both_engines};
use crate::statements::{Statements, products, watched};

on_both_engines! {
    a_stocktake_of_many_lines_takes_as_many_statements_as_one_of_five,
    reservations_of_many_levels_take_as_many_statements_as_those_of_five,
    a_page_of_many_promises_takes_as_many_statements_as_one_of_two,
}

async fn stocked(books: &Harness, sale: &Sale, count: usize) -> Vec<ProductId> {
    let products = products(books, count).await;
    let line = |product: &ProductId| {
        Harness::receipt(*product, sale.warehouse, quantity("10")).0.lines.pop().unwrap()
    };
    let lines: Vec<WrittenMovementLine> = products.iter().map(line).collect();
    let receipt = WrittenMovement::new(MovementKind::Receipt, sale.warehouse, lines);
    books.app.execute(&books.system(), &CreateAndPostMovement(receipt)).await.unwrap();
    products
}

/// The statements to start, to count, to post and to zero a stocktake of many lines.
async fn statements_to_count(
    books: &Harness,
    sale: &Sale,
    lines: usize,
    statements: &Statements,
) -> [usize; 4] {
    let actor = books.system();
    let products = stocked(books, sale, lines).await;
    let (half, _) = products.split_at(lines / 2);
    let (warehouse, scope) = (sale.warehouse, StocktakeScope::Products(products.clone()));
    let plan = CreateStocktake { id: None, warehouse, scope, note: None };
    let id = books.app.execute(&actor, &plan).await.unwrap().id;
    statements.take();
    let start = StartStocktake { id, expected: None };
    let expected = books.app.execute(&actor, &start).await.unwrap().version;
    let started = statements.take().len();
    let count = |product: &ProductId| WrittenCount {
        product: *product,
        quantity: quantity("9"),
        unit: None,
        unit_cost: None,
    };
    let counts = CountStock { id, expected, counts: half.iter().map(count).collect() };
    books.app.execute(&actor, &counts).await.unwrap();
    let counted = statements.take().len();
    let post = PostStocktake { id, expected: None, uncounted: Uncounted::Kept };
    books.app.execute(&actor, &post).await.unwrap();
    let posted = statements.take().len();

    let id = books.app.execute(&actor, &plan).await.unwrap().id;
    books.app.execute(&actor, &StartStocktake { id, expected: None }).await.unwrap();
    statements.take();
    let zero = PostStocktake { id, expected: None, uncounted: Uncounted::Zeroed };
    books.app.execute(&actor, &zero).await.unwrap();
    [started, counted, posted, statements.take().len()]
}

async fn a_stocktake_of_many_lines_takes_as_many_statements_as_one_of_five(
    (_store, database): (Arc<SqlStore>, Database),
) {
    let (books, statements) = watched(&database).await;
    let sale = books.stocked_sale("1").await;

    let few = statements_to_count(&books, &sale, 5, &statements).await;
    let many = statements_to_count(&books, &sale, 500, &statements).await;

    assert_eq!(few, many);
    assert!(few.iter().all(|count| (2..35).contains(count)), "{few:?}");
}

async fn reserve(books: &Harness, sale: &Sale, product: ProductId) -> ReservationId {
    let reserve = CreateReservation {
        id: None,
        product,
        warehouse: sale.warehouse,
        quantity: quantity("1"),
        unit: None,
        expires_at: None,
        note: None,
    };
    books.app.execute(&books.system(), &reserve).await.unwrap().id
}

/// An issue of one of each product, for the reservation that stands beside it.
fn issue(
    sale: &Sale,
    goods: impl Iterator<Item = (ProductId, Option<ReservationId>)>,
) -> CreateAndPostMovement {
    let line = |(product, reservation): (ProductId, Option<ReservationId>)| WrittenMovementLine {
        reservation,
        ..Harness::issue_of(product, sale.warehouse, quantity("1")).0.lines.pop().unwrap()
    };
    let lines = goods.map(line).collect();
    CreateAndPostMovement(WrittenMovement::new(MovementKind::Issue, sale.warehouse, lines))
}

/// The statements to take back what is overdue on many levels, and to consume what is not.
async fn statements_to_move(
    books: &Harness,
    sale: &Sale,
    count: usize,
    statements: &Statements,
) -> [usize; 2] {
    let actor = books.system();
    let products = stocked(books, sale, count).await;
    for product in &products {
        reserve(books, sale, *product).await;
    }
    books.clock.advance(Duration::from_hours(24));
    statements.take();
    let unreserved = issue(sale, products.iter().map(|product| (*product, None)));
    books.app.execute(&actor, &unreserved).await.unwrap();
    let swept = statements.take().len();

    let mut reserved = Vec::new();
    for product in &products {
        reserved.push((*product, Some(reserve(books, sale, *product).await)));
    }
    statements.take();
    books.app.execute(&actor, &issue(sale, reserved.into_iter())).await.unwrap();
    [swept, statements.take().len()]
}

async fn reservations_of_many_levels_take_as_many_statements_as_those_of_five(
    (_store, database): (Arc<SqlStore>, Database),
) {
    let (books, statements) = watched(&database).await;
    let sale = books.stocked_sale("1").await;

    let few = statements_to_move(&books, &sale, 5, &statements).await;
    let many = statements_to_move(&books, &sale, 60, &statements).await;

    assert_eq!(few, many);
    assert!(few.iter().all(|count| (2..25).contains(count)), "{few:?}");
}

fn request<F: SortField>(limit: u16) -> PageRequest<F> {
    let limit = PageLimit::try_new(limit).unwrap();
    PageRequest { limit, sort: Sort::natural(), after: None, with_total: false }
}

async fn a_page_of_many_promises_takes_as_many_statements_as_one_of_two(
    (_store, database): (Arc<SqlStore>, Database),
) {
    let (books, statements) = watched(&database).await;
    let sale = books.stocked_sale("1").await;
    let actor = books.system();
    let products = stocked(&books, &sale, 30).await;
    let plan = |scope| CreateStocktake { id: None, warehouse: sale.warehouse, scope, note: None };
    for product in &products {
        reserve(&books, &sale, *product).await;
        let plan = plan(StocktakeScope::Products(vec![*product]));
        books.app.execute(&actor, &plan).await.unwrap();
    }
    books.clock.advance(Duration::from_hours(24));
    let plan = plan(StocktakeScope::Everything);
    let stocktake = books.app.execute(&actor, &plan).await.unwrap().id;
    let start = StartStocktake { id: stocktake, expected: None };
    books.app.execute(&actor, &start).await.unwrap();
    let statements_for = async |limit: u16| {
        statements.take();
        let filter = ReservationFilter::default();
        let query = ListReservations { filter, page: request(limit) };
        let rows = books.app.ask(&actor, &query).await.unwrap().items.len();
        let query = ListStocktakes { filter: StocktakeFilter::default(), page: request(limit) };
        let rows = rows + books.app.ask(&actor, &query).await.unwrap().items.len();
        let filter = StocktakeLineFilter { stocktake, is_counted: None };
        let query = ListStocktakeLines { filter, page: request(limit) };
        let rows = rows + books.app.ask(&actor, &query).await.unwrap().items.len();
        let query = ListLevels { filter: LevelFilter::default(), page: request(limit) };
        let rows = rows + books.app.ask(&actor, &query).await.unwrap().items.len();
        assert_eq!(rows, 4 * usize::from(limit));
        statements.take().len()
    };

    let few = statements_for(2).await;
    let many = statements_for(30).await;

    assert_eq!(few, many);
}
