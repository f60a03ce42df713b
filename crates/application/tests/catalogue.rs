//! The rules of units, suppliers and products, on the memory store.
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a refusal of the wrong kind must end its test"
)]

use std::sync::Arc;

use gaara_application::inventory::{
    ArchiveSupplier, ArchiveWarehouse, ArchivingError, BatchMode, ChangeProduct,
    ChangeProductError, ChangeSupplier, ChangeSupplierError, ChangeUnit, ChangeUnitError,
    CreateProduct, CreateProductError, CreateUnit, CreateUnitError, ListLevels, NameChange,
    ProductRefusal, ProductWrite, ReorderBound, RestoreSupplier, WriteProducts, WriteProductsError,
};
use gaara_application::invoicing::{CreateInvoice, CreateInvoiceError, LineError};
use gaara_application::party::{PartyChange, PartyError};
use gaara_application::{AuditFilter, ListAuditLog, Refusal, UseCase};
use gaara_inventory::{
    Barcode, BarcodePlace, Costing, Decimals, Factor, LevelFilter, MovementKind, Packaging,
    ProductFault, QuantityError, ReorderRule, Unit, UnitBase,
};
use gaara_kernel::{DecimalError, PageLimit, PageRequest, ProductId, Sort, Version};
use gaara_store_memory::MemoryStore;
use gaara_testkit::{Harness, bilingual, code, currency, money, quantity, unit_price};

async fn books() -> Harness {
    let books = Harness::new(Arc::new(MemoryStore::new())).set_up().await;
    books.add_vat().await;
    books
}

async fn run<U: UseCase>(books: &Harness, use_case: U) -> Result<U::Output, U::Error> {
    books.app.execute(&books.system(), &use_case).await.map_err(|refusal| match refusal {
        Refusal::Failed(error) => error,
        refusal => panic!("{refusal:?}"),
    })
}

fn base(unit: &str, numerator: u64) -> UnitBase {
    UnitBase { code: code(unit), factor: Factor::try_new(numerator, 1).unwrap() }
}

fn unit(name: &str, base: Option<UnitBase>) -> CreateUnit {
    let decimals = Decimals::try_new(2).unwrap();
    CreateUnit { id: None, code: code(name), name: bilingual(name, "وحدة"), decimals, base }
}

fn change_unit(unit: &Unit) -> ChangeUnit {
    ChangeUnit {
        id: unit.id,
        expected: unit.version,
        name: NameChange::default(),
        decimals: None,
        base: None,
    }
}

#[tokio::test]
async fn a_base_stands_for_itself() {
    let books = books().await;
    let tray = run(&books, unit("TRAY", Some(base("EA", 30)))).await.unwrap();

    let error = run(&books, unit("CRATE", Some(base("TRAY", 4)))).await.unwrap_err();
    assert!(matches!(error, CreateUnitError::BaseChained), "{error:?}");
    let error = run(&books, unit("SELF", Some(base("SELF", 2)))).await.unwrap_err();
    assert!(matches!(error, CreateUnitError::BaseChained), "{error:?}");
    let error = run(&books, unit("CRATE", Some(base("NONE", 4)))).await.unwrap_err();
    assert!(matches!(error, CreateUnitError::UnknownBase), "{error:?}");
    let own = ChangeUnit { base: Some(Some(base("TRAY", 4))), ..change_unit(&tray) };
    let error = run(&books, own).await.unwrap_err();
    assert!(matches!(error, ChangeUnitError::BaseChained), "{error:?}");
}

