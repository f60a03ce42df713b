//! How many statements a use case takes.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use gaara_testkit::{Harness, Sale};

use crate::config::SqlConfig;
use crate::store::SqlStore;

/// Issues an invoice of so many lines, each on a product of its own, and counts the statements.
async fn statements_to_issue(
    books: &Harness,
    sale: &Sale,
    lines: usize,
    count: &AtomicUsize,
) -> usize {
    let mut written = sale.draft("1");
    let line = written.lines.pop().unwrap();
    for number in 0..lines {
        let product = books.add_product(&format!("P-{lines}-{number}")).await;
        let receipt = Harness::receipt(product, sale.warehouse, line.quantity);
        books.app.execute(&books.system(), &receipt).await.unwrap();
        let mut line = line.clone();
        line.product = Some(product);
        written.lines.push(line);
    }
    count.store(0, Ordering::SeqCst);
    books.issue(&written).await.unwrap();
    count.load(Ordering::SeqCst)
}

#[tokio::test]
async fn an_invoice_of_many_lines_takes_as_many_statements_as_one_of_two() {
    let directory = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", directory.path().join("books.db").display());
    let mut store = SqlStore::connect(&SqlConfig::new(url)).await.unwrap();
    store.migrate_up().await.unwrap();
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    store.connections.writer.set_metric_callback(move |_| {
        counted.fetch_add(1, Ordering::SeqCst);
    });
    let books = Harness::new(Arc::new(store)).set_up().await;
    let sale = books.stocked_sale("1").await;

    let few = statements_to_issue(&books, &sale, 2, &count).await;
    let many = statements_to_issue(&books, &sale, 200, &count).await;

    assert_eq!(few, many);
    assert!((10..40).contains(&few), "{few} statements");
}
