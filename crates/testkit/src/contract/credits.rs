//! What parties have left with us, on days gone by.

use std::sync::Arc;
use std::time::Duration;

use gaara_application::Store;
use gaara_application::invoicing::{
    AllocatePayment, CreateAndIssueCreditNote, RecordPayment, RemoveAllocation, ReportAgedBalances,
    VoidPayment, WrittenAllocation, WrittenCreditNote,
};
use gaara_invoicing::report::{Counterparty, Side};
use gaara_invoicing::{CreditScope, Direction, PartyId, PaymentMethod};
use gaara_kernel::{InvoiceId, Money, PaymentId};

use super::settlement::{found, pay};
use crate::fixtures::{date, money};
use crate::harness::{Harness, Sale};

const DAY: Duration = Duration::from_hours(24);

/// What a customer had left at the end of each of three days.
async fn assert_left(books: &Harness, sale: Sale, expected: [&str; 3]) {
    for (day, left) in ["2026-11-23", "2026-11-24", "2026-11-25"].into_iter().zip(expected) {
        let own = Some(Counterparty::Customer(sale.customer));
        for party in [None, own] {
            let query = ReportAgedBalances { side: Side::Sales, as_of: Some(date(day)), party };
            let aged = books.app.ask(&books.system(), &query).await.expect("a report");
            let credits = aged.rows.iter().map(|row| row.sums.credit);
            let sum = credits.fold(money("0"), |sum, credit| sum.plus(credit).expect("in range"));
            assert_eq!(sum, money(left), "{day} of {party:?}");
        }
    }
}

async fn allocate(books: &Harness, id: PaymentId, invoice: InvoiceId, amount: Money) {
    let allocations = vec![WrittenAllocation { invoice, amount }];
    let allocate = AllocatePayment { id, expected: None, allocations };
    books.app.execute(&books.system(), &allocate).await.expect("that much is left and open");
}

/// A payment, or a credit note, that is used up by now was left on the days before; one whose
/// allocation was taken back is left on all of them, and a void one on none.
pub async fn what_is_used_up_by_now_was_left_before(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    let sale = books.stocked_sale("20").await;
    let (party, whole) = (PartyId::Customer(sale.customer), money("26.45"));
    let mut invoices = Vec::new();
    for _ in 0..2 {
        invoices.push(books.issue(&sale.draft("4")).await.expect("goods").content.written.id);
    }
    let &[paid, open] = invoices.as_slice() else { panic!("two invoices") };
    let left = |text: &str| RecordPayment::new(party, money(text), PaymentMethod::Cash);
    pay(&books, &left("26.45").with(paid, whole)).await;
    let note = CreateAndIssueCreditNote(WrittenCreditNote::new(paid, CreditScope::Full));
    let note = books.app.execute(&books.system(), &note).await.expect("it was issued");
    let used = pay(&books, &left("20")).await.id();
    let kept = pay(&books, &left("6")).await.id();
    let gone = pay(&books, &left("3")).await.id();
    assert_left(&books, sale, ["55.45"; 3]).await;

    books.clock.advance(DAY);
    allocate(&books, used, open, money("20")).await;
    allocate(&books, kept, open, money("6")).await;
    let back = RecordPayment { direction: Direction::Out, ..left("26.45") };
    pay(&books, &back.with(note.content.written.id, whole)).await;
    assert_left(&books, sale, ["55.45", "3", "3"]).await;

    books.clock.advance(DAY);
    let allocation = found(&books, kept).await.allocations().first().expect("one").id;
    let remove = RemoveAllocation { payment: kept, allocation, expected: None };
    books.app.execute(&books.system(), &remove).await.expect("it is there");
    let void = VoidPayment { id: gone, expected: None, cascade: false };
    books.app.execute(&books.system(), &void).await.expect("it settles nothing");
    assert_left(&books, sale, ["52.45", "6", "6"]).await;
}