#[tokio::test]
async fn a_used_unit_keeps_its_factor_and_gets_no_coarser() {
    let books = books().await;
    let tray = run(&books, unit("TRAY", Some(base("EA", 30)))).await.unwrap();
    let other = ChangeUnit { base: Some(Some(base("EA", 31))), ..change_unit(&tray) };
    let (_, tray) = run(&books, other).await.unwrap();
    let root = run(&books, unit("ROOT", None)).await.unwrap();
    run(&books, unit("LEAF", Some(base("ROOT", 3)))).await.unwrap();
    let product = CreateProduct { unit: code("TRAY"), ..Harness::new_product("EGGS") };
    run(&books, product).await.unwrap();

    for (used, base) in [(&tray, Some(base("EA", 32))), (&tray, None), (&root, Some(base("EA", 1)))]
    {
        let change = ChangeUnit { base: Some(base), ..change_unit(used) };
        let error = run(&books, change).await.unwrap_err();
        assert!(matches!(error, ChangeUnitError::BaseInUse), "{error:?}");
    }
    let coarser = ChangeUnit { decimals: Some(Decimals::WHOLE), ..change_unit(&tray) };
    let error = run(&books, coarser).await.unwrap_err();
    assert!(matches!(error, ChangeUnitError::DecimalsInUse), "{error:?}");
    let same = ChangeUnit { base: Some(Some(base("EA", 31))), ..change_unit(&tray) };
    let finer = ChangeUnit { decimals: Some(Decimals::MOST), ..same };
    let (_, after) = run(&books, finer).await.unwrap();
    assert_eq!((after.decimals, after.base), (Decimals::MOST, Some(base("EA", 31))));
}

fn change(id: ProductId) -> ChangeProduct {
    Harness::product_change(id, Version::FIRST)
}

async fn refusals(books: &Harness, product: CreateProduct) -> Vec<ProductRefusal> {
    match run(books, product).await {
        Err(CreateProductError::Refused(refusals)) => refusals,
        other => panic!("{other:?}"),
    }
}

async fn refused_change(books: &Harness, change: ChangeProduct) -> Vec<ProductRefusal> {
    match run(books, change).await {
        Err(ChangeProductError::Refused(refusals)) => refusals,
        other => panic!("{other:?}"),
    }
}

fn packaging(unit: &str, barcode: &str) -> Packaging {
    let factor = Factor::try_new(6, 1).unwrap();
    Packaging { unit: code(unit), factor, barcodes: vec![Barcode::parse(barcode).unwrap()] }
}

#[tokio::test]
async fn everything_wrong_with_a_product_is_told_at_once() {
    const ONE: &str = "6281000000014";
    let books = books().await;
    let taken =
        CreateProduct { packagings: vec![packaging("CTN", ONE)], ..Harness::new_product("TAKEN") };
    run(&books, taken).await.unwrap();
    let supplier = books.add_supplier("Gone").await;
    run(&books, ArchiveSupplier { id: supplier, expected: None }).await.unwrap();
    let warehouse = books.add_warehouse("GONE").await;
    run(&books, ArchiveWarehouse { id: warehouse, expected: None }).await.unwrap();
    let (minimum, maximum) = (quantity("0.5"), quantity("1"));

    let product = CreateProduct {
        tax_rate: Some(code("NONE")),
        supplier: Some(supplier),
        packagings: vec![packaging("NONE", ONE)],
        reorder: vec![ReorderRule { warehouse, minimum, maximum }],
        costing: Costing::Standard,
        ..Harness::new_product("TAKEN")
    };
    let expected = [
        ProductRefusal::Rule(ProductFault::StandardCostMissing),
        ProductRefusal::UnknownPackagingUnit { packaging: 0 },
        ProductRefusal::UnknownTaxRate,
        ProductRefusal::SupplierArchived,
        ProductRefusal::WarehouseArchived { rule: 0 },
        ProductRefusal::ReorderTooFine {
            rule: 0,
            bound: ReorderBound::Minimum,
            error: QuantityError::NotWhole,
        },
        ProductRefusal::SkuTaken,
        ProductRefusal::BarcodeTaken(BarcodePlace { packaging: Some(0), index: 0 }),
    ];
    assert_eq!(refusals(&books, product).await, expected);
    let unknown = CreateProduct { unit: code("NONE"), ..Harness::new_product("NEW") };
    assert_eq!(refusals(&books, unknown).await, [ProductRefusal::UnknownUnit]);
}

