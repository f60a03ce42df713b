//! Voiding: number and amounts stay, the goods go back, and nobody owes it.

use gaara_application::Refusal;
use gaara_application::identity::ChangeOrganization;
use gaara_application::inventory::ReverseMovementError;
use gaara_application::invoicing::{
    InvoiceStateError, IssueRequest, VoidInvoice, VoidInvoiceError, WrittenInvoice,
};
use gaara_identity::Role;
use gaara_inventory::{PostError, ReverseError};
use gaara_invoicing::details::Reference;
use gaara_invoicing::{CreditScope, Invoice, PartyId, PaymentStatus};
use gaara_kernel::Version;
use gaara_testkit::{date, money, quantity};

use crate::support::{draft, find, find_issued, issue, issued, run, sale, some, take_back, void};

#[tokio::test]
async fn voiding_a_note_gives_the_invoice_back_what_it_took() {
    let (books, sale) = sale().await;
    let invoice = issued(&books, &sale).await.content.written.id;
    let note = take_back(&books, invoice, CreditScope::Full).await.unwrap();
    assert_eq!(books.on_hand(sale.product).await, "10");

    void(&books, note.content.written.id).await.unwrap();

    assert_eq!(books.on_hand(sale.product).await, "6", "the goods are gone again");
    let back = find_issued(&books, invoice).await;
    assert_eq!((back.open(), back.credit_notes), (money("26.45"), money("0")));
    assert_eq!(back.payment_status(), PaymentStatus::Unpaid);
    take_back(&books, invoice, some("4")).await.unwrap();
}

#[tokio::test]
async fn a_reason_is_kept_and_the_state_is_final() {
    let (books, sale) = sale().await;
    let id = issued(&books, &sale).await.content.written.id;
    let reason = Some(Reference::parse("Wrong customer").unwrap());
    let voiding = VoidInvoice { id, expected: Some(Version::new(2)), reason: reason.clone() };

    let output = run(&books, &voiding).await.unwrap();

    assert!(output.reversal.is_some());
    let Invoice::Void(voided) = find(&books, id).await else { panic!("not void") };
    assert_eq!((voided.reason, voided.issued.number.sequence), (reason, 1));
    let error = run(&books, &voiding).await.unwrap_err();
    assert!(matches!(error, VoidInvoiceError::State(InvoiceStateError::Void { .. })));
    let next = books.issue(&sale.draft("1")).await.unwrap();
    assert_eq!(next.number.sequence, 2, "the number of a void document is not given again");
}

#[tokio::test]
async fn goods_that_are_gone_cannot_go_back() {
    let (books, sale) = sale().await;
    let supplier = books.add_supplier("Mill").await;
    let bought = WrittenInvoice { party: PartyId::Supplier(supplier), ..sale.draft("5") };
    let bought = books.issue(&bought).await.unwrap().content.written.id;
    books.issue(&sale.draft("12")).await.unwrap();

    let error = void(&books, bought).await.unwrap_err();

    let VoidInvoiceError::Stock(error) = error else { panic!("{error:?}") };
    let ReverseMovementError::Reverse(ReverseError::Post(error)) = *error else { panic!() };
    let PostError::Insufficient(shortages) = error else { panic!("{error:?}") };
    assert_eq!(shortages[0].requested, quantity("5"));
}

#[tokio::test]
async fn a_document_of_a_closed_period_stays() {
    let (books, sale) = sale().await;
    let written =
        WrittenInvoice { warehouse: None, issue_date: Some(date("2026-11-20")), ..sale.draft("1") };
    let id = books.issue(&written).await.unwrap().content.written.id;
    let close = ChangeOrganization {
        locked_through: Some(Some(date("2026-11-20"))),
        ..ChangeOrganization::of(Version::FIRST)
    };
    run(&books, &close).await.unwrap();

    let error = void(&books, id).await.unwrap_err();

    assert!(matches!(error, VoidInvoiceError::PeriodLocked { .. }), "{error:?}");
}

#[tokio::test]
async fn a_void_document_frees_credit_and_needs_a_permission() {
    let (books, mut sale) = sale().await;
    sale.customer = books.add_customer(Some(money("10"))).await;
    let id = books.issue(&sale.draft("1")).await.unwrap().content.written.id;
    let next = draft(&books, sale.draft("1")).await.unwrap();
    assert!(issue(&books, next, IssueRequest::default()).await.is_err());
    let voiding = VoidInvoice { id, expected: None, reason: None };

    let seller = books.signed_in(Role::Sales);
    let refusal = books.app.execute(&seller, &voiding).await.unwrap_err();
    assert!(matches!(refusal, Refusal::Forbidden(_)));
    void(&books, id).await.unwrap();

    issue(&books, next, IssueRequest::default()).await.unwrap();
}

#[tokio::test]
async fn an_invoice_is_voided_after_its_notes() {
    let (books, sale) = sale().await;
    let id = issued(&books, &sale).await.content.written.id;
    let note = take_back(&books, id, some("1")).await.unwrap().content.written.id;
    assert!(matches!(void(&books, id).await, Err(VoidInvoiceError::HasCreditNotes)));
    void(&books, note).await.unwrap();
    void(&books, id).await.unwrap();
    assert_eq!(books.on_hand(sale.product).await, "10");
}
