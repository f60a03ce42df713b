//! Books with a sale in them, and short ways to do things to documents.

use std::sync::Arc;

use gaara_application::invoicing::{
    AnnotateInvoice, ChangeInvoice, CreateAndIssueCreditNote, CreateInvoice, CreateInvoiceError,
    CreditNoteError, FindInvoice, IssueInvoice, IssueInvoiceError, IssueRequest, RecordPayment,
    RecordPaymentError, RemoveInvoice, RemoveInvoiceError, VoidInvoice, VoidInvoiceError,
    WrittenCreditNote, WrittenInvoice,
};
use gaara_application::{Refusal, UseCase};
use gaara_invoicing::{CreditLine, CreditScope, Invoice, IssuedInvoice, PartyId, PaymentMethod};
use gaara_kernel::{InvoiceId, Version};
use gaara_store_memory::MemoryStore;
use gaara_testkit::{Harness, Sale, money, quantity};

/// Books with a product at 5.75, ten pieces of it, and a customer.
pub(crate) async fn sale() -> (Harness, Sale) {
    let books = Harness::new(Arc::new(MemoryStore::new())).set_up().await;
    let sale = books.stocked_sale("10").await;
    (books, sale)
}

/// Runs a use case that may be refused, but not for want of a permission.
pub(crate) async fn run<U: UseCase>(books: &Harness, use_case: &U) -> Result<U::Output, U::Error> {
    match books.app.execute(&books.system(), use_case).await {
        Ok(output) => Ok(output),
        Err(Refusal::Failed(error)) => Err(error),
        Err(refusal) => panic!("{refusal:?}"),
    }
}

pub(crate) async fn draft(
    books: &Harness,
    written: WrittenInvoice,
) -> Result<InvoiceId, CreateInvoiceError> {
    Ok(run(books, &CreateInvoice(written)).await?.content.written.id)
}

pub(crate) async fn issue(
    books: &Harness,
    id: InvoiceId,
    request: IssueRequest,
) -> Result<IssuedInvoice, IssueInvoiceError> {
    run(books, &IssueInvoice { request, ..IssueInvoice::plainly(id) }).await
}

/// An issued invoice over four pieces: 23.00 and 3.45 tax.
pub(crate) async fn issued(books: &Harness, sale: &Sale) -> IssuedInvoice {
    books.issue(&sale.draft("4")).await.unwrap()
}

pub(crate) async fn pay(
    books: &Harness,
    sale: &Sale,
    invoice: InvoiceId,
    amount: &str,
) -> Result<(), RecordPaymentError> {
    let (party, part) = (PartyId::Customer(sale.customer), money(amount));
    let payment = RecordPayment::new(party, part, PaymentMethod::Cash).with(invoice, part);
    run(books, &payment).await.map(|_| ())
}

/// So much of the first line.
pub(crate) fn some(count: &str) -> CreditScope {
    CreditScope::Lines(vec![CreditLine { line: 0, quantity: quantity(count) }])
}

pub(crate) async fn credit(
    books: &Harness,
    invoice: InvoiceId,
    scope: CreditScope,
) -> Result<IssuedInvoice, CreditNoteError> {
    run(books, &CreateAndIssueCreditNote(WrittenCreditNote::new(invoice, scope))).await
}

/// The same, with the goods going back.
pub(crate) async fn take_back(
    books: &Harness,
    invoice: InvoiceId,
    scope: CreditScope,
) -> Result<IssuedInvoice, CreditNoteError> {
    let written = WrittenCreditNote { restock: true, ..WrittenCreditNote::new(invoice, scope) };
    run(books, &CreateAndIssueCreditNote(written)).await
}

pub(crate) async fn void(books: &Harness, id: InvoiceId) -> Result<(), VoidInvoiceError> {
    run(books, &VoidInvoice { id, expected: None, reason: None }).await.map(|_| ())
}

pub(crate) async fn remove(books: &Harness, id: InvoiceId) -> Result<(), RemoveInvoiceError> {
    let expected = version(books, id).await;
    run(books, &RemoveInvoice { id, expected }).await.map(|_| ())
}

/// Writes a draft again, with changes.
pub(crate) async fn change(
    books: &Harness,
    id: InvoiceId,
    change: impl FnOnce(&mut WrittenInvoice),
) -> Result<(), gaara_application::invoicing::ChangeInvoiceError> {
    let before = find(books, id).await;
    let mut written = WrittenInvoice::again(&before.content().written);
    change(&mut written);
    run(books, &ChangeInvoice { id, expected: before.version(), written }).await.map(|_| ())
}

/// A note that changes nothing yet.
pub(crate) async fn annotation(books: &Harness, id: InvoiceId) -> AnnotateInvoice {
    let expected = version(books, id).await;
    AnnotateInvoice { id, expected, note: None, tags: None, due_note: None }
}

pub(crate) async fn find(books: &Harness, id: InvoiceId) -> Invoice {
    books.app.ask(&books.system(), &FindInvoice { id }).await.unwrap().unwrap()
}

pub(crate) async fn version(books: &Harness, id: InvoiceId) -> Version {
    find(books, id).await.version()
}

/// A document that must have been issued.
pub(crate) async fn find_issued(books: &Harness, id: InvoiceId) -> IssuedInvoice {
    let Invoice::Issued(issued) = find(books, id).await else { panic!("it is not issued") };
    *issued
}
