//! What may be done to a document in which state: every cell of the table.

use gaara_application::invoicing::{
    AnnotateInvoice, AnnotateInvoiceError, ChangeInvoiceError, CreditNoteError, InvoiceStateError,
    IssueInvoiceError, IssueRequest, ListPayments, RecordPaymentError, RemoveAllocation,
    RemoveAllocationError, RemoveInvoiceError, SettleError, VoidInvoiceError,
};
use gaara_invoicing::details::Reference;
use gaara_invoicing::{
    CreditError, CreditScope, Invoice, InvoiceStatus, PaymentFilter, PaymentStatus,
};
use gaara_kernel::{InvoiceId, PageLimit, PageRequest, Sort};
use gaara_testkit::{Harness, Sale, bilingual, date};

use crate::support::{
    annotation, change, credit, draft, find, find_issued, issue, issued, pay, remove, run, sale,
    some, void,
};

/// The states a document may be in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Draft,
    Unpaid,
    PartiallyPaid,
    Paid,
    Credited,
    Void,
}

const STATES: [State; 6] =
    [State::Draft, State::Unpaid, State::PartiallyPaid, State::Paid, State::Credited, State::Void];

/// Fresh books with a document over four pieces in a state.
async fn in_state(state: State) -> (Harness, Sale, InvoiceId) {
    let (books, sale) = sale().await;
    if state == State::Draft {
        let id = draft(&books, sale.draft("4")).await.unwrap();
        return (books, sale, id);
    }
    let id = issued(&books, &sale).await.content.written.id;
    match state {
        State::PartiallyPaid => pay(&books, &sale, id, "10").await.unwrap(),
        State::Paid => pay(&books, &sale, id, "26.45").await.unwrap(),
        State::Credited => drop(credit(&books, id, CreditScope::Full).await.unwrap()),
        State::Void => void(&books, id).await.unwrap(),
        State::Draft | State::Unpaid => {}
    }
    (books, sale, id)
}

/// Whether the state stands in the way because the document was issued, or is void.
const fn is_issued(error: &InvoiceStateError) -> bool {
    matches!(error, InvoiceStateError::Issued { .. })
}

const fn is_void(error: &InvoiceStateError) -> bool {
    matches!(error, InvoiceStateError::Void { .. })
}

const fn is_draft(error: &InvoiceStateError) -> bool {
    matches!(error, InvoiceStateError::NotIssued)
}

#[tokio::test]
async fn each_state_is_what_it_is_called() {
    for state in STATES {
        let (books, _, id) = in_state(state).await;
        let found = find(&books, id).await;
        let status = match &found {
            Invoice::Issued(issued) => issued.payment_status(),
            _ => PaymentStatus::None,
        };
        let expected = match state {
            State::Draft => (InvoiceStatus::Draft, PaymentStatus::None),
            State::Unpaid => (InvoiceStatus::Issued, PaymentStatus::Unpaid),
            State::PartiallyPaid => (InvoiceStatus::Issued, PaymentStatus::PartiallyPaid),
            State::Paid => (InvoiceStatus::Issued, PaymentStatus::Paid),
            State::Credited => (InvoiceStatus::Issued, PaymentStatus::Credited),
            State::Void => (InvoiceStatus::Void, PaymentStatus::None),
        };
        assert_eq!((found.status(), status), expected, "{state:?}");
    }
}

#[tokio::test]
async fn only_a_draft_is_changed() {
    for state in STATES {
        let (books, _, id) = in_state(state).await;

        let result = change(&books, id, |written| {
            written.due_date = Some(date("2027-01-31"));
            written.lines.push(written.lines[0].clone());
        })
        .await;

        match (state, result) {
            (State::Draft, Ok(())) => {
                let found = find(&books, id).await;
                assert_eq!(found.content().written.lines.len(), 2);
                assert_eq!(found.content().totals.payable.amount(), "52.90");
            }
            (State::Void, Err(ChangeInvoiceError::State(error))) => assert!(is_void(&error)),
            (_, Err(ChangeInvoiceError::State(error))) => assert!(is_issued(&error), "{state:?}"),
            (_, result) => panic!("{state:?}: {result:?}"),
        }
    }
}