/// What everything on hand is worth.
async fn value_on_hand(books: &Harness) -> String {
    let page = PageRequest {
        limit: PageLimit::default(),
        sort: Sort::natural(),
        after: None,
        with_total: false,
    };
    let query = ListLevels { filter: LevelFilter::default(), page };
    let levels = books.app.ask(&books.system(), &query).await.unwrap().items;
    let [row] = levels.as_slice() else { panic!("{levels:?}") };
    row.level.value().amount()
}

#[tokio::test]
async fn what_was_moved_keeps_its_unit_and_what_is_on_hand_its_costing() {
    let books = books().await;
    let warehouse = books.add_warehouse("MAIN").await;
    let id = books.add_product("BOLT").await;
    let fifo = ChangeProduct { costing: Some(Costing::Fifo), ..change(id) };
    run(&books, fifo.clone()).await.unwrap();
    let standard = ChangeProduct {
        costing: Some(Costing::Standard),
        standard_cost: Some(Some(unit_price("1.5"))),
        expected: Version::new(2),
        ..change(id)
    };
    run(&books, standard).await.unwrap();
    let dozens = ChangeProduct { unit: Some(code("DZN")), expected: Version::new(3), ..change(id) };
    run(&books, dozens).await.unwrap();
    let receipt = Harness::receipt(id, warehouse, quantity("3"));
    run(&books, receipt.clone()).await.unwrap();

    let expected = Version::new(4);
    let everything = ChangeProduct {
        unit: Some(code("EA")),
        costing: Some(Costing::Average),
        expected,
        ..change(id)
    };
    let refused = refused_change(&books, everything).await;
    assert_eq!(refused, [ProductRefusal::UnitInUse, ProductRefusal::CostingInUse]);
    let dearer =
        ChangeProduct { standard_cost: Some(Some(unit_price("2"))), expected, ..change(id) };
    let batch = WriteProducts {
        mode: BatchMode::Partial,
        writes: vec![ProductWrite::Change(Box::new(dearer.clone()))],
        others_refused: false,
    };
    let outcomes = run(&books, batch).await.unwrap();
    assert_eq!(outcomes, [Err(vec![ProductRefusal::StandardCostInUse])]);
    let (_, after) = run(&books, dearer).await.unwrap();
    assert_eq!(after.standard_cost, Some(unit_price("2")));
    assert_eq!(value_on_hand(&books).await, "6.00");
    let expected = after.version;

    let mut out = receipt;
    out.0.kind = MovementKind::Issue;
    out.0.lines.iter_mut().for_each(|line| line.unit_cost = None);
    run(&books, out).await.unwrap();
    let average = ChangeProduct { costing: Some(Costing::Average), expected, ..change(id) };
    let (_, after) = run(&books, average).await.unwrap();
    assert_eq!((after.costing, after.standard_cost), (Costing::Average, None));
    let expected = after.version;
    let pieces = ChangeProduct { unit: Some(code("EA")), expected, ..change(id) };
    let refused = refused_change(&books, pieces).await;
    assert_eq!(refused, [ProductRefusal::UnitInUse], "it was moved once");
}

