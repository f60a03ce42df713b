//! How many statements a batch of products takes.

use std::sync::Arc;

use gaara_application::inventory::{
    BatchMode, ChangeProduct, CreateProduct, ProductWrite, WriteProducts, WrittenProduct,
};
use gaara_inventory::{Barcode, Factor, Packaging, ReorderRule};
use gaara_store_sql::SqlStore;
use gaara_testkit::{Harness, code, quantity, unit_price};

use crate::databases::{Database, on_both_engines};
use crate::statements::{Statements, watched};

on_both_engines! {
    a_batch_of_five_hundred_takes_as_many_statements_as_one_of_five,
}

/// Adds so many products with everything they can have, changes as many, and counts the
/// statements.
async fn statements_to_write(books: &Harness, entries: u64, statements: &Statements) -> usize {
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
    statements.take();
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
    statements.take().len()
}

/// A barcode of its own for each entry of each batch.
fn barcode(batch: u64, number: u64) -> Barcode {
    let digits = format!("{batch:04}{number:08}");
    let found = (0..10).find_map(|check| Barcode::parse(&format!("{digits}{check}")).ok());
    found.unwrap()
}

async fn a_batch_of_five_hundred_takes_as_many_statements_as_one_of_five(
    (_store, database): (Arc<SqlStore>, Database),
) {
    let (books, statements) = watched(&database).await;
    books.add_vat().await;

    let few = statements_to_write(&books, 5, &statements).await;
    let many = statements_to_write(&books, 500, &statements).await;

    assert_eq!(few, many);
    assert!((20..70).contains(&few), "{few} statements for two batches");
}