#[tokio::test]
async fn notes_and_tags_change_in_every_state_but_void() {
    for state in STATES {
        let (books, _, id) = in_state(state).await;
        let before = find(&books, id).await;
        let tags = ["late", "big", "late"].map(|tag| Reference::parse(tag).unwrap()).to_vec();
        let noted = AnnotateInvoice {
            note: Some(Some(bilingual("Thank you", "شكرا"))),
            tags: Some(tags),
            due_note: Some(Some(bilingual("After the fair", "بعد المعرض"))),
            ..annotation(&books, id).await
        };

        let result = run(&books, &noted).await;

        if state == State::Void {
            let Err(AnnotateInvoiceError::State(error)) = result else { panic!("{result:?}") };
            assert!(is_void(&error));
            continue;
        }
        let (_, after) = result.unwrap();
        assert_eq!(after, find(&books, id).await);
        let annotations = &after.content().written.annotations;
        assert_eq!(annotations.tags.len(), 2, "each once");
        assert_eq!(after.content().totals, before.content().totals);
        assert_eq!(after.version(), before.version().next());
        if let (Invoice::Issued(before), Invoice::Issued(after)) = (before, after) {
            assert_eq!(before.digest, after.digest, "what was issued stays what it was");
        }
    }
}

#[tokio::test]
async fn only_a_draft_is_removed() {
    for state in STATES {
        let (books, _, id) = in_state(state).await;

        let result = remove(&books, id).await;

        match (state, result) {
            (State::Draft, Ok(())) => {
                let query = gaara_application::invoicing::FindInvoice { id };
                let found = books.app.ask(&books.system(), &query).await.unwrap();
                assert_eq!(found, None);
            }
            (State::Void, Err(RemoveInvoiceError::State(error))) => assert!(is_void(&error)),
            (_, Err(RemoveInvoiceError::State(error))) => assert!(is_issued(&error), "{state:?}"),
            (_, result) => panic!("{state:?}: {result:?}"),
        }
    }
}

#[tokio::test]
async fn a_document_is_issued_once() {
    for state in STATES {
        let (books, _, id) = in_state(state).await;

        let result = issue(&books, id, IssueRequest::default()).await;

        match (state, result) {
            (State::Draft, Ok(issued)) => assert_eq!(issued.number.sequence, 1),
            (State::Void, Err(IssueInvoiceError::State(error))) => assert!(is_void(&error)),
            (_, Err(IssueInvoiceError::State(error))) => assert!(is_issued(&error), "{state:?}"),
            (_, result) => panic!("{state:?}: {result:?}"),
        }
    }
}

#[tokio::test]
async fn what_is_open_is_paid_and_nothing_else() {
    for state in STATES {
        let (books, sale, id) = in_state(state).await;

        let result = pay(&books, &sale, id, "16.45").await;

        match (state, result) {
            (State::Unpaid | State::PartiallyPaid, Ok(())) => {
                let status = find_issued(&books, id).await.payment_status();
                let expected = match state {
                    State::Unpaid => PaymentStatus::PartiallyPaid,
                    _ => PaymentStatus::Paid,
                };
                assert_eq!(status, expected);
            }
            (State::Draft, Err(RecordPaymentError::Settle(SettleError::NotIssued { .. })))
            | (State::Void, Err(RecordPaymentError::Settle(SettleError::Void { .. })))
            | (
                State::Paid | State::Credited,
                Err(RecordPaymentError::Settle(SettleError::Refused { .. })),
            ) => {}
            (_, result) => panic!("{state:?}: {result:?}"),
        }
    }
}

