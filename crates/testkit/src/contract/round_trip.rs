//! What is written is read back, to the last digit and letter.

use std::sync::Arc;

use gaara_application::Store;
use gaara_application::identity::FindUser;
use gaara_application::inventory::{FindMovement, FindProduct, FindWarehouse};
use gaara_application::invoicing::{
    CreateInvoice, FindCustomer, FindInvoice, FindPayment, FindTaxRate, IssueInvoice, LineTax,
    RecordPayment, WrittenInvoice,
};
use gaara_inventory::Movement;
use gaara_invoicing::totals::{Adjustment, AdjustmentValue, DocumentAdjustment};
use gaara_invoicing::{Allocation, Invoice, PaymentMethod};

use super::keys::Rows;
use crate::fixtures::{bilingual, code, date, money, percent, quantity, unit_price, vat};
use crate::harness::{Harness, Sale};

/// Master data keep both languages and every field.
pub async fn what_is_written_is_read_back(store: Arc<dyn Store>) {
    let rows = Rows::new();
    let product = rows.product("A", "6281000000014");
    let (warehouse, tax_rate) = (rows.warehouse("A"), rows.tax_rate("A"));
    let customer = rows.customer(Some("a@b.sa"));
    let user = rows.user("sara", "a@b.sa");
    let mut transaction = store.begin().await.expect("a transaction");
    transaction.products().add(&product).await.expect("a product");
    transaction.warehouses().add(&warehouse).await.expect("a warehouse");
    transaction.tax_rates().add(&tax_rate).await.expect("a tax rate");
    transaction.customers().add(&customer).await.expect("a customer");
    transaction.users().add(&user).await.expect("a user");
    transaction.commit().await.expect("a commit");

    let books = Harness::new(store);
    let (app, asker) = (&books.app, books.system());
    let found = app.ask(&asker, &FindProduct { id: product.id }).await.expect("an answer");
    assert_eq!(found, Some(product));
    let found = app.ask(&asker, &FindWarehouse { id: warehouse.id }).await.expect("an answer");
    assert_eq!(found, Some(warehouse));
    let found = app.ask(&asker, &FindTaxRate { id: tax_rate.id }).await.expect("an answer");
    assert_eq!(found, Some(tax_rate));
    let found = app.ask(&asker, &FindCustomer { id: customer.id }).await.expect("an answer");
    assert_eq!(found, Some(customer));
    let found = app.ask(&asker, &FindUser { id: user.id }).await.expect("an answer");
    assert_eq!(found, Some(user));
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

    let issue = IssueInvoice { id, expected: None, issue_date: None, series: None };
    let mut issued = app.execute(&actor, &issue).await.expect("goods are there");
    let found = app.ask(&actor, &FindInvoice { id }).await.expect("an answer");
    assert_eq!(found, Some(Invoice::Issued(Box::new(issued.clone()))));

    let payment = RecordPayment {
        id: None,
        customer: sale.customer,
        amount: money("100"),
        payment_date: None,
        method: PaymentMethod::Card,
        allocations: vec![Allocation { invoice: id, amount: money("60") }],
    };
    let payment = app.execute(&actor, &payment).await.expect("a payment");
    let found = app.ask(&actor, &FindPayment { id: payment.id() }).await.expect("an answer");
    assert_eq!(found, Some(payment.clone()));
    issued.allocate(money("60"), payment.created_at()).expect("it is open");
    let found = app.ask(&actor, &FindInvoice { id }).await.expect("an answer");
    assert_eq!(found, Some(Invoice::Issued(Box::new(issued))));

    let movement = Harness::issue_of(sale.product, sale.warehouse, quantity("1.5"));
    let posted = app.execute(&actor, &movement).await.expect("goods are there");
    let query = FindMovement { id: posted.content.id };
    let found = app.ask(&actor, &query).await.expect("an answer");
    assert_eq!(found, Some(Movement::Posted(posted)));
}
