//! Stocktakes as they are listed, and what a category takes along.

use std::sync::Arc;

use gaara_application::inventory::{
    ArchiveProduct, ChangeStocktake, CountRefusal, CountStockError, CreateProduct,
    ListStocktakeLines, ListStocktakes, RemoveCategory, RemoveCategoryError,
};
use gaara_application::{Refusal, Store};
use gaara_inventory::{
    Stocktake, StocktakeFilter, StocktakeLineFilter, StocktakeLineView, StocktakeScope,
    StocktakeStatus,
};
use gaara_kernel::{CategoryId, ProductId, Version};

use super::lists::assert_whole;
use super::shelf::Shelf;
use super::stocktakes::lines;
use crate::fixtures::quantity;
use crate::harness::Harness;

/// Lists give each stocktake and each line once in every order, and keep what matches.
pub async fn stocktakes_and_their_lines_are_listed(store: Arc<dyn Store>) {
    let shelf = Shelf::with(store, "10").await;
    for sku in ["C", "A", "D", "B"] {
        let product = shelf.books.add_product(sku).await;
        shelf.receive(product, "1").await;
    }
    let other = shelf.books.add_warehouse("OTHER").await;
    let elsewhere = Shelf { sale: crate::Sale { warehouse: other, ..shelf.sale }, ..shelf.clone() };
    let counting = shelf.counting().await.id;
    shelf.count(counting, &[(shelf.sale.product, "9")]).await.expect("it is in scope");
    for _ in 0..3 {
        shelf.plan(StocktakeScope::Products(vec![shelf.sale.product])).await;
    }
    elsewhere.plan(StocktakeScope::Everything).await;

    let key = |row: &Stocktake| row.id.to_string();
    for (warehouse, statuses, expected) in [
        (None, vec![], 5),
        (Some(other), vec![], 1),
        (None, vec![StocktakeStatus::Counting], 1),
        (Some(shelf.sale.warehouse), vec![StocktakeStatus::Draft], 3),
        (None, vec![StocktakeStatus::Draft, StocktakeStatus::Counting], 5),
        (None, vec![StocktakeStatus::Posted], 0),
    ] {
        let filter = StocktakeFilter { warehouse, statuses };
        let query = |page| ListStocktakes { filter: filter.clone(), page };
        assert_whole(&shelf.books, expected, key, query).await;
    }
    let key = |row: &StocktakeLineView| row.sku.to_string();
    for (is_counted, expected) in [(None, 5), (Some(true), 1), (Some(false), 4)] {
        let filter = StocktakeLineFilter { stocktake: counting, is_counted };
        let query = move |page| ListStocktakeLines { filter, page };
        assert_whole(&shelf.books, expected, key, query).await;
    }
}

/// A category is counted with all below it, and stays while a stocktake counts it.
pub async fn a_category_is_counted_with_all_below_it(store: Arc<dyn Store>) {
    let shelf = Shelf::with(store, "10").await;
    let books = &shelf.books;
    let tools = books.add_category("TOOLS", None).await;
    let saws = books.add_category("SAWS", Some(tools)).await;
    let blades = books.add_category("BLADES", Some(saws)).await;
    let paint = books.add_category("PAINT", None).await;
    let add = async |sku: &str, category: CategoryId| {
        let product = CreateProduct { category: Some(category), ..Harness::new_product(sku) };
        books.app.execute(&books.system(), &product).await.expect("a new product").id
    };
    let (saw, blade, brush) =
        (add("SAW", saws).await, add("BLADE", blades).await, add("BRUSH", paint).await);
    let (later, gone) = (add("LATER", blades).await, add("GONE", saws).await);
    for product in [saw, blade, brush, gone] {
        shelf.receive(product, "1").await;
    }
    let issue = Harness::issue_of(gone, shelf.sale.warehouse, quantity("1"));
    books.app.execute(&books.system(), &issue).await.expect("one is there");
    let archive = ArchiveProduct { id: gone, expected: None };
    books.app.execute(&books.system(), &archive).await.expect("nothing is there");

    let mut scope = vec![saws, paint];
    scope.sort_unstable();
    let planned = shelf.plan(StocktakeScope::Categories(scope)).await;
    assert_eq!(shelf.stocktake(planned.id).await, planned);
    let remove = RemoveCategory { id: saws, expected: Version::FIRST };
    let removed = books.app.execute(&books.system(), &remove).await;
    assert!(matches!(removed, Err(Refusal::Failed(RemoveCategoryError::InUse))), "{removed:?}");
    let change = ChangeStocktake {
        id: planned.id,
        expected: planned.version,
        warehouse: None,
        categories: Some(Some(vec![saws])),
        products: None,
        note: None,
    };
    books.app.execute(&books.system(), &change).await.expect("a draft");
    shelf.start(planned.id).await.expect("nobody else counts");

    let counted = lines(&shelf, planned.id).await;
    let mut counted: Vec<ProductId> = counted.iter().map(|line| line.product).collect();
    counted.sort_unstable();
    let mut expected = vec![saw, blade];
    expected.sort_unstable();
    assert_eq!(counted, expected, "neither PAINT nor what is archived, nor what was never there");
    shelf.count(planned.id, &[(later, "0")]).await.expect("it stands below");
    for stray in [brush, gone, shelf.sale.product] {
        let refused = shelf.count(planned.id, &[(stray, "0")]).await;
        assert!(matches!(
            refused,
            Err(Refusal::Failed(CountStockError::Refused {
                index: 0,
                refusal: CountRefusal::NotInScope
            }))
        ));
    }
}
