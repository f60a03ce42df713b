//! What is written is read back, to the last digit and letter.

use std::sync::Arc;

use gaara_application::Store;
use gaara_application::identity::FindUser;
use gaara_application::inventory::{
    FindCategory, FindMovement, FindProduct, FindSupplier, FindUnit, FindWarehouse,
};
use gaara_application::invoicing::{
    CreateInvoice, FindCustomer, FindInvoice, FindPayment, FindTaxRate, IssueInvoice, LineTax,
    RecordPayment, WrittenInvoice,
};
use gaara_inventory::{
    Barcode, Category, Costing, Decimals, Factor, Movement, Packaging, Product, ReorderRule,
    Supplier, Unit, UnitBase, Warehouse,
};
use gaara_invoicing::totals::{Adjustment, AdjustmentValue, DocumentAdjustment};
use gaara_invoicing::{Invoice, PartyId, PaymentMethod};

use super::keys::Rows;
use crate::fixtures::{bilingual, code, date, money, percent, quantity, unit_price, vat};
use crate::harness::{Harness, Sale};

/// A product with everything that one can have.
fn full_product(
    rows: &Rows,
    category: &Category,
    supplier: &Supplier,
    warehouse: &Warehouse,
) -> Product {
    let barcode = |text: &str| Barcode::parse(text).expect("a barcode");
    let factor = |parts: [u64; 2]| Factor::try_new(parts[0], parts[1]).expect("a factor");
    let packaging = |unit: &str, parts: [u64; 2], barcodes: &[&str]| Packaging {
        unit: code(unit),
        factor: factor(parts),
        barcodes: barcodes.iter().copied().map(barcode).collect(),
    };
    let mut product = Product {
        category: Some(category.id),
        supplier: Some(supplier.id),
        packagings: vec![
            packaging("DZN", [12, 1], &["6281000000045", "6281000000021"]),
            packaging("CTN", [1_000_000_000_000, 7], &["6281000000038"]),
        ],
        reorder: vec![ReorderRule {
            warehouse: warehouse.id,
            minimum: quantity("10"),
            maximum: quantity("100.5"),
        }],
        costing: Costing::Standard,
        standard_cost: Some(unit_price("1.234567")),
        archived_at: Some(rows.now),
        ..rows.product("A", "6281000000014")
    };
    product.barcodes.push(barcode("4006381333931"));
    product
}

/// Master data keep both languages and every field.
pub async fn what_is_written_is_read_back(store: Arc<dyn Store>) {
    let rows = Rows::new();
    let (warehouse, tax_rate) = (rows.warehouse("A"), rows.tax_rate("A"));
    let (piece, carton) = (rows.unit("EA"), rows.unit("CTN"));
    let dozen = UnitBase { code: code("EA"), factor: Factor::try_new(12, 1).expect("a factor") };
    let dozen = Unit { base: Some(dozen), decimals: Decimals::MOST, ..rows.unit("DZN") };
    let top = rows.category(None);
    let below = rows.category(Some(&top));
    let supplier = Supplier { archived_at: Some(rows.now), ..rows.supplier(Some("s@b.sa")) };
    let product = full_product(&rows, &below, &supplier, &warehouse);
    let customer = rows.customer(Some("a@b.sa"));
    let user = rows.user("sara", "a@b.sa");
    let mut transaction = store.begin().await.expect("a transaction");
    let units = [piece, carton, dozen.clone()];
    transaction.units().add_all(&units).await.expect("units");
    for category in [&top, &below] {
        transaction.categories().add(category).await.expect("a category");
    }
    transaction.suppliers().add(&supplier).await.expect("a supplier");
    transaction.warehouses().add(&warehouse).await.expect("a warehouse");
    transaction.products().add(&product).await.expect("a product");
    transaction.tax_rates().add(&tax_rate).await.expect("a tax rate");
    transaction.customers().add(&customer).await.expect("a customer");
    transaction.users().add(&user).await.expect("a user");
    transaction.commit().await.expect("a commit");

    let books = Harness::new(store);
    let (app, asker) = (&books.app, books.system());
    let found = app.ask(&asker, &FindProduct { id: product.id }).await.expect("an answer");
    assert_eq!(found, Some(product.clone()));
    let found = app.ask(&asker, &FindUnit { id: dozen.id }).await.expect("an answer");
    assert_eq!(found, Some(dozen));
    let found = app.ask(&asker, &FindCategory { id: below.id }).await.expect("an answer");
    assert_eq!(found, Some(below));
    let found = app.ask(&asker, &FindSupplier { id: supplier.id }).await.expect("an answer");
    assert_eq!(found, Some(supplier));
    let found = app.ask(&asker, &FindWarehouse { id: warehouse.id }).await.expect("an answer");
    assert_eq!(found, Some(warehouse));
    let found = app.ask(&asker, &FindTaxRate { id: tax_rate.id }).await.expect("an answer");
    assert_eq!(found, Some(tax_rate));
    let found = app.ask(&asker, &FindCustomer { id: customer.id }).await.expect("an answer");
    assert_eq!(found, Some(customer));
    let found = app.ask(&asker, &FindUser { id: user.id }).await.expect("an answer");
    assert_eq!(found, Some(user));
}