#[tokio::test]
async fn what_is_archived_stays_where_it_is_and_is_not_chosen_anew() {
    let books = books().await;
    let (kept, other) = (books.add_supplier("Kept").await, books.add_supplier("Other").await);
    let id = books.add_product("BOLT").await;
    let to = |supplier, version| ChangeProduct {
        supplier: Some(Some(supplier)),
        expected: Version::new(version),
        ..change(id)
    };
    run(&books, to(kept, 1)).await.unwrap();
    for supplier in [kept, other] {
        run(&books, ArchiveSupplier { id: supplier, expected: None }).await.unwrap();
    }

    run(&books, to(kept, 2)).await.unwrap();
    assert_eq!(refused_change(&books, to(other, 3)).await, [ProductRefusal::SupplierArchived]);
    let again = ArchiveSupplier { id: other, expected: None };
    assert!(matches!(run(&books, again).await, Err(ArchivingError::Archived)));
    let stale = RestoreSupplier { id: other, expected: Some(Version::FIRST) };
    assert!(matches!(run(&books, stale).await, Err(ArchivingError::Stale { .. })));
    run(&books, RestoreSupplier { id: other, expected: None }).await.unwrap();
    let again = RestoreSupplier { id: other, expected: None };
    assert!(matches!(run(&books, again).await, Err(ArchivingError::NotArchived)));
    run(&books, to(other, 3)).await.unwrap();
}

#[tokio::test]
async fn an_archived_product_or_warehouse_is_on_no_new_document() {
    let books = Harness::new(Arc::new(MemoryStore::new())).set_up().await;
    let sale = books.stocked_sale("1").await;
    let gone = books.add_product("GONE").await;
    let archive = gaara_application::inventory::ArchiveProduct { id: gone, expected: None };
    run(&books, archive).await.unwrap();
    let closed = books.add_warehouse("CLOSED").await;
    run(&books, ArchiveWarehouse { id: closed, expected: None }).await.unwrap();

    let mut written = sale.draft("1");
    written.warehouse = Some(closed);
    let error = run(&books, CreateInvoice(written)).await.unwrap_err();
    assert!(matches!(error, CreateInvoiceError::WarehouseArchived), "{error:?}");
    let mut written = sale.draft("1");
    written.lines.iter_mut().for_each(|line| line.product = Some(gone));
    let error = run(&books, CreateInvoice(written)).await.unwrap_err();
    let CreateInvoiceError::Line { line: 0, error } = error else { panic!("{error:?}") };
    assert_eq!(error, LineError::ProductArchived);
}

#[tokio::test]
async fn a_limit_is_told_in_the_currency_of_its_supplier() {
    let books = books().await;
    let id = books.add_supplier("Gulf Steel").await;
    let change = |version, currency, limit: Option<Option<&str>>| {
        let credit_limit = limit.map(|limit| limit.map(str::to_owned));
        let change = PartyChange { currency, credit_limit, ..PartyChange::default() };
        ChangeSupplier { id, expected: Version::new(version), change }
    };
    let (_, after) = run(&books, change(1, None, Some(Some("100.50")))).await.unwrap();
    assert_eq!(after.credit_limit, Some(money("100.50")));

    let dinar = Some(currency("KWD"));
    let error = run(&books, change(2, dinar, None)).await.unwrap_err();
    assert!(
        matches!(error, ChangeSupplierError::Party(PartyError::CreditLimitMissing)),
        "{error:?}"
    );
    let error = run(&books, change(2, None, Some(Some("0.001")))).await.unwrap_err();
    let too_precise = DecimalError::TooPrecise { decimals_max: 2 };
    assert!(
        matches!(error, ChangeSupplierError::Party(PartyError::CreditLimit { error, .. }) if error == too_precise)
    );
    let error = run(&books, change(2, None, Some(Some("-1")))).await.unwrap_err();
    assert!(
        matches!(error, ChangeSupplierError::Party(PartyError::CreditLimitNegative)),
        "{error:?}"
    );
    let (_, after) = run(&books, change(2, dinar, Some(Some("0.001")))).await.unwrap();
    assert_eq!(after.credit_limit.map(gaara_kernel::Money::amount).as_deref(), Some("0.001"));
    let lifted = run(&books, change(3, Some(currency("SAR")), Some(None))).await.unwrap();
    assert_eq!(lifted.1.credit_limit, None);
}

fn create(product: CreateProduct) -> ProductWrite {
    ProductWrite::Create(Box::new(product))
}

fn patch(change: ChangeProduct) -> ProductWrite {
    ProductWrite::Change(Box::new(change))
}