#[tokio::test]
async fn an_issued_document_is_credited_until_nothing_is_left() {
    for state in STATES {
        let (books, _, id) = in_state(state).await;

        let result = credit(&books, id, some("1")).await;

        match (state, result) {
            (State::Draft, Err(CreditNoteError::State(error))) => assert!(is_draft(&error)),
            (State::Void, Err(CreditNoteError::State(error))) => assert!(is_void(&error)),
            (State::Credited, Err(CreditNoteError::Credit(error))) => {
                assert!(matches!(error, CreditError::ExceedsRemaining { line: 0, .. }));
                let again = credit(&books, id, CreditScope::Full).await.unwrap_err();
                let CreditNoteError::Credit(error) = again else { panic!("{again:?}") };
                assert_eq!(error, CreditError::NothingLeft);
            }
            (State::Unpaid | State::PartiallyPaid | State::Paid, Ok(note)) => {
                assert_eq!(note.content.totals.payable.amount(), "6.61");
                // What was paid already is not taken off; it stays the customer's credit.
                let surplus = if state == State::Paid { "6.61" } else { "0.00" };
                assert_eq!(note.open().amount(), surplus, "{state:?}");
                let open = match state {
                    State::Unpaid => "19.84",
                    State::PartiallyPaid => "9.84",
                    _ => "0.00",
                };
                assert_eq!(find_issued(&books, id).await.open().amount(), open, "{state:?}");
            }
            (_, result) => panic!("{state:?}: {result:?}"),
        }
    }
}

#[tokio::test]
async fn only_what_nobody_paid_or_credited_is_voided() {
    for state in STATES {
        let (books, sale, id) = in_state(state).await;

        let result = void(&books, id).await;

        match (state, result) {
            (State::Draft, Err(VoidInvoiceError::State(error))) => assert!(is_draft(&error)),
            (State::Unpaid, Ok(())) => {
                let Invoice::Void(voided) = find(&books, id).await else { panic!("not void") };
                assert_eq!(voided.issued.number.text(), "INV-2026-00001");
                assert_eq!(voided.issued.content.totals.payable.amount(), "26.45");
                assert_eq!(books.on_hand(sale.product).await, "10", "the goods are back");
            }
            (State::PartiallyPaid | State::Paid, Err(VoidInvoiceError::HasAllocations))
            | (State::Credited, Err(VoidInvoiceError::HasCreditNotes)) => {}
            (State::Void, Err(VoidInvoiceError::State(error))) => assert!(is_void(&error)),
            (_, result) => panic!("{state:?}: {result:?}"),
        }
    }
}

#[tokio::test]
async fn a_payment_is_taken_back_from_whatever_it_settled() {
    for state in STATES {
        let (books, sale, id) = in_state(state).await;
        if state == State::Credited {
            // Credited after it was paid: the payment can still be taken back.
            let (books, sale, id) = in_state(State::Paid).await;
            credit(&books, id, CreditScope::Full).await.unwrap();
            assert_eq!(find_issued(&books, id).await.payment_status(), PaymentStatus::Credited);
            take_payment_back(&books, &sale, id).await.unwrap();
            let invoice = find_issued(&books, id).await;
            assert_eq!(invoice.payment_status(), PaymentStatus::Unpaid, "the note has the rest");
            continue;
        }

        let result = take_payment_back(&books, &sale, id).await;

        match state {
            State::PartiallyPaid | State::Paid => {
                result.unwrap();
                let status = find_issued(&books, id).await.payment_status();
                assert_eq!(status, PaymentStatus::Unpaid);
            }
            _ => assert!(matches!(result, Err(None)), "{state:?}: no payment settles it"),
        }
    }
}

/// Takes back the payment that settles an invoice; `Err(None)` where there is none.
async fn take_payment_back(
    books: &Harness,
    sale: &Sale,
    invoice: InvoiceId,
) -> Result<(), Option<RemoveAllocationError>> {
    let filter = PaymentFilter { customer: Some(sale.customer), ..PaymentFilter::default() };
    let page = PageRequest {
        limit: PageLimit::default(),
        sort: Sort::natural(),
        after: None,
        with_total: false,
    };
    let query = ListPayments { filter, page };
    let payments = books.app.ask(&books.system(), &query).await.unwrap().items;
    let found = payments.iter().find_map(|payment| {
        let mut parts = payment.allocations().iter();
        parts.find(|part| part.invoice == invoice).map(|part| (payment.id(), part.id))
    });
    let (payment, allocation) = found.ok_or(None)?;
    run(books, &RemoveAllocation { payment, allocation, expected: None }).await.map_err(Some)?;
    Ok(())
}
