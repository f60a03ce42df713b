//! The catalogue: a tree that stays one, what is archived, and what is found.

use std::sync::Arc;

use gaara_application::inventory::{
    ArchiveProduct, ArchiveWarehouse, ArchivingError, BatchMode, ChangeCategory,
    ChangeCategoryError, ChangeProduct, FindCategory, ListCategories, ListProducts, ListSuppliers,
    NameChange, ProductRefusal, ProductWrite, RemoveCategory, RemoveCategoryError, RestoreProduct,
    WriteProducts, WriteProductsError,
};
use gaara_application::{Refusal, Store};
use gaara_inventory::{
    ArchivedFilter, Barcode, Category, CategoryFilter, CategorySort, Factor, MovementKind,
    Packaging, PlaceError, ProductFilter, ProductSort, SupplierFilter,
};
use gaara_kernel::{CategoryId, Direction, PageRequest, ProductId, SearchQuery, Sort, Version};

use super::concurrency::at_once;
use super::store::whole;
use crate::fixtures::{bilingual, code, quantity, unit_price};
use crate::harness::Harness;

fn moved(id: CategoryId, expected: Version, parent: Option<CategoryId>) -> ChangeCategory {
    ChangeCategory { id, expected, name: NameChange::default(), parent: Some(parent) }
}

async fn category(books: &Harness, id: CategoryId) -> Category {
    let found = books.app.ask(&books.system(), &FindCategory { id }).await;
    found.expect("a category can be read").expect("it exists")
}

/// All categories, in the order in which they read as a tree.
async fn tree(books: &Harness) -> Vec<Category> {
    let sort = Sort::by(CategorySort::Path, Direction::Ascending);
    let page = PageRequest { sort, ..whole() };
    let query = ListCategories { filter: CategoryFilter::default(), page };
    books.app.ask(&books.system(), &query).await.expect("categories can be read").items
}

/// What is below moves with what is above, and the list reads as a tree before and after.
pub async fn a_category_moves_with_everything_below_it(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    let a = books.add_category("A", None).await;
    let b = books.add_category("B", None).await;
    let a1 = books.add_category("A1", Some(a)).await;
    let a11 = books.add_category("A11", Some(a1)).await;
    let a2 = books.add_category("A2", Some(a)).await;
    let ids = |rows: Vec<Category>| rows.iter().map(|row| row.id).collect::<Vec<_>>();
    assert_eq!(ids(tree(&books).await), [a, a1, a11, a2, b]);

    let under_b = moved(a1, Version::FIRST, Some(b));
    let (_, after) = books.app.execute(&books.system(), &under_b).await.expect("it can move");
    assert_eq!((after.path, after.version), (vec![b, a1], Version::FIRST.next()));

    assert_eq!(ids(tree(&books).await), [a, a2, b, a1, a11]);
    let below = category(&books, a11).await;
    assert_eq!((below.path, below.parent), (vec![b, a1, a11], Some(a1)));
    assert_eq!(below.version, Version::FIRST.next(), "what it shows has changed");
    assert_eq!(category(&books, a2).await.version, Version::FIRST);
    let to_top = moved(a11, Version::FIRST.next(), None);
    books.app.execute(&books.system(), &to_top).await.expect("it can move");
    assert_eq!(category(&books, a11).await.path, [a11]);
    let circle = moved(b, Version::FIRST, Some(a1));
    let refused = books.app.execute(&books.system(), &circle).await.expect_err("a circle");
    let Refusal::Failed(ChangeCategoryError::Place(error)) = refused else { panic!("{refused:?}") };
    assert_eq!(error, PlaceError::Cycle);
}

