//! Books in which everything has happened once.

use std::sync::Arc;

use gaara_application::inventory::{
    CreateAndPostMovement, CreateReservation, ReverseMovement, WrittenMovement, WrittenMovementLine,
};
use gaara_application::invoicing::{
    CreateAndIssueCreditNote, RecordPayment, VoidInvoice, WrittenCreditNote,
};
use gaara_inventory::{Costing, MovementKind};
use gaara_invoicing::totals::{Adjustment, DocumentAdjustment};
use gaara_invoicing::{CreditLine, CreditScope, PartyId, PaymentMethod};
use gaara_kernel::{Instalment, Money, PaymentTerms};
use gaara_store_sql::SqlStore;
use gaara_testkit::{Harness, Sale, currency, money, percent, quantity};

/// Books with stock by average and by layers, a promise, three invoices, a credit note and a
/// payment of a part; and what else there is of stock and documents.
pub(crate) async fn kept_books(store: &Arc<SqlStore>) -> Harness {
    let books = Harness::new(store.clone()).set_up().await;
    let sale = books.stocked_sale("100").await;
    add_layers(&books, &sale).await;
    let promise = CreateReservation {
        id: None,
        product: sale.product,
        warehouse: sale.warehouse,
        quantity: quantity("3"),
        unit: None,
        expires_at: None,
        note: None,
    };
    books.app.execute(&books.system(), &promise).await.unwrap();
    let mut invoices = Vec::new();
    for count in ["4", "5", "6"] {
        invoices.push(books.issue(&sale.draft(count)).await.unwrap().content.written.id);
    }
    let &[first, second, _] = invoices.as_slice() else { panic!("three invoices") };
    let part = money("10");
    let payment = RecordPayment::new(PartyId::Customer(sale.customer), part, PaymentMethod::Cash)
        .with(first, part);
    books.app.execute(&books.system(), &payment).await.unwrap();
    let part = CreditScope::Lines(vec![CreditLine { line: 0, quantity: quantity("2") }]);
    let note = WrittenCreditNote { restock: true, ..WrittenCreditNote::new(second, part) };
    books.app.execute(&books.system(), &CreateAndIssueCreditNote(note)).await.unwrap();
    move_about(&books, &sale).await;
    add_documents(&books, &sale).await;
    books
}

/// Goods that leave first in, first out.
async fn add_layers(books: &Harness, sale: &Sale) {
    let mut layered = Harness::new_product("LAYERED");
    layered.costing = Costing::Fifo;
    let layered = books.app.execute(&books.system(), &layered).await.unwrap().id;
    for count in ["5", "7"] {
        let receipt = Harness::receipt(layered, sale.warehouse, quantity(count));
        books.app.execute(&books.system(), &receipt).await.unwrap();
    }
    let issue = Harness::issue_of(layered, sale.warehouse, quantity("6"));
    books.app.execute(&books.system(), &issue).await.unwrap();
}

/// A transfer that stands, and one that was taken back.
async fn move_about(books: &Harness, sale: &Sale) {
    let yard = books.add_warehouse("YARD").await;
    let line = WrittenMovementLine::new(sale.product, quantity("2"));
    let mut transfer = WrittenMovement::new(MovementKind::Transfer, sale.warehouse, vec![line]);
    transfer.to_warehouse = Some(yard);
    let transfer = CreateAndPostMovement(transfer);
    books.app.execute(&books.system(), &transfer).await.unwrap();
    let id = books.app.execute(&books.system(), &transfer).await.unwrap().content.id;
    let reverse = ReverseMovement { id, expected: None, effective_date: None };
    books.app.execute(&books.system(), &reverse).await.unwrap();
}

/// A voided invoice, one with an allowance and a charge in instalments, and one in another
/// currency that was paid at another rate.
async fn add_documents(books: &Harness, sale: &Sale) {
    let id = books.issue(&sale.draft("1")).await.unwrap().content.written.id;
    let void = VoidInvoice { id, expected: None, reason: None };
    books.app.execute(&books.system(), &void).await.unwrap();
    let half = |net_days| Instalment { percent: percent("50"), net_days };
    let mut customer = Harness::new_customer("SAR", None);
    customer.payment_terms = PaymentTerms::in_instalments(vec![half(30), half(60)]).unwrap();
    let customer = books.app.execute(&books.system(), &customer).await.unwrap().id;
    let adjusted = |amount| {
        let value = Adjustment::amount(money(amount)).value;
        vec![DocumentAdjustment { value, tax: None }]
    };
    let mut written = sale.draft("2");
    written.party = PartyId::Customer(customer);
    (written.allowances, written.charges) = (adjusted("1"), adjusted("0.50"));
    books.issue(&written).await.unwrap();
    let mut written = books.foreign_sale("USD").await;
    books.set_rate("USD", "2026-11-01", "3.7").await;
    written.issue_date = None;
    let invoice = books.issue(&written).await.unwrap().content.written.id;
    books.set_rate("USD", "2026-11-23", "3.75").await;
    let part = Money::parse("50", currency("USD")).unwrap();
    let payment = RecordPayment::new(written.party, part, PaymentMethod::Cash).with(invoice, part);
    books.app.execute(&books.system(), &payment).await.unwrap();
}
