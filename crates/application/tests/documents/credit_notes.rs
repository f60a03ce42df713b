//! Credit notes: what they take back, of whom, and what becomes of the invoice.

use gaara_application::inventory::{CreateAndPostMovement, WrittenMovement, WrittenMovementLine};
use gaara_application::invoicing::{
    ChangeCreditNote, CreateAndIssueCreditNote, CreateCreditNote, CreditNoteError,
    InvoiceStateError, IssueInvoiceError, IssueRequest, WrittenCreditNote, WrittenInvoice,
};
use gaara_inventory::MovementKind;
use gaara_invoicing::details::{Reference, TypeCode};
use gaara_invoicing::{
    CreditError, CreditLine, CreditScope, DocumentType, DraftError, PaymentStatus,
};
use gaara_kernel::{CreditNoteId, DocumentId, Id};
use gaara_testkit::{currency, date, money, quantity};

use crate::support::{
    credit, find, find_issued, issue, issued, pay, run, sale, some, take_back, void,
};

#[tokio::test]
async fn a_note_has_a_number_of_its_own_and_says_what_it_corrects() {
    let (books, sale) = sale().await;
    let invoice = issued(&books, &sale).await;
    let reference = |text| Some(Reference::parse(text).unwrap());
    let written = WrittenCreditNote {
        reason_code: reference("KSA-17"),
        reason: reference("Broken"),
        ..WrittenCreditNote::new(invoice.content.written.id, some("1"))
    };

    let note = run(&books, &CreateAndIssueCreditNote(written)).await.unwrap();

    assert_eq!(note.number.text(), "CRN-2026-00001");
    let said = &note.content.written;
    assert_eq!(said.document_type(), DocumentType::CreditNote);
    assert!(said.document_id().to_string().starts_with("crn_"));
    assert_eq!(said.details.type_code, Some(TypeCode::CREDIT_NOTE));
    let correction = said.corrects.as_ref().unwrap();
    assert_eq!(correction.number, "INV-2026-00001");
    assert_eq!(correction.issue_date, invoice.issue_date);
    assert_eq!(correction.reason.as_ref().map(Reference::as_str), Some("Broken"));
    assert_eq!(note.due_date, note.issue_date);
    assert_eq!(books.on_hand(sale.product).await, "6", "the goods stay where they are");
    assert_eq!(find(&books, said.id).await.content(), &note.content);
}

#[tokio::test]
async fn goods_come_back_at_what_they_went_for() {
    let (books, sale) = sale().await;
    let invoice = issued(&books, &sale).await;
    assert_eq!(invoice.costs, [Some(money("7.00"))], "four at 1.75");

    let note = take_back(&books, invoice.content.written.id, some("3")).await.unwrap();

    assert_eq!(books.on_hand(sale.product).await, "9");
    assert_eq!(note.costs, [Some(money("5.25"))]);
    let again = take_back(&books, invoice.content.written.id, some("1")).await.unwrap();
    assert_eq!(again.costs, [Some(money("1.75"))]);
}

#[tokio::test]
async fn more_does_not_come_back_than_went() {
    let (books, sale) = sale().await;
    let invoice = issued(&books, &sale).await.content.written.id;
    let mut unit_movement = WrittenMovement::new(
        MovementKind::CustomerReturn,
        sale.warehouse,
        vec![WrittenMovementLine::new(sale.product, quantity("3"))],
    );
    let filter = gaara_inventory::MovementFilter {
        invoice: Some(invoice),
        ..gaara_inventory::MovementFilter::default()
    };
    let page = gaara_kernel::PageRequest {
        limit: gaara_kernel::PageLimit::default(),
        sort: gaara_kernel::Sort::natural(),
        after: None,
        with_total: false,
    };
    let query = gaara_application::inventory::ListMovements { filter, page };
    let moved = books.app.ask(&books.system(), &query).await.unwrap().items;
    unit_movement.origin = moved.first().map(|movement| movement.content().id);
    run(&books, &CreateAndPostMovement(unit_movement)).await.unwrap();

    let error = take_back(&books, invoice, some("2")).await.unwrap_err();

    let CreditNoteError::Issue(error) = error else { panic!("{error:?}") };
    assert!(matches!(*error, IssueInvoiceError::ReturnExceedsSold { line: 0 }));
    take_back(&books, invoice, some("1")).await.unwrap();
    credit(&books, invoice, some("3")).await.unwrap();
}