#[tokio::test]
async fn a_batch_holds_its_own_entries_against_one_another() {
    let books = books().await;
    let id = books.add_product("OLD").await;
    let renamed = ChangeProduct { sku: Some(code("FREED")), ..change(id) };
    let barcode = || vec![Barcode::parse("6281000000014").unwrap()];
    let writes = vec![
        create(CreateProduct { unit: code("NONE"), ..Harness::new_product("A") }),
        create(CreateProduct { barcodes: barcode(), ..Harness::new_product("A") }),
        create(Harness::new_product("A")),
        create(CreateProduct { barcodes: barcode(), ..Harness::new_product("B") }),
        patch(renamed.clone()),
        patch(renamed),
        create(Harness::new_product("OLD")),
        patch(Harness::product_change(id, Version::new(9))),
    ];
    let batch = |mode| WriteProducts { mode, writes: writes.clone(), others_refused: false };
    let place = BarcodePlace { packaging: None, index: 0 };
    let expected = vec![
        (0, vec![ProductRefusal::UnknownUnit]),
        (2, vec![ProductRefusal::SkuTaken]),
        (3, vec![ProductRefusal::BarcodeTaken(place)]),
        (5, vec![ProductRefusal::Repeated]),
        (6, vec![ProductRefusal::SkuTaken]),
        (7, vec![ProductRefusal::Repeated]),
    ];

    let WriteProductsError::Refused(refused) =
        run(&books, batch(BatchMode::Atomic)).await.unwrap_err()
    else {
        panic!("a store that failed")
    };
    assert_eq!(refused, expected);
    let outcomes = run(&books, batch(BatchMode::Partial)).await.unwrap();
    let written: Vec<usize> =
        (0..outcomes.len()).filter(|at| outcomes.get(*at).is_some_and(Result::is_ok)).collect();
    assert_eq!(written, [1, 4], "what was refused claims nothing");
}

#[tokio::test]
async fn a_batch_leaves_one_row_in_the_audit_log_and_an_event_for_each_product() {
    let store = Arc::new(MemoryStore::new());
    let books = Harness::new(store.clone()).set_up().await;
    books.add_vat().await;
    let id = books.add_product("OLD").await;
    let writes = vec![create(Harness::new_product("NEW")), patch(change(id))];
    let batch = WriteProducts { mode: BatchMode::Atomic, writes, others_refused: false };
    let blocked = WriteProducts { others_refused: true, ..batch.clone() };

    let error = run(&books, blocked).await.unwrap_err();
    assert!(matches!(error, WriteProductsError::Refused(ref entries) if entries.is_empty()));
    let outcomes = run(&books, batch).await.unwrap();

    let action = Some("products.written".to_owned());
    let filter = AuditFilter { action, ..AuditFilter::default() };
    let page = PageRequest {
        limit: PageLimit::default(),
        sort: Sort::natural(),
        after: None,
        with_total: false,
    };
    let rows = books.app.ask(&books.system(), &ListAuditLog { filter, page }).await.unwrap().items;
    let [row] = rows.as_slice() else { panic!("{rows:?}") };
    let told: Vec<(&str, Option<&str>)> =
        row.changes.iter().map(|it| (it.field.as_str(), it.after.as_deref())).collect();
    let expected = [("mode", "atomic"), ("created", "1"), ("changed", "1"), ("refused", "0")];
    assert_eq!(told, expected.map(|(field, value)| (field, Some(value))));
    let mut view = gaara_application::Store::view(&*store).await.unwrap();
    for (outcome, kinds) in
        outcomes.iter().zip([&["product.created"][..], &["product.created", "product.changed"][..]])
    {
        let id = outcome.as_ref().unwrap().after.id.to_string();
        let events = view.find_events(&id).await.unwrap();
        let found: Vec<&str> = events.iter().map(|event| event.kind.as_str()).collect();
        assert_eq!(found, kinds);
    }
}