/// Two moves that are each sound do not make a circle together.
pub async fn two_moves_at_once_never_make_a_circle(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    let mut ids = Vec::new();
    for name in ["A", "B", "C", "D"] {
        ids.push(books.add_category(name, None).await);
    }
    let turn = std::sync::atomic::AtomicUsize::new(0);

    let results = at_once(ids.len(), || {
        let at = turn.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        let (books, ids) = (books.clone(), ids.clone());
        async move {
            let place = |at: usize| *ids.get(at % ids.len()).expect("a category");
            let (own, next) = (place(at), place(at + 1));
            books.app.execute(&books.system(), &moved(own, Version::FIRST, Some(next))).await
        }
    })
    .await;

    let circles = results.iter().filter(|result| {
        matches!(result, Err(Refusal::Failed(ChangeCategoryError::Place(PlaceError::Cycle))))
    });
    let stale = results
        .iter()
        .filter(|result| matches!(result, Err(Refusal::Failed(ChangeCategoryError::Stale { .. }))));
    let refused = circles.count() + stale.count();
    assert!(refused >= 1, "{results:?}");
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), ids.len() - refused);
    for row in tree(&books).await {
        assert_eq!(row.path.last(), Some(&row.id));
        let above = row.path.iter().rev().nth(1).copied();
        assert_eq!(above, row.parent, "a path says what the parents say");
    }
}

/// A category stays while anything hangs on it.
pub async fn a_category_in_use_is_not_removed(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    books.add_vat().await;
    let top = books.add_category("Top", None).await;
    let below = books.add_category("Below", Some(top)).await;
    let product = books.add_product("BOLT").await;
    let change = |category| ChangeProduct {
        category: Some(category),
        ..Harness::product_change(product, Version::FIRST)
    };
    books.app.execute(&books.system(), &change(Some(below))).await.expect("it exists");
    let remove = |id| RemoveCategory { id, expected: Version::FIRST };

    for id in [top, below] {
        let refused = books.app.execute(&books.system(), &remove(id)).await;
        assert!(matches!(refused, Err(Refusal::Failed(RemoveCategoryError::InUse))), "{refused:?}");
    }
    let nowhere = ChangeProduct { expected: Version::FIRST.next(), ..change(None) };
    books.app.execute(&books.system(), &nowhere).await.expect("it can hang on none");
    books.app.execute(&books.system(), &remove(below)).await.expect("nothing hangs on it");
    books.app.execute(&books.system(), &remove(top)).await.expect("nothing hangs on it");
    assert_eq!(tree(&books).await, []);
}

/// What is archived has no stock, however many receive at the same moment.
pub async fn nothing_archived_has_stock(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    books.add_vat().await;
    let warehouse = books.add_warehouse("MAIN").await;
    for round in 0..6 {
        let product = books.add_product(&format!("P{round}")).await;
        let receipt = Harness::receipt(product, warehouse, quantity("1"));
        let archive = ArchiveProduct { id: product, expected: None };
        let (one, other) = (books.clone(), books.clone());
        let (received, archived) = tokio::join!(
            tokio::spawn(async move { one.app.execute(&one.system(), &receipt).await.is_ok() }),
            tokio::spawn(async move { other.app.execute(&other.system(), &archive).await.is_ok() }),
        );
        let (received, archived) = (received.expect("no panic"), archived.expect("no panic"));
        assert!(received != archived, "received {received}, archived {archived}");
        let expected = if received { "1" } else { "0" };
        assert_eq!(books.on_hand(product).await, expected);
    }
    let close = ArchiveWarehouse { id: warehouse, expected: None };
    let first = books.add_product("LAST").await;
    let receipt = Harness::receipt(first, warehouse, quantity("2"));
    books.app.execute(&books.system(), &receipt).await.expect("goods can be received");
    let refused = books.app.execute(&books.system(), &close).await;
    assert!(matches!(refused, Err(Refusal::Failed(ArchivingError::InUse))), "{refused:?}");
}

