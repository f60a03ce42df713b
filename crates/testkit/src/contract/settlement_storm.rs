//! Many settle the same at once: no debt is paid twice, and no payment is spent twice.

use std::sync::Arc;

use gaara_application::invoicing::{
    AllocatePayment, AllocatePaymentError, RecordPayment, RecordPaymentError, RemoveAllocation,
    SettleError, WrittenAllocation,
};
use gaara_application::{Refusal, Store};
use gaara_invoicing::{AllocateError, AllocationError, PartyId, PaymentMethod, PaymentStatus};
use gaara_kernel::{InvoiceId, StoreError};

use super::concurrency::at_once;
use super::settlement::{found, issued, pay};
use crate::fixtures::{money, unit_price};
use crate::harness::{Harness, Sale};

/// An invoice of 500.00 with its tax.
async fn debt_of_five_hundred(books: &Harness, sale: &Sale) -> InvoiceId {
    let mut draft = sale.draft("1");
    for line in &mut draft.lines {
        line.unit_price = Some(unit_price("434.78"));
    }
    let issued = books.issue(&draft).await.expect("goods are there");
    assert_eq!(issued.content.totals.payable, money("500"));
    issued.content.written.id
}

/// Of a hundred payments of ten on a debt of five hundred, fifty are taken and fifty refused.
pub async fn a_hundred_payments_of_ten_pay_five_hundred_once(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    let sale = books.stocked_sale("1").await;
    let invoice = debt_of_five_hundred(&books, &sale).await;

    let results = at_once(100, || {
        let books = books.clone();
        let party = PartyId::Customer(sale.customer);
        let part = money("10");
        let payment = RecordPayment::new(party, part, PaymentMethod::Cash).with(invoice, part);
        async move {
            // A store that is too busy says so before anything happened, and is asked again.
            loop {
                match books.app.execute(&books.system(), &payment).await {
                    Err(Refusal::Failed(RecordPaymentError::Store(StoreError::Unavailable(_)))) => {
                    }
                    answer => return answer.map(|_| ()),
                }
            }
        }
    })
    .await;

    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 50, "{results:?}");
    for refused in results.into_iter().filter_map(Result::err) {
        let Refusal::Failed(RecordPaymentError::Settle(SettleError::Refused { error, .. })) =
            refused
        else {
            panic!("{refused:?}")
        };
        assert_eq!(error, AllocateError::Invoice(AllocationError::AlreadySettled));
    }
    let paid = issued(&books, invoice).await;
    assert_eq!((paid.paid, paid.payment_status()), (money("500"), PaymentStatus::Paid));
}

/// Of ten who each spend the whole of one payment at once, on two debts, one does.
pub async fn a_payment_is_spent_once(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    let sale = books.stocked_sale("2").await;
    let debts =
        [debt_of_five_hundred(&books, &sale).await, debt_of_five_hundred(&books, &sale).await];
    let party = PartyId::Customer(sale.customer);
    let credit = RecordPayment::new(party, money("100"), PaymentMethod::Cash);
    let credit = pay(&books, &credit).await.id();

    let turn = std::sync::atomic::AtomicUsize::new(0);
    let results = at_once(10, || {
        let books = books.clone();
        let number = turn.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let invoice = *debts.get(number % 2).expect("two debts");
        let part = WrittenAllocation { invoice, amount: money("100") };
        let allocate = AllocatePayment { id: credit, expected: None, allocations: vec![part] };
        async move { books.app.execute(&books.system(), &allocate).await.map(|_| ()) }
    })
    .await;

    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
    for refused in results.into_iter().filter_map(Result::err) {
        let Refusal::Failed(AllocatePaymentError::Settle(error)) = refused else {
            panic!("{refused:?}")
        };
        assert!(matches!(error, SettleError::ExceedsAmount { .. }), "{error:?}");
    }
    assert_eq!(found(&books, credit).await.unallocated(), money("0"));
    let mut paid = 0;
    for debt in debts {
        paid += issued(&books, debt).await.paid.minor();
    }
    assert_eq!(paid, money("100").minor());
}

/// While allocations are taken back, others are made: in the end the invoice is paid exactly what
/// the payments say, and no more than it was.
pub async fn taking_back_and_allocating_at_once_keep_the_sums(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    let sale = books.stocked_sale("1").await;
    let invoice = debt_of_five_hundred(&books, &sale).await;
    let party = PartyId::Customer(sale.customer);
    let whole = RecordPayment::new(party, money("500"), PaymentMethod::Cash);
    let first = pay(&books, &whole.clone().with(invoice, money("500"))).await;
    let second = pay(&books, &whole).await.id();
    let allocation = first.allocations().first().expect("it was allocated").id;

    let remove = {
        let (books, payment) = (books.clone(), first.id());
        async move {
            let remove = RemoveAllocation { payment, allocation, expected: None };
            books.app.execute(&books.system(), &remove).await.map(|_| ())
        }
    };
    let removing = tokio::spawn(remove);
    let results = at_once(6, || {
        let books = books.clone();
        let part = WrittenAllocation { invoice, amount: money("250") };
        let allocate = AllocatePayment { id: second, expected: None, allocations: vec![part] };
        async move { books.app.execute(&books.system(), &allocate).await.map(|_| ()) }
    })
    .await;
    removing.await.expect("nothing panics").expect("it is there once");

    let taken = i64::try_from(results.iter().filter(|result| result.is_ok()).count());
    let taken = taken.expect("a few");
    assert!(taken <= 2, "{results:?}");
    let paid = issued(&books, invoice).await;
    assert_eq!(paid.paid.minor(), taken * money("250").minor());
    assert_eq!(paid.base_paid.minor(), paid.paid.minor());
    let (first, second) = (found(&books, first.id()).await, found(&books, second).await);
    assert_eq!(first.unallocated(), money("500"));
    assert_eq!(second.allocated(), paid.paid);
}
