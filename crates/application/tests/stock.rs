//! Stock through its use cases: packages, and what is told when little is left.

use std::sync::Arc;

use gaara_application::Store;
use gaara_application::inventory::{
    CreateAndPostMovement, CreateProduct, WrittenMovement, WrittenMovementLine,
};
use gaara_inventory::{Factor, MovementKind, Packaging, ReorderRule};
use gaara_store_memory::MemoryStore;
use gaara_testkit::{Harness, code, quantity, unit_price};

#[tokio::test]
async fn cartons_are_received_at_their_own_price_and_counted_in_pieces() {
    let books = Harness::new(Arc::new(MemoryStore::new())).set_up().await;
    books.add_vat().await;
    let factor = Factor::try_new(24, 1).unwrap();
    let carton = Packaging { unit: code("CTN"), factor, barcodes: Vec::new() };
    let product = CreateProduct { packagings: vec![carton], ..Harness::new_product("CUP") };
    let product = books.app.execute(&books.system(), &product).await.unwrap().id;
    let warehouse = books.add_warehouse("MAIN").await;

    let line = WrittenMovementLine {
        unit: Some(code("CTN")),
        unit_cost: Some(unit_price("19.90")),
        ..WrittenMovementLine::new(product, quantity("2"))
    };
    let receipt = WrittenMovement::new(MovementKind::Receipt, warehouse, vec![line]);
    let posted = books.app.execute(&books.system(), &CreateAndPostMovement(receipt)).await.unwrap();

    let [entry] = posted.entries.as_slice() else { panic!("{posted:?}") };
    assert_eq!((entry.quantity, entry.value.amount()), (quantity("48"), "39.80".to_owned()));
    assert_eq!(books.on_hand(product).await, "48");
}

#[tokio::test]
async fn what_falls_below_its_minimum_is_told_once() {
    let store = Arc::new(MemoryStore::new());
    let books = Harness::new(store.clone()).set_up().await;
    books.add_vat().await;
    let warehouse = books.add_warehouse("MAIN").await;
    let rule = ReorderRule { warehouse, minimum: quantity("5"), maximum: quantity("20") };
    let product = CreateProduct { reorder: vec![rule], ..Harness::new_product("BOLT") };
    let product = books.app.execute(&books.system(), &product).await.unwrap().id;
    let receipt = Harness::receipt(product, warehouse, quantity("10"));
    books.app.execute(&books.system(), &receipt).await.unwrap();

    for count in ["5", "1", "1"] {
        let issue = Harness::issue_of(product, warehouse, quantity(count));
        books.app.execute(&books.system(), &issue).await.unwrap();
    }

    let events = store.view().await.unwrap().find_events(&product.to_string()).await.unwrap();
    let told: Vec<_> = events.iter().filter(|it| it.kind == "stock.below_minimum").collect();
    let [event] = told.as_slice() else { panic!("{events:?}") };
    let value = |name: &str| event.data.iter().find(|(it, _)| it == name).unwrap().1.clone();
    assert_eq!((value("available"), value("minimum")), ("4".to_owned(), "5".to_owned()));
    assert_eq!(value("warehouse_id"), warehouse.to_string());
}
