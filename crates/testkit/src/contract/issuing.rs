//! Many who issue in one number series at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use gaara_application::invoicing::{CreateInvoiceError, IssueInvoiceError};
use gaara_application::{Refusal, Store};
use gaara_kernel::StoreError;

use super::concurrency::at_once;
use super::store::{gapless, invoices, numbers};
use crate::fixtures::money;
use crate::harness::{Harness, Sale};

/// Of two hundred who issue at once, every fifth is refused, half of them for want of goods and half
/// for want of credit: the others bear the numbers 1 to 160, each once, and nothing is left of those
/// who were refused.
pub async fn two_hundred_issues_with_every_fifth_refused_leave_no_gap(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    let sale = books.stocked_sale("180").await;
    let scarce = Sale { product: books.add_product("SCARCE").await, ..sale };
    let poor = Sale { customer: books.add_customer(Some(money("1"))).await, ..sale };
    let turn = AtomicUsize::new(0);

    let results = at_once(200, || {
        let books = books.clone();
        let sale = match turn.fetch_add(1, Ordering::SeqCst) % 10 {
            4 => scarce,
            9 => poor,
            _ => sale,
        };
        async move {
            loop {
                let result = books.issue(&sale.draft("1")).await;
                // Whoever finds no room in the store is asked to come again.
                if !result.as_ref().is_err_and(is_turned_away) {
                    break result.map(|issued| issued.number.text());
                }
            }
        }
    })
    .await;

    let mut issued: Vec<String> = results.iter().flatten().cloned().collect();
    issued.sort();
    assert_eq!(issued, gapless(160));
    assert_eq!(numbers(&books).await, gapless(160));
    assert_eq!(invoices(&books).await.len(), 160, "a refused invoice leaves no draft");
    assert_eq!(books.on_hand(sale.product).await, "20", "enough for who lacks credit alone");
    let refused = |is_expected: fn(&IssueInvoiceError) -> bool| {
        let errors = results.iter().filter_map(|result| result.as_ref().err());
        let expected = errors.filter(|error| {
            let Refusal::Failed(CreateInvoiceError::Issue(error)) = error else { return false };
            is_expected(error)
        });
        expected.count()
    };
    assert_eq!(refused(|error| matches!(error, IssueInvoiceError::Stock(_))), 20);
    let no_credit =
        |error: &IssueInvoiceError| matches!(error, IssueInvoiceError::CreditLimitExceeded { .. });
    assert_eq!(refused(no_credit), 20);
}

/// Whether the store had no room, or was busy for too long.
fn is_turned_away(refusal: &Refusal<CreateInvoiceError>) -> bool {
    let error = match refusal {
        Refusal::Failed(CreateInvoiceError::Store(error)) => Some(error),
        Refusal::Failed(CreateInvoiceError::Issue(error)) => match &**error {
            IssueInvoiceError::Store(error) => Some(error),
            _ => None,
        },
        _ => None,
    };
    error.is_some_and(|error| matches!(error, StoreError::Unavailable(_) | StoreError::Conflict))
}