/// What is saved replaces everything that was there, of several products at once.
pub async fn what_is_saved_replaces_what_was_there(store: Arc<dyn Store>) {
    let books = Harness::new(Arc::clone(&store)).set_up().await;
    books.add_vat().await;
    let warehouse = books.add_warehouse("MAIN").await;
    let ids = [books.add_product("A").await, books.add_product("B").await];
    let mut unit = store.begin().await.expect("a transaction");
    let mut products = unit.products().lock_many(&ids).await.expect("products");
    for (product, barcode) in products.iter_mut().zip(["6281000000014", "4006381333931"]) {
        let barcodes = vec![Barcode::parse(barcode).expect("a barcode")];
        let factor = Factor::try_new(6, 1).expect("a factor");
        product.packagings = vec![Packaging { unit: code("CTN"), factor, barcodes }];
        let (minimum, maximum) = (quantity("1"), quantity("2"));
        product.reorder = vec![ReorderRule { warehouse, minimum, maximum }];
        product.version = product.version.next();
    }
    unit.products().save_all(&products).await.expect("both are saved");
    assert_eq!(unit.products().hold_many(&ids).await.expect("products"), products);
    for product in &mut products {
        let packaging = product.packagings.pop().expect("a packaging");
        product.barcodes = packaging.barcodes;
        product.reorder.clear();
        product.sku = code(&format!("{}-2", product.sku));
    }
    unit.products().save_all(&products).await.expect("both are saved again");
    unit.commit().await.expect("a commit");

    let mut view = store.view().await.expect("a view");
    let mut found = view.find_products(&ids).await.expect("products");
    found.sort_by_key(|product| product.id);
    assert_eq!(found, products);
}

/// A document with 301 lines, with and without product, and every kind of adjustment.
fn everything_on_it(sale: &Sale) -> WrittenInvoice {
    const LINES: usize = 300;
    let mut written = sale.draft("2");
    let line = written.lines.first_mut().expect("a first line");
    line.unit_price = Some(unit_price("5.333333"));
    line.base_quantity = quantity("3");
    line.allowances = vec![Adjustment::percent(percent("18"))];
    line.charges = vec![Adjustment::amount(money("1"))];
    let mut text = line.clone();
    text.product = None;
    text.description = Some(bilingual("Delivery", "توصيل"));
    text.unit = Some(code("HUR"));
    text.tax = LineTax::Given(vat());
    written.lines = vec![line.clone(); LINES];
    written.lines.push(text);
    let value = AdjustmentValue::Percent { percent: percent("10"), base: Some(money("50")) };
    written.allowances = vec![DocumentAdjustment { value, tax: Some(vat()) }];
    let value = AdjustmentValue::Amount(money("2.50"));
    written.charges = vec![DocumentAdjustment { value, tax: None }];
    written.prepaid = money("0.30");
    written.rounding = money("-0.01");
    written.due_date = Some(date("2027-01-31"));
    written
}

/// A document with everything on it, and what happens to it, are read back as they were.
pub async fn an_invoice_of_many_lines_is_read_back(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    let sale = books.stocked_sale("1000").await;
    let (app, actor) = (&books.app, books.system());

    let written = everything_on_it(&sale);
    let draft = app.execute(&actor, &CreateInvoice(written)).await.expect("a draft");
    let id = draft.content.written.id;
    let found = app.ask(&actor, &FindInvoice { id }).await.expect("an answer");
    assert_eq!(found, Some(Invoice::Draft(Box::new(draft))));

    let issue = IssueInvoice::plainly(id);
    let mut issued = app.execute(&actor, &issue).await.expect("goods are there");
    let found = app.ask(&actor, &FindInvoice { id }).await.expect("an answer");
    assert_eq!(found, Some(Invoice::Issued(Box::new(issued.clone()))));

    let party = PartyId::Customer(sale.customer);
    let payment =
        RecordPayment::new(party, money("100"), PaymentMethod::Card).with(id, money("60"));
    let payment = app.execute(&actor, &payment).await.expect("a payment");
    let found = app.ask(&actor, &FindPayment { id: payment.id() }).await.expect("an answer");
    assert_eq!(found, Some(payment.clone()));
    issued.allocate(money("60"), payment.created_at()).expect("it is open");
    let found = app.ask(&actor, &FindInvoice { id }).await.expect("an answer");
    assert_eq!(found, Some(Invoice::Issued(Box::new(issued))));

    let movement = Harness::issue_of(sale.product, sale.warehouse, quantity("2"));
    let posted = app.execute(&actor, &movement).await.expect("goods are there");
    let query = FindMovement { id: posted.content.id };
    let found = app.ask(&actor, &query).await.expect("an answer");
    assert_eq!(found, Some(Movement::Posted(posted)));
}
