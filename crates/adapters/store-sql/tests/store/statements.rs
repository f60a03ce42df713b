//! How many statements a use case takes.

use std::sync::{Arc, Mutex, PoisonError};

use gaara_application::inventory::{
    CreateAndPostMovement, CreateMovement, FindMovement, ListMovements, PostMovement,
    ReverseMovement, WrittenMovement, WrittenMovementLine,
};
use gaara_inventory::{MovementFilter, MovementKind};
use gaara_kernel::{Id, PageLimit, PageRequest, ProductId, Sort};
use gaara_store_sql::SqlStore;
use gaara_testkit::{Harness, Sale, date, quantity, unit_price};
use sea_orm::Statement;

use crate::databases::{Database, on_both_engines};

on_both_engines! {
    an_invoice_of_many_lines_takes_as_many_statements_as_one_of_two,
    a_movement_of_many_lines_takes_as_many_statements_as_one_of_five,
    a_page_of_many_movements_takes_as_many_statements_as_one_of_two,
}

/// The statements that a store ran since they were last taken.
#[derive(Clone, Default)]
pub(crate) struct Statements(Arc<Mutex<Vec<Statement>>>);

impl Statements {
    /// Watches a store.
    pub(crate) fn of(store: &mut SqlStore) -> Self {
        let statements = Self::default();
        let seen = statements.clone();
        store.watch(move |statement| {
            seen.0.lock().unwrap_or_else(PoisonError::into_inner).push(statement.clone());
        });
        statements
    }

    /// Takes what was seen, and begins anew.
    pub(crate) fn take(&self) -> Vec<Statement> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

pub(crate) async fn watched(database: &Database) -> (Harness, Statements) {
    let mut store = database.open().await;
    let statements = Statements::of(&mut store);
    (Harness::new(Arc::new(store)).set_up().await, statements)
}

pub(crate) async fn products(books: &Harness, count: usize) -> Vec<ProductId> {
    let mut products = Vec::new();
    for number in 0..count {
        products.push(books.add_product(&format!("P-{count}-{number}")).await);
    }
    products
}

async fn statements_to_issue(
    books: &Harness,
    sale: &Sale,
    lines: usize,
    statements: &Statements,
) -> usize {
    let mut written = sale.draft("1");
    let line = written.lines.pop().unwrap();
    for product in products(books, lines).await {
        let receipt = Harness::receipt(product, sale.warehouse, line.quantity);
        books.app.execute(&books.system(), &receipt).await.unwrap();
        let mut line = line.clone();
        line.product = Some(product);
        written.lines.push(line);
    }
    statements.take();
    books.issue(&written).await.unwrap();
    statements.take().len()
}

async fn an_invoice_of_many_lines_takes_as_many_statements_as_one_of_two(
    (_store, database): (Arc<SqlStore>, Database),
) {
    let (books, statements) = watched(&database).await;
    let sale = books.stocked_sale("1").await;

    let few = statements_to_issue(&books, &sale, 2, &statements).await;
    let many = statements_to_issue(&books, &sale, 200, &statements).await;

    assert_eq!(few, many);
    assert!((10..=40).contains(&few), "{few} statements");
}

fn written(kind: MovementKind, sale: &Sale, products: &[ProductId]) -> WrittenMovement {
    let is_receipt = kind == MovementKind::Receipt;
    let line = |product: &ProductId| WrittenMovementLine {
        product: *product,
        unit_cost: is_receipt.then(|| unit_price("1.75")),
        ..Harness::receipt(*product, sale.warehouse, quantity("1")).0.lines.pop().unwrap()
    };
    // A day gone by, so that history is looked at too.
    WrittenMovement {
        effective_date: Some(date("2026-11-20")),
        ..WrittenMovement::new(kind, sale.warehouse, products.iter().map(line).collect())
    }
}

/// The statements to receive, to draft, to post, to reverse and to find movements of many lines.
async fn statements_to_move(
    books: &Harness,
    sale: &Sale,
    lines: usize,
    statements: &Statements,
) -> [usize; 5] {
    let actor = books.system();
    let products = products(books, lines).await;
    statements.take();
    let receipt = CreateAndPostMovement(written(MovementKind::Receipt, sale, &products));
    books.app.execute(&actor, &receipt).await.unwrap();
    let received = statements.take().len();
    let issue = CreateMovement(written(MovementKind::Issue, sale, &products));
    let id = books.app.execute(&actor, &issue).await.unwrap().content.id;
    let drafted = statements.take().len();
    books.app.execute(&actor, &PostMovement { id, expected: None }).await.unwrap();
    let posted = statements.take().len();
    let reverse = ReverseMovement { id, expected: None, effective_date: None };
    books.app.execute(&actor, &reverse).await.unwrap();
    let reversed = statements.take().len();
    books.app.ask(&actor, &FindMovement { id }).await.unwrap().expect("it was posted");
    [received, drafted, posted, reversed, statements.take().len()]
}

async fn a_movement_of_many_lines_takes_as_many_statements_as_one_of_five(
    (_store, database): (Arc<SqlStore>, Database),
) {
    let (books, statements) = watched(&database).await;
    let sale = books.stocked_sale("1").await;

    let few = statements_to_move(&books, &sale, 5, &statements).await;
    let many = statements_to_move(&books, &sale, 500, &statements).await;

    assert_eq!(few, many);
    assert!(few.iter().all(|count| (2..25).contains(count)), "{few:?}");
}

async fn a_page_of_many_movements_takes_as_many_statements_as_one_of_two(
    (_store, database): (Arc<SqlStore>, Database),
) {
    let (books, statements) = watched(&database).await;
    let sale = books.stocked_sale("1").await;
    for _ in 0..30 {
        let receipt = Harness::receipt(sale.product, sale.warehouse, quantity("1"));
        books.app.execute(&books.system(), &receipt).await.unwrap();
    }
    let statements_for = async |limit: u16| {
        let page = PageRequest {
            limit: PageLimit::try_new(limit).unwrap(),
            sort: Sort::natural(),
            after: None,
            with_total: false,
        };
        statements.take();
        let query = ListMovements { filter: MovementFilter::default(), page };
        let items = books.app.ask(&books.system(), &query).await.unwrap().items;
        assert_eq!(items.len(), usize::from(limit), "{}", sale.product.as_uuid());
        statements.take().len()
    };

    let few = statements_for(2).await;
    let many = statements_for(30).await;

    assert_eq!(few, many);
}
