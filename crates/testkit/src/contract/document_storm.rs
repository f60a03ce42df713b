//! Many at once on one document: it is never taken back twice, nor paid and voided at once.

use std::sync::Arc;

use gaara_application::invoicing::{
    CreateAndIssueCreditNote, CreateCreditNote, CreditNoteError, IssueInvoice, IssueInvoiceError,
    VoidInvoice, VoidInvoiceError, WrittenCreditNote,
};
use gaara_application::{Refusal, Store};
use gaara_invoicing::{CreditError, CreditScope, Invoice};

use super::concurrency::{at_once, pay_at_once};
use super::documents::{done, find, some};
use crate::fixtures::money;
use crate::harness::Harness;

/// Ten notes of two pieces at once on an invoice over nine: four get through, whose amounts add up.
pub async fn notes_at_once_never_take_back_too_much(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    let sale = books.stocked_sale("10").await;
    let id = books.issue(&sale.draft("9")).await.expect("goods are there").content.written.id;

    let results = at_once(10, || {
        let books = books.clone();
        let note = CreateAndIssueCreditNote(WrittenCreditNote {
            restock: true,
            ..WrittenCreditNote::new(id, some(0, "2"))
        });
        async move { books.app.execute(&books.system(), &note).await }
    })
    .await;

    let notes: Vec<_> = results.iter().filter_map(|result| result.as_ref().ok()).collect();
    assert_eq!(notes.len(), 4, "{results:?}");
    let mut numbers: Vec<u32> = notes.iter().map(|note| note.number.sequence).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, [1, 2, 3, 4]);
    for refused in results.iter().filter_map(|result| result.as_ref().err()) {
        let Refusal::Failed(CreditNoteError::Credit(error)) = refused else {
            panic!("{refused:?}")
        };
        assert!(matches!(error, CreditError::ExceedsRemaining { line: 0, .. }), "{error:?}");
    }
    assert_eq!(books.on_hand(sale.product).await, "9");
    let last = WrittenCreditNote::new(id, CreditScope::Full);
    done(&books, &CreateAndIssueCreditNote(last)).await;
    let Some(Invoice::Issued(invoice)) = find(&books, id).await else { panic!("not issued") };
    assert_eq!(invoice.open(), money("0"));
    assert_eq!(invoice.credit_notes, invoice.content.totals.payable);
}

/// Of two drafts of notes over the same goods, issued at once, one is issued.
pub async fn two_drafts_of_notes_take_the_last_once(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    let sale = books.stocked_sale("10").await;
    let id = books.issue(&sale.draft("3")).await.expect("goods are there").content.written.id;
    let mut drafts = Vec::new();
    for _ in 0..2 {
        let note = CreateCreditNote(WrittenCreditNote::new(id, CreditScope::Full));
        drafts.push(done(&books, &note).await.content.written.id);
    }

    let running: Vec<_> = drafts
        .into_iter()
        .map(|draft| {
            let books = books.clone();
            tokio::spawn(async move {
                let issue = IssueInvoice::plainly(draft);
                books.app.execute(&books.system(), &issue).await
            })
        })
        .collect();
    let mut results = Vec::new();
    for one in running {
        results.push(one.await.expect("nothing panics"));
    }

    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
    let refused = results.into_iter().find_map(Result::err).expect("one is refused");
    let Refusal::Failed(IssueInvoiceError::Credit(error)) = refused else { panic!("{refused:?}") };
    assert!(matches!(error, CreditError::ExceedsRemaining { .. }), "{error:?}");
}

/// Paying, crediting and voiding one invoice at once leaves it in one of the states that coming
/// one after the other could leave it in.
pub async fn paying_crediting_and_voiding_at_once_agree(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    let sale = books.stocked_sale("10").await;
    let id = books.issue(&sale.draft("4")).await.expect("goods are there").content.written.id;

    // Little enough that payments and notes fit together, in whatever order they come.
    let paying = pay_at_once(&books, sale.customer, id, &["5", "5"]);
    let crediting = at_once(2, || {
        let books = books.clone();
        let note = WrittenCreditNote { restock: true, ..WrittenCreditNote::new(id, some(0, "1")) };
        async move {
            let note = CreateAndIssueCreditNote(note);
            books.app.execute(&books.system(), &note).await.map(|_| ())
        }
    });
    let voiding = at_once(2, || {
        let books = books.clone();
        async move {
            let voiding = VoidInvoice { id, expected: None, reason: None };
            books.app.execute(&books.system(), &voiding).await.map(|_| ())
        }
    });
    let (paid, credited, voided) = tokio::join!(paying, crediting, voiding);

    let done = voided.iter().filter(|result| result.is_ok()).count();
    match find(&books, id).await {
        Some(Invoice::Void(invoice)) => {
            assert_eq!((done, paid), (1, 0));
            assert!(credited.iter().all(Result::is_err), "{credited:?}");
            assert!(invoice.issued.credit_notes.is_zero());
            assert_eq!(books.on_hand(sale.product).await, "10");
        }
        Some(Invoice::Issued(invoice)) => {
            let notes = credited.iter().filter(|result| result.is_ok()).count();
            assert_eq!((done, paid, notes), (0, 2, 2), "{voided:?}, {credited:?}");
            assert!(voided.iter().all(|result| matches!(
                result,
                Err(Refusal::Failed(
                    VoidInvoiceError::HasAllocations | VoidInvoiceError::HasCreditNotes
                ))
            )));
            let sums = invoice.paid.plus(invoice.credited).and_then(|it| it.plus(invoice.open()));
            assert_eq!(sums, Ok(invoice.content.totals.payable));
            assert_eq!(books.on_hand(sale.product).await, "8");
        }
        other => panic!("{other:?}"),
    }
}