#[tokio::test]
async fn goods_that_did_not_move_do_not_come_back() {
    let (books, sale) = sale().await;
    let without = WrittenInvoice { warehouse: None, ..sale.draft("1") };
    let invoice = books.issue(&without).await.unwrap().content.written.id;

    let error = take_back(&books, invoice, some("1")).await.unwrap_err();

    assert!(matches!(error, CreditNoteError::NothingToRestock));
}

#[tokio::test]
async fn drafts_of_notes_together_do_not_take_back_too_much() {
    let (books, sale) = sale().await;
    let invoice = issued(&books, &sale).await.content.written.id;
    let write = async |count| {
        let written = WrittenCreditNote::new(invoice, some(count));
        run(&books, &CreateCreditNote(written)).await.unwrap().content.written.id
    };
    let (one, two) = (write("3").await, write("2").await);

    issue(&books, one, IssueRequest::default()).await.unwrap();
    let error = issue(&books, two, IssueRequest::default()).await.unwrap_err();

    let IssueInvoiceError::Credit(error) = error else { panic!("{error:?}") };
    assert_eq!(error, CreditError::ExceedsRemaining { line: 0, remaining: quantity("1") });
}

#[tokio::test]
async fn a_draft_comes_to_what_is_left_on_the_day_it_is_issued() {
    let (books, sale) = sale().await;
    let mut written = sale.draft("3");
    written.lines[0].unit_price = Some(gaara_testkit::unit_price("33.333333"));
    let invoice = books.issue(&written).await.unwrap().content.written.id;
    let early = WrittenCreditNote::new(invoice, some("1"));
    let early = run(&books, &CreateCreditNote(early)).await.unwrap();
    assert_eq!(early.content.totals.lines_net, money("33.33"));
    credit(&books, invoice, some("1")).await.unwrap();

    let issued = issue(&books, early.content.written.id, IssueRequest::default()).await.unwrap();

    assert_eq!(issued.content.totals.lines_net, money("33.34"), "the second third");
    credit(&books, invoice, CreditScope::Full).await.unwrap();
    let credited = find_issued(&books, invoice).await;
    assert_eq!((credited.open(), credited.payment_status()), (money("0"), PaymentStatus::Credited));
}

#[tokio::test]
async fn a_surplus_stays_the_customers_credit() {
    let (books, sale) = sale().await;
    let invoice = issued(&books, &sale).await.content.written.id;
    pay(&books, &sale, invoice, "20").await.unwrap();

    let note = credit(&books, invoice, CreditScope::Full).await.unwrap();

    let invoice = find_issued(&books, invoice).await;
    assert_eq!((invoice.paid, invoice.credited), (money("20"), money("6.45")));
    assert_eq!(invoice.credit_notes, money("26.45"));
    assert_eq!((invoice.open(), invoice.payment_status()), (money("0"), PaymentStatus::Credited));
    assert_eq!((note.credited, note.open()), (money("6.45"), money("20")));
    assert_eq!(note.payment_status(), PaymentStatus::Unpaid, "twenty are still to be given back");
}

#[tokio::test]
async fn what_was_prepaid_comes_back_in_the_books_as_well() {
    let (books, sale) = sale().await;
    let mut written = sale.draft("4");
    written.prepaid = money("5");
    let invoice = books.issue(&written).await.unwrap();

    let note = credit(&books, invoice.content.written.id, CreditScope::Full).await.unwrap();

    let payable = note.content.totals.payable;
    assert_eq!(payable, money("26.45"), "what was prepaid as well");
    assert_eq!(note.base.payable, payable, "nothing is lost by exchange at par");
}