/// Archiving waits until the last piece is gone, and restoring undoes it.
pub async fn the_last_piece_lets_a_product_be_archived(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    let sale = books.stocked_sale("2").await;
    let archive = ArchiveProduct { id: sale.product, expected: Some(Version::FIRST) };
    let refused = books.app.execute(&books.system(), &archive).await;
    assert!(matches!(refused, Err(Refusal::Failed(ArchivingError::InUse))), "{refused:?}");
    let mut out = Harness::receipt(sale.product, sale.warehouse, quantity("2"));
    out.kind = MovementKind::Issue;
    out.lines.iter_mut().for_each(|line| line.unit_cost = None);
    books.app.execute(&books.system(), &out).await.expect("goods are there");

    let archived = books.app.execute(&books.system(), &archive).await.expect("nothing is left");
    assert!(archived.archived_at.is_some());
    let receipt = Harness::receipt(sale.product, sale.warehouse, quantity("1"));
    books.app.execute(&books.system(), &receipt).await.expect_err("nothing new");
    let close = ArchiveWarehouse { id: sale.warehouse, expected: None };
    books.app.execute(&books.system(), &close).await.expect("the warehouse is empty");
    let restore = RestoreProduct { id: sale.product, expected: Some(archived.version) };
    let restored = books.app.execute(&books.system(), &restore).await.expect("it is archived");
    assert_eq!(restored.archived_at, None);
    books.app.execute(&books.system(), &receipt).await.expect_err("the warehouse is archived");
}

fn create(sku: &str) -> ProductWrite {
    ProductWrite::Create(Box::new(Harness::new_product(sku)))
}

fn batch(mode: BatchMode, writes: Vec<ProductWrite>) -> WriteProducts {
    WriteProducts { mode, writes, others_refused: false }
}

/// Two batches that want one SKU take turns: the slower one is told which entry is too late.
pub async fn of_two_batches_with_one_sku_one_is_told(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    books.add_vat().await;

    let results = at_once(2, || {
        let books = books.clone();
        let batch = batch(BatchMode::Atomic, vec![create("A"), create("B"), create("C")]);
        async move { books.app.execute(&books.system(), &batch).await }
    })
    .await;

    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
    let refused = results.into_iter().find_map(Result::err).expect("one is refused");
    let Refusal::Failed(WriteProductsError::Refused(entries)) = refused else {
        panic!("{refused:?}")
    };
    let expected: Vec<_> = (0..3).map(|at| (at, vec![ProductRefusal::SkuTaken])).collect();
    assert_eq!(entries, expected);
    assert_eq!(found(&books, ProductFilter::default()).await.len(), 3);
}

async fn found(books: &Harness, filter: ProductFilter) -> Vec<String> {
    let page = PageRequest { sort: Sort::by(ProductSort::Sku, Direction::Ascending), ..whole() };
    let query = ListProducts { filter, page };
    let rows = books.app.ask(&books.system(), &query).await.expect("products can be read");
    assert_eq!(rows.total, u64::try_from(rows.items.len()).ok());
    rows.items.iter().map(|product| product.sku.to_string()).collect()
}

/// Four products, of which three hang on a tree, one is packed and one is archived.
async fn catalogue(books: &Harness) -> (CategoryId, CategoryId, Vec<ProductId>) {
    books.add_vat().await;
    let top = books.add_category("Top", None).await;
    let below = books.add_category("Below", Some(top)).await;
    let beside = books.add_category("Beside", None).await;
    let supplier = books.add_supplier("Gulf Steel").await;
    let barcode = |text: &str| Barcode::parse(text).expect("a barcode");
    let packed = Packaging {
        unit: code("CTN"),
        factor: Factor::try_new(6, 1).expect("a factor"),
        barcodes: vec![barcode("4006381333931")],
    };
    let mut ids = Vec::new();
    for (sku, name, category) in [
        ("BOLT-M8", bilingual("Bolt M8", "برغي مجلفن"), Some(top)),
        ("BOLT-M10", bilingual("Bolt M10", "بُرغي كبير"), Some(below)),
        ("NUT", bilingual("Hex nut", "صامولة"), Some(beside)),
        ("OLD", bilingual("Old bolt", "برغي قديم"), None),
    ] {
        let mut product = Harness::new_product(sku);
        (product.name, product.category) = (name, category);
        if sku == "NUT" {
            product.supplier = Some(supplier);
            product.barcodes = vec![barcode("6281000000014")];
            product.packagings = vec![packed.clone()];
        }
        ids.push(books.app.execute(&books.system(), &product).await.expect("a product").id);
    }
    let old = *ids.last().expect("four products");
    let archive = ArchiveProduct { id: old, expected: None };
    books.app.execute(&books.system(), &archive).await.expect("no stock");
    (top, below, ids)
}

