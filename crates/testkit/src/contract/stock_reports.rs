//! Stock added up: whichever way, it comes to what the levels hold.

use std::sync::Arc;

use gaara_application::Store;
use gaara_application::inventory::{CreateProduct, ListLevels, ValueStock};
use gaara_inventory::{
    LevelFilter, LevelView, StockValuation, ValuationBy, ValuationFilter, Valued,
};
use gaara_kernel::{CategoryId, Money, ProductId, WarehouseId};

use super::store::whole;
use crate::fixtures::{currency, money, quantity, unit_price};
use crate::harness::Harness;

struct Stocked {
    books: Harness,
    categories: [CategoryId; 2],
    products: Vec<ProductId>,
    warehouses: [WarehouseId; 2],
}

/// Seven products, five of them in one of two categories, in two warehouses, at odd costs; one
/// level was emptied, and one is worth nothing.
async fn stocked(store: Arc<dyn Store>) -> Stocked {
    let books = Harness::new(store).set_up().await;
    books.add_vat().await;
    let categories =
        [books.add_category("Bolts", None).await, books.add_category("Nuts", None).await];
    let warehouses = [books.add_warehouse("MAIN").await, books.add_warehouse("SHOP").await];
    let mut products = Vec::new();
    for number in 0..7_usize {
        let category = categories.get(number % 3).copied();
        let product = CreateProduct { category, ..Harness::new_product(&format!("P{number}")) };
        let product = books.app.execute(&books.system(), &product).await.expect("a product").id;
        products.push(product);
        for (place, warehouse) in warehouses.iter().enumerate() {
            let count = quantity(&(number * 3 + place * 2 + 1).to_string());
            let mut receipt = Harness::receipt(product, *warehouse, count);
            let cost = if number == 6 { "0".to_owned() } else { format!("{number}.33{place}7") };
            for line in &mut receipt.0.lines {
                line.unit_cost = Some(unit_price(&cost));
            }
            books.app.execute(&books.system(), &receipt).await.expect("goods can be received");
        }
    }
    let [main, _] = warehouses;
    let emptied = products.first().copied().expect("a product");
    let issue = Harness::issue_of(emptied, main, quantity("1"));
    books.app.execute(&books.system(), &issue).await.expect("goods can be issued");
    Stocked { books, categories, products, warehouses }
}

async fn levels(books: &Harness) -> Vec<LevelView> {
    let query = ListLevels { filter: LevelFilter::default(), page: whole() };
    books.app.ask(&books.system(), &query).await.expect("levels can be read").items
}

async fn value(books: &Harness, by: ValuationBy, filter: &ValuationFilter) -> StockValuation {
    let query = ValueStock { by, filter: filter.clone() };
    books.app.ask(&books.system(), &query).await.expect("stock can be valued")
}

fn sum<'a>(levels: impl Iterator<Item = &'a LevelView>) -> Money {
    let nothing = Money::zero(currency("SAR"));
    levels.fold(nothing, |sum, row| sum.plus(row.level.value()).expect("a sum in range"))
}

/// By product, category or warehouse, of all or of some: the total is the sum of the levels, each
/// row is the sum of its own, and what is empty has no row.
pub async fn every_valuation_adds_up_to_the_levels(store: Arc<dyn Store>) {
    let Stocked { books, categories, products, warehouses } = stocked(store).await;
    let levels = levels(&books).await;
    let all = ValuationFilter::default();
    let total = sum(levels.iter());
    assert!(total.is_positive());

    for (by, rows) in
        [(ValuationBy::Product, 7), (ValuationBy::Category, 3), (ValuationBy::Warehouse, 2)]
    {
        let valuation = value(&books, by, &all).await;
        assert_eq!((valuation.total, valuation.rows.len()), (total, rows), "{by:?}");
        let values: Vec<i64> = valuation.rows.iter().map(|row| row.value.minor()).collect();
        assert!(values.is_sorted_by(|a, b| a >= b), "{values:?}");
        for row in &valuation.rows {
            let own = levels.iter().filter(|level| belongs(level, &row.valued, &products));
            assert_eq!(row.value, sum(own), "{row:?}");
        }
    }
    let [main, shop] = warehouses;
    let [bolts, nuts] = categories;
    let in_shop = ValuationFilter { warehouse: Some(shop), ..all.clone() };
    let of_shop = levels.iter().filter(|row| row.level.key().warehouse == shop);
    assert_eq!(value(&books, ValuationBy::Category, &in_shop).await.total, sum(of_shop));
    let both = ValuationFilter { category: Some(nuts), warehouse: Some(main), product: None };
    assert_eq!(value(&books, ValuationBy::Product, &both).await.rows.len(), 2);
    let emptied = ValuationFilter {
        product: products.first().copied(),
        warehouse: Some(main),
        category: Some(bolts),
    };
    let nothing = value(&books, ValuationBy::Product, &emptied).await;
    assert_eq!((nothing.rows.len(), nothing.total), (0, money("0")));
}

/// Products go into the categories in turns, every third one into none.
fn belongs(level: &LevelView, valued: &Valued, products: &[ProductId]) -> bool {
    let key = level.level.key();
    let turn = products.iter().position(|product| *product == key.product).expect("a product") % 3;
    match valued {
        Valued::Product { id, .. } => *id == key.product,
        Valued::Category { name, .. } => turn == usize::from(name.en() == Some("Nuts")),
        Valued::Uncategorized => turn == 2,
        Valued::Warehouse { id, .. } => *id == key.warehouse,
    }
}
