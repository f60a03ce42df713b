//! What is referred to stays, and what goes is referred to by nothing, whoever comes first.

use std::sync::Arc;

use gaara_application::inventory::{
    ArchiveProduct, ArchiveWarehouse, ArchivingError, BatchMode, ChangeUnit, ChangeUnitError,
    CreateProduct, CreateProductError, CreateUnit, ListProducts, NameChange, ProductRefusal,
    ProductWrite, RemoveCategory, RemoveCategoryError, RestoreProduct, WriteProducts,
    WriteProductsError,
};
use gaara_application::{Refusal, Store};
use gaara_inventory::{Decimals, Factor, MovementKind, ProductFilter, UnitBase};
use gaara_kernel::Version;

use super::concurrency::at_once;
use super::store::whole;
use crate::fixtures::{bilingual, code, quantity};
use crate::harness::Harness;

/// A product never hangs on a category that is gone, whoever comes first.
pub async fn no_product_hangs_on_a_category_that_is_gone(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    books.add_vat().await;
    for round in 0..6 {
        let id = books.add_category("Short-lived", None).await;
        let product =
            CreateProduct { category: Some(id), ..Harness::new_product(&format!("P{round}")) };
        let remove = RemoveCategory { id, expected: Version::FIRST };
        let (one, other) = (books.clone(), books.clone());
        let (added, removed) = tokio::join!(
            tokio::spawn(async move { one.app.execute(&one.system(), &product).await }),
            tokio::spawn(async move { other.app.execute(&other.system(), &remove).await }),
        );
        match (added.expect("no panic"), removed.expect("no panic")) {
            (Ok(_), Err(Refusal::Failed(RemoveCategoryError::InUse))) => {}
            (Err(Refusal::Failed(CreateProductError::Refused(refusals))), Ok(())) => {
                assert_eq!(refusals, [ProductRefusal::UnknownCategory]);
            }
            other => panic!("{other:?}"),
        }
    }
}

/// A unit that gets a product while its base changes has the one or the other.
pub async fn a_unit_changes_its_base_before_it_is_used_or_not_at_all(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    books.add_vat().await;
    for round in 0..6 {
        let name = code(&format!("TRAY{round}"));
        let base = |unit: &str| {
            Some(UnitBase { code: code(unit), factor: Factor::try_new(30, 1).expect("a factor") })
        };
        let tray = CreateUnit {
            id: None,
            code: name.clone(),
            name: bilingual("Tray", "طبق"),
            decimals: Decimals::WHOLE,
            base: base("EA"),
        };
        let tray = books.app.execute(&books.system(), &tray).await.expect("a new unit");
        let change = ChangeUnit {
            id: tray.id,
            expected: Version::FIRST,
            name: NameChange::default(),
            decimals: None,
            base: Some(base("SET")),
        };
        let product = CreateProduct { unit: name, ..Harness::new_product(&format!("P{round}")) };
        let (one, other) = (books.clone(), books.clone());
        let (added, changed) = tokio::join!(
            tokio::spawn(async move { one.app.execute(&one.system(), &product).await }),
            tokio::spawn(async move { other.app.execute(&other.system(), &change).await }),
        );
        added.expect("no panic").expect("the unit exists either way");
        match changed.expect("no panic") {
            Ok(_) | Err(Refusal::Failed(ChangeUnitError::BaseInUse)) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
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
    out.0.kind = MovementKind::Issue;
    out.0.lines.iter_mut().for_each(|line| line.unit_cost = None);
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
    let query = ListProducts { filter: ProductFilter::default(), page: whole() };
    let rows = books.app.ask(&books.system(), &query).await.expect("products can be read");
    assert_eq!(rows.total, Some(3));
}