/// Every filter of the catalogue keeps what matches and nothing else.
pub async fn products_are_found_by_what_they_have(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    let (top, below, _) = catalogue(&books).await;
    let all = ProductFilter::default;
    let barcode = |text: &str| Some(Barcode::parse(text).expect("a barcode"));

    let in_use = ["BOLT-M10", "BOLT-M8", "NUT"];
    assert_eq!(found(&books, all()).await, in_use);
    let archived = ArchivedFilter::Only;
    assert_eq!(found(&books, ProductFilter { archived, ..all() }).await, ["OLD"]);
    let archived = ArchivedFilter::Any;
    assert_eq!(found(&books, ProductFilter { archived, ..all() }).await.len(), 4);
    let category = Some(top);
    let subtree = ProductFilter { category, ..all() };
    assert_eq!(found(&books, subtree).await, ["BOLT-M10", "BOLT-M8"], "what is below counts too");
    let category = Some(below);
    assert_eq!(found(&books, ProductFilter { category, ..all() }).await, ["BOLT-M10"]);
    for text in ["6281000000014", "4006381333931"] {
        let filter = ProductFilter { barcode: barcode(text), ..all() };
        assert_eq!(found(&books, filter).await, ["NUT"]);
    }
    let none = ProductFilter { barcode: barcode("96385074"), ..all() };
    assert_eq!(found(&books, none).await, Vec::<String>::new());
    for (text, expected) in [
        ("bolt", vec!["BOLT-M10", "BOLT-M8"]),
        ("BOLT-M1", vec!["BOLT-M10"]),
        ("m8 bol", vec!["BOLT-M8"]),
        ("برغي", vec!["BOLT-M10", "BOLT-M8"]),
        ("صاموله", vec!["NUT"]),
        ("olt", vec![]),
        ("؟!", vec![]),
        ("%", vec![]),
        ("bolt_", vec!["BOLT-M10", "BOLT-M8"]),
    ] {
        let query = Some(SearchQuery::new(text));
        assert_eq!(found(&books, ProductFilter { query, ..all() }).await, expected, "{text}");
    }
    let query = Some(SearchQuery::new("gulf"));
    let filter = SupplierFilter { query, ..SupplierFilter::default() };
    let query = ListSuppliers { filter, page: whole() };
    let suppliers = books.app.ask(&books.system(), &query).await.expect("suppliers can be read");
    let supplier = suppliers.items.first().map(|supplier| supplier.id);
    assert_eq!(found(&books, ProductFilter { supplier, ..all() }).await, ["NUT"]);
}

/// A renamed product is found by its new name and no longer by its old one.
pub async fn a_change_is_found_by_its_new_words(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    let (.., ids) = catalogue(&books).await;
    let name = NameChange { en: Some(Some("Washer".to_owned())), ..NameChange::default() };
    let nut = *ids.get(2).expect("four products");
    let change = ChangeProduct {
        name,
        sku: Some(code("WSH")),
        unit_price: Some(unit_price("1")),
        ..Harness::product_change(nut, Version::FIRST)
    };
    books.app.execute(&books.system(), &change).await.expect("it can be renamed");

    for (text, expected) in [("washer", vec!["WSH"]), ("nut", vec![]), ("صامولة", vec!["WSH"])]
    {
        let query = Some(SearchQuery::new(text));
        let filter = ProductFilter { query, ..ProductFilter::default() };
        assert_eq!(found(&books, filter).await, expected, "{text}");
    }
}
