//! How many statements a use case takes.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use gaara_application::inventory::{
    BatchMode, ChangeProduct, CreateProduct, ProductWrite, WriteProducts, WrittenProduct,
};
use gaara_inventory::{Barcode, Factor, Packaging, ReorderRule};
use gaara_testkit::{Harness, Sale, code, quantity, unit_price};
use tempfile::TempDir;

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

/// Books on a file, and the count of the statements that write to it.
async fn counted_books() -> (Harness, Arc<AtomicUsize>, TempDir) {
    let directory = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", directory.path().join("books.db").display());
    let mut store = SqlStore::connect(&SqlConfig::new(url)).await.unwrap();
    store.migrate_up().await.unwrap();
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    store.connections.writer.set_metric_callback(move |_| {
        counted.fetch_add(1, Ordering::SeqCst);
    });
    (Harness::new(Arc::new(store)).set_up().await, count, directory)
}

#[tokio::test]
async fn an_invoice_of_many_lines_takes_as_many_statements_as_one_of_two() {
    let (books, count, _directory) = counted_books().await;
    let sale = books.stocked_sale("1").await;

    let few = statements_to_issue(&books, &sale, 2, &count).await;
    let many = statements_to_issue(&books, &sale, 200, &count).await;

    assert_eq!(few, many);
    assert!((10..40).contains(&few), "{few} statements");
}

/// Adds so many products with everything they can have, changes as many, and counts the
/// statements.
async fn statements_to_write(books: &Harness, entries: u64, count: &AtomicUsize) -> usize {
    let category = books.add_category("Category", None).await;
    let supplier = books.add_supplier("Supplier").await;
    let warehouse = books.add_warehouse(&format!("W{entries}")).await;
    let parts = |number: u64| {
        let factor = Factor::try_new(number + 1, 1).unwrap();
        let packaging =
            Packaging { unit: code("CTN"), factor, barcodes: vec![barcode(entries, number)] };
        let rule = ReorderRule { warehouse, minimum: quantity("1"), maximum: quantity("2") };
        (vec![packaging], vec![rule])
    };
    let create = |number: u64| {
        let (packagings, reorder) = parts(number);
        ProductWrite::Create(Box::new(CreateProduct {
            category: Some(category),
            supplier: Some(supplier),
            packagings,
            reorder,
            ..Harness::new_product(&format!("B-{entries}-{number}"))
        }))
    };
    let batch = |writes| WriteProducts { mode: BatchMode::Atomic, writes, others_refused: false };
    count.store(0, Ordering::SeqCst);
    let added = batch((0..entries).map(create).collect());
    let added = books.app.execute(&books.system(), &added).await.unwrap();
    let change = |(number, outcome): (u64, &Result<WrittenProduct, _>)| {
        let product = &outcome.as_ref().unwrap().after;
        let (packagings, _) = parts(number);
        ProductWrite::Change(Box::new(ChangeProduct {
            unit_price: Some(unit_price("9")),
            packagings: Some(packagings),
            ..Harness::product_change(product.id, product.version)
        }))
    };
    let changed = batch((0..entries).zip(&added).map(change).collect());
    books.app.execute(&books.system(), &changed).await.unwrap();
    count.load(Ordering::SeqCst)
}

/// A barcode of its own for each entry of each batch.
fn barcode(batch: u64, number: u64) -> Barcode {
    let digits = format!("{batch:04}{number:08}");
    let found = (0..10).find_map(|check| Barcode::parse(&format!("{digits}{check}")).ok());
    found.unwrap()
}

#[tokio::test]
async fn a_batch_of_five_hundred_takes_as_many_statements_as_one_of_five() {
    let (books, count, _directory) = counted_books().await;
    books.add_vat().await;

    let few = statements_to_write(&books, 5, &count).await;
    let many = statements_to_write(&books, 500, &count).await;

    assert_eq!(few, many);
    assert!((20..70).contains(&few), "{few} statements for two batches");
}
