//! What to order.

use std::sync::Arc;
use std::time::Duration;

use gaara_application::Store;
use gaara_application::inventory::{CreateReservation, ListReorder};
use gaara_inventory::{ReorderFilter, ReorderRule, ReorderView, StockKey};
use gaara_kernel::{Clock as _, ProductId, WarehouseId};

use super::lists::assert_whole;
use super::store::whole;
use crate::fixtures::quantity;
use crate::harness::Harness;

/// Two products, one that is archived, and two warehouses.
struct Shelf {
    books: Harness,
    a: ProductId,
    b: ProductId,
    main: WarehouseId,
    shop: WarehouseId,
}

/// Ten pieces of the first product are in either warehouse, and nothing of the others. In the
/// shop three are reserved; what was reserved in the main warehouse is overdue.
async fn kept_shelf(store: Arc<dyn Store>) -> Shelf {
    let books = Harness::new(Arc::clone(&store)).set_up().await;
    books.add_vat().await;
    let (main, shop) = (books.add_warehouse("MAIN").await, books.add_warehouse("SHOP").await);
    let a = books.add_product("A").await;
    let (b, archived) = (books.add_product("B").await, books.add_product("GONE").await);
    for (warehouse, reserved, seconds) in [(main, "9", 1), (shop, "3", 3_600)] {
        let receipt = Harness::receipt(a, warehouse, quantity("10"));
        books.app.execute(&books.system(), &receipt).await.expect("goods can be received");
        let reserve = CreateReservation {
            id: None,
            product: a,
            warehouse,
            quantity: quantity(reserved),
            unit: None,
            expires_at: Some(books.clock.now().plus(Duration::from_secs(seconds))),
            note: None,
        };
        books.app.execute(&books.system(), &reserve).await.expect("they are free");
    }
    books.clock.advance(Duration::from_secs(2));
    let rule = |warehouse, minimum: &str| {
        let (minimum, maximum) = (quantity(minimum), quantity("50"));
        ReorderRule { warehouse, minimum, maximum }
    };
    let mut transaction = store.begin().await.expect("a transaction");
    let ids = [a, b, archived];
    let mut products = transaction.products().lock_many(&ids).await.expect("products");
    for product in &mut products {
        product.reorder = match product.id {
            id if id == a => vec![rule(main, "10"), rule(shop, "8")],
            id if id == b => vec![rule(main, "0"), rule(shop, "1")],
            _ => vec![rule(shop, "5")],
        };
        product.archived_at = (product.id == archived).then(|| books.clock.now());
    }
    transaction.products().save_all(&products).await.expect("they were locked");
    transaction.commit().await.expect("a commit");
    Shelf { books, a, b, main, shop }
}

/// A product is ordered where less is free than its minimum, though it never was there; what is
/// overdue holds nothing, and what is archived is not ordered.
pub async fn what_is_below_its_minimum_is_to_be_ordered(store: Arc<dyn Store>) {
    let Shelf { books, a, b, main, shop } = kept_shelf(store).await;
    let told = async |warehouse| {
        let query = ListReorder { filter: ReorderFilter { warehouse }, page: whole() };
        let rows = books.app.ask(&books.system(), &query).await.expect("a page").items;
        let tell = |row: ReorderView| {
            let free = row.level.available().to_string();
            let names = (row.names.sku.to_string(), row.names.warehouse_code.to_string());
            (row.level.key(), free, row.minimum.to_string(), row.suggested().to_string(), names)
        };
        rows.into_iter().map(tell).collect::<Vec<_>>()
    };

    let row = |product, free: &str, minimum: &str, suggested: &str, sku: &str| {
        let names = (sku.to_owned(), "SHOP".to_owned());
        let texts = (free.to_owned(), minimum.to_owned(), suggested.to_owned());
        (StockKey { product, warehouse: shop }, texts.0, texts.1, texts.2, names)
    };
    let expected = [row(a, "7", "8", "43", "A"), row(b, "0", "1", "50", "B")];
    assert_eq!(told(None).await, expected);
    assert_eq!(told(Some(shop)).await, expected);
    assert_eq!(told(Some(main)).await, []);
    let key = |row: &ReorderView| format!("{:?}", row.level.key());
    let list = |page| ListReorder { filter: ReorderFilter::default(), page };
    assert_whole(&books, 2, key, list).await;
}