#[tokio::test]
async fn what_a_note_must_not_be_is_refused() {
    let (books, sale) = sale().await;
    let invoice = issued(&books, &sale).await.content.written.id;
    let note = credit(&books, invoice, some("1")).await.unwrap().content.written.id;

    let error = credit(&books, note, some("1")).await.unwrap_err();
    assert!(matches!(error, CreditNoteError::OfCreditNote));
    let error = credit(&books, invoice, CreditScope::Lines(Vec::new())).await.unwrap_err();
    assert!(matches!(error, CreditNoteError::Credit(CreditError::Empty)));
    let beyond = CreditScope::Lines(vec![CreditLine { line: 1, quantity: quantity("1") }]);
    let error = credit(&books, invoice, beyond).await.unwrap_err();
    assert!(matches!(error, CreditNoteError::Credit(CreditError::LineUnknown { line: 1 })));
    let foreign = WrittenCreditNote {
        currency: Some(currency("USD")),
        ..WrittenCreditNote::new(invoice, some("1"))
    };
    let error = run(&books, &CreateCreditNote(foreign)).await.unwrap_err();
    assert!(matches!(error, CreditNoteError::CurrencyMismatch { .. }));
    let named = WrittenCreditNote {
        supplier_reference: Some(Reference::parse("S-1").unwrap()),
        ..WrittenCreditNote::new(invoice, some("1"))
    };
    let error = run(&books, &CreateCreditNote(named)).await.unwrap_err();
    let CreditNoteError::Draft(error) = error else { panic!("{error:?}") };
    assert_eq!(error, DraftError::SupplierReferenceUnexpected);
}

#[tokio::test]
async fn a_draft_of_a_note_is_written_again() {
    let (books, sale) = sale().await;
    let invoice = issued(&books, &sale).await.content.written.id;
    let id: CreditNoteId = CreditNoteId::from_uuid(invoice.as_uuid());
    let chosen = WrittenCreditNote { id: Some(id), ..WrittenCreditNote::new(invoice, some("1")) };
    assert!(run(&books, &CreateCreditNote(chosen)).await.is_err(), "one key for both kinds");
    let written = WrittenCreditNote::new(invoice, some("1"));
    let before = run(&books, &CreateCreditNote(written)).await.unwrap();
    let id = before.content.written.id;

    let mut written = WrittenCreditNote::again(&before.content.written).unwrap();
    written.scope = CreditScope::Full;
    written.restock = true;
    let change = ChangeCreditNote { id, expected: before.version, written };
    let (_, after) = run(&books, &change).await.unwrap();

    assert_eq!(after.content.totals.payable, money("26.45"));
    assert_eq!(after.content.written.warehouse, Some(sale.warehouse));
    assert_eq!(after.version, before.version.next());
    assert_eq!(
        after.content.written.document_id(),
        DocumentId::CreditNote(CreditNoteId::from_uuid(id.as_uuid()))
    );
    let error = run(&books, &change).await.unwrap_err();
    let CreditNoteError::State(error) = error else { panic!("{error:?}") };
    assert!(matches!(error, InvoiceStateError::Stale { .. }));
}

#[tokio::test]
async fn a_note_is_not_issued_against_a_void_invoice() {
    let (books, sale) = sale().await;
    let invoice = issued(&books, &sale).await.content.written.id;
    let note = WrittenCreditNote::new(invoice, some("1"));
    let note = run(&books, &CreateCreditNote(note)).await.unwrap().content.written.id;
    void(&books, invoice).await.unwrap();

    let error = issue(&books, note, IssueRequest::default()).await.unwrap_err();

    let IssueInvoiceError::Corrected(error) = error else { panic!("{error:?}") };
    assert!(matches!(error, InvoiceStateError::Void { .. }));
}

#[tokio::test]
async fn a_note_is_not_dated_before_its_invoice() {
    let (books, sale) = sale().await;
    let invoice = issued(&books, &sale).await;
    let yesterday = WrittenCreditNote {
        issue_date: Some(date("2026-11-22")),
        ..WrittenCreditNote::new(invoice.content.written.id, some("1"))
    };

    let error = run(&books, &CreateAndIssueCreditNote(yesterday)).await.unwrap_err();

    let CreditNoteError::Issue(error) = error else { panic!("{error:?}") };
    let IssueInvoiceError::BeforeCorrected { invoice: dated } = *error else { panic!() };
    assert_eq!(dated, invoice.issue_date);
}
