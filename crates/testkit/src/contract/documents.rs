//! Documents of both kinds and types: what is written, changed, issued and voided is read back.

use std::sync::Arc;

use gaara_application::invoicing::{
    AnnotateInvoice, ChangeInvoice, CreateAndIssueCreditNote, CreateCreditNote, CreateInvoice,
    FindInvoice, IssueInvoice, RemoveInvoice, VoidInvoice, WrittenCreditNote, WrittenInvoice,
    WrittenLine,
};
use gaara_application::{Store, UseCase};
use gaara_invoicing::totals::{Adjustment, DocumentAdjustment};
use gaara_invoicing::{
    Annotations, CreditLine, CreditScope, CreditedLine, DraftInvoice, Invoice, IssuedInvoice,
    PartyId,
};
use gaara_kernel::{InvoiceId, StoreError};

use crate::fixtures::{bilingual, date, money, quantity, unit_price, vat};
use crate::harness::{Harness, Sale};
use crate::said::{everything_said, month, reference};

/// Runs a use case that nothing stands in the way of.
pub(crate) async fn done<U: UseCase>(books: &Harness, use_case: &U) -> U::Output {
    books.app.execute(&books.system(), use_case).await.expect("nothing stands in the way")
}

pub(crate) async fn find(books: &Harness, id: InvoiceId) -> Option<Invoice> {
    books.app.ask(&books.system(), &FindInvoice { id }).await.expect("an answer")
}

/// So much of one line, counted from 0.
pub(crate) fn some(line: usize, count: &str) -> CreditScope {
    CreditScope::Lines(vec![CreditLine { line, quantity: quantity(count) }])
}

fn draft_of(draft: &DraftInvoice) -> Invoice {
    Invoice::Draft(Box::new(draft.clone()))
}

fn issued_as(issued: &IssuedInvoice) -> Invoice {
    Invoice::Issued(Box::new(issued.clone()))
}

/// A purchase of goods and of work, with everything on it.
async fn full_purchase(books: &Harness, sale: &Sale) -> WrittenInvoice {
    let supplier = books.add_supplier("Mill").await;
    let mut goods = WrittenLine::of(sale.product, quantity("10"));
    goods.gross_price = Some(unit_price("5"));
    goods.price_discount = Some(unit_price("0.75"));
    goods.note = Some(bilingual("Handle with care", "بحذر"));
    goods.period = Some(month());
    let mut work = WrittenLine::of(sale.product, quantity("2"));
    work.unit_price = Some(unit_price("1"));
    work.charges = vec![Adjustment::amount(money("0.50"))];
    let value = Adjustment::amount(money("3")).value;
    WrittenInvoice {
        supplier_reference: Some(reference("F-2026-77")),
        warehouse: Some(sale.warehouse),
        allowances: vec![DocumentAdjustment { value, tax: Some(vat()) }],
        details: everything_said(),
        annotations: Annotations {
            note: Some(bilingual("Thank you", "شكرا")),
            tags: vec![reference("urgent"), reference("big")],
            due_note: Some(bilingual("After the fair", "بعد المعرض")),
        },
        ..WrittenInvoice::new(
            PartyId::Supplier(supplier),
            crate::fixtures::currency("SAR"),
            vec![goods, work],
        )
    }
}

/// A purchase with everything on it, its credit note, and what becomes of both, are read back.
pub async fn a_purchase_and_its_note_are_read_back(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    let sale = books.stocked_sale("10").await;
    let draft = done(&books, &CreateInvoice(full_purchase(&books, &sale).await)).await;
    let id = draft.content.written.id;
    assert_eq!(find(&books, id).await, Some(draft_of(&draft)));

    let issued = done(&books, &IssueInvoice::plainly(id)).await;
    assert_eq!(find(&books, id).await, Some(issued_as(&issued)));
    assert!(issued.costs.iter().all(Option::is_some));

    let written = WrittenCreditNote {
        restock: true,
        reason_code: Some(reference("KSA-17")),
        reason: Some(reference("Broken")),
        supplier_reference: Some(reference("C-1")),
        ..WrittenCreditNote::new(id, some(0, "4"))
    };
    let note = done(&books, &CreateCreditNote(written)).await;
    let note_id = note.content.written.id;
    assert_eq!(find(&books, note_id).await, Some(draft_of(&note)));
    let note = done(&books, &IssueInvoice::plainly(note_id)).await;
    assert_eq!(find(&books, note_id).await, Some(issued_as(&note)));
    let Some(Invoice::Issued(credited)) = find(&books, id).await else { panic!("not issued") };
    assert_eq!(credited.credited, note.content.totals.payable);
    assert_eq!(credited.credit_notes, note.content.totals.payable);
    assert_eq!(credited.content, issued.content);

    let reason = Some(reference("Wrong goods"));
    let voiding = VoidInvoice { id: note_id, expected: None, reason };
    let voided = done(&books, &voiding).await.voided;
    assert_eq!(find(&books, note_id).await, Some(Invoice::Void(Box::new(voided))));
    let Some(Invoice::Issued(back)) = find(&books, id).await else { panic!("not issued") };
    assert_eq!((back.credited, back.credit_notes), (money("0"), money("0")));
}

/// A draft is replaced as a whole, and removed with all that hangs on it.
pub async fn a_draft_is_written_again_and_removed(store: Arc<dyn Store>) {
    let books = Harness::new(Arc::clone(&store)).set_up().await;
    let sale = books.stocked_sale("10").await;
    let full = full_purchase(&books, &sale).await;
    let before = done(&books, &CreateInvoice(full.clone())).await;
    let (id, expected) = (before.content.written.id, before.version);

    let plain = WrittenInvoice { issue_date: Some(date("2026-11-22")), ..sale.draft("1") };
    let change = ChangeInvoice { id, expected, written: plain };
    let (_, after) = done(&books, &change).await;
    assert_eq!(find(&books, id).await, Some(draft_of(&after)));
    assert_eq!((after.content.written.id, after.version), (id, expected.next()));
    let mut long = full;
    long.lines = long.lines.into_iter().cycle().take(40).collect();
    let change = ChangeInvoice { id, expected: after.version, written: long };
    let (_, after) = done(&books, &change).await;
    assert_eq!(find(&books, id).await, Some(draft_of(&after)));

    done(&books, &RemoveInvoice { id, expected: after.version }).await;
    assert_eq!(find(&books, id).await, None);
    let again = WrittenInvoice { id: Some(id), ..sale.draft("1") };
    let again = done(&books, &CreateInvoice(again)).await;
    assert_eq!(find(&books, id).await, Some(draft_of(&again)), "nothing of the first is left");
    done(&books, &IssueInvoice::plainly(id)).await;
    let mut unit = store.begin().await.expect("a transaction");
    let error = unit.invoices().remove_draft(id).await.expect_err("it is issued");
    assert!(matches!(error, StoreError::Corrupt { entity: "invoice" }), "{error:?}");
}

/// Notes and tags change, and nothing else does.
pub async fn notes_and_tags_are_all_that_changes(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    let sale = books.stocked_sale("10").await;
    let issued = books.issue(&sale.draft("4")).await.expect("goods are there");
    let id = issued.content.written.id;
    let annotation = AnnotateInvoice {
        id,
        expected: issued.version,
        note: Some(Some(bilingual("Thank you", "شكرا"))),
        tags: Some(vec![reference("late"), reference("big")]),
        due_note: Some(Some(bilingual("After the fair", "بعد المعرض"))),
    };

    let (_, noted) = done(&books, &annotation).await;
    assert_eq!(find(&books, id).await, Some(noted.clone()));
    let Invoice::Issued(noted) = noted else { panic!("not issued") };
    assert_eq!(noted.canonical_bytes(), issued.canonical_bytes());
    let annotation = AnnotateInvoice {
        id,
        expected: noted.version,
        note: Some(None),
        tags: Some(vec![reference("paid late")]),
        due_note: None,
    };
    let (_, noted) = done(&books, &annotation).await;
    assert_eq!(find(&books, id).await, Some(noted));
}

/// What was taken back is added up by line and by tax group, of issued notes alone.
pub async fn what_notes_took_back_is_added_up(store: Arc<dyn Store>) {
    let books = Harness::new(Arc::clone(&store)).set_up().await;
    let sale = books.stocked_sale("10").await;
    let mut written = sale.draft("3");
    written.lines.push(written.lines.first().expect("a line").clone());
    written.rounding = money("0.05");
    let id = books.issue(&written).await.expect("goods are there").content.written.id;
    let credit = |scope| CreateAndIssueCreditNote(WrittenCreditNote::new(id, scope));
    let one = done(&books, &credit(some(0, "1"))).await;
    let two = done(&books, &credit(some(0, "2"))).await;
    done(&books, &CreateCreditNote(WrittenCreditNote::new(id, some(1, "1")))).await;
    let voided = done(&books, &credit(some(1, "1"))).await;
    let voiding = VoidInvoice { id: voided.content.written.id, expected: None, reason: None };
    done(&books, &voiding).await;

    let so_far = credited(&store, id).await;
    let line = CreditedLine { line: 0, quantity: quantity("3"), amount: money("17.25") };
    assert_eq!(so_far.lines, [line]);
    let taxes: Vec<_> = so_far.groups.iter().map(|group| group.tax).collect();
    assert_eq!(taxes, [vat()]);
    let sum = one.content.totals.tax.plus(two.content.totals.tax).expect("a sum");
    assert_eq!(so_far.groups.first().map(|group| group.tax_amount), Some(sum));
    assert_eq!(so_far.rounding, Some(money("0")));

    let last = done(&books, &credit(CreditScope::Full)).await;
    assert_eq!(last.content.totals.rounding, money("0.05"));
    let so_far = credited(&store, id).await;
    assert_eq!(so_far.lines.len(), 2);
    assert_eq!(so_far.rounding, Some(money("0.05")));
    let other = books.issue(&sale.draft("1")).await.expect("goods are there");
    let nothing = credited(&store, other.content.written.id).await;
    assert_eq!((nothing.lines.len(), nothing.groups.len(), nothing.rounding), (0, 0, None));
}

async fn credited(store: &Arc<dyn Store>, id: InvoiceId) -> gaara_invoicing::CreditedSoFar {
    let mut unit = store.begin().await.expect("a transaction");
    let mut so_far = unit.invoices().credited(id).await.expect("sums");
    unit.rollback().await.expect("a rollback");
    so_far.lines.sort_by_key(|line| line.line);
    so_far.groups.sort_by_key(|group| group.tax);
    so_far
}

/// A reference of a supplier stands on one issued document of a type.
pub async fn a_suppliers_reference_stands_once(store: Arc<dyn Store>) {
    let books = Harness::new(Arc::clone(&store)).set_up().await;
    let sale = books.stocked_sale("10").await;
    let full = full_purchase(&books, &sale).await;
    let first = done(&books, &CreateInvoice(full.clone())).await;
    let second = done(&books, &CreateInvoice(full.clone())).await;
    let other = books.add_supplier("Other").await;
    let other = WrittenInvoice { party: PartyId::Supplier(other), ..full };
    let first = done(&books, &IssueInvoice::plainly(first.content.written.id)).await;

    let issue = IssueInvoice::plainly(second.content.written.id);
    let refusal = books.app.execute(&books.system(), &issue).await.expect_err("it stands already");
    assert!(
        matches!(
            refusal,
            gaara_application::Refusal::Failed(
                gaara_application::invoicing::IssueInvoiceError::DuplicateSupplierReference
            )
        ),
        "{refusal:?}"
    );
    let other = done(&books, &CreateInvoice(other)).await;
    done(&books, &IssueInvoice::plainly(other.content.written.id)).await;
    let voiding = VoidInvoice { id: first.content.written.id, expected: None, reason: None };
    done(&books, &voiding).await;
    done(&books, &issue).await;
}

/// What a customer owes is what is open, less what is left of its notes; void documents count for
/// nothing.
pub async fn what_is_left_of_notes_lowers_what_is_owed(store: Arc<dyn Store>) {
    let books = Harness::new(Arc::clone(&store)).set_up().await;
    let sale = books.stocked_sale("10").await;
    let first = books.issue(&sale.draft("4")).await.expect("goods are there");
    let second = books.issue(&sale.draft("2")).await.expect("goods are there");
    let owed = async || {
        let mut unit = store.begin().await.expect("a transaction");
        let currency = crate::fixtures::currency("SAR");
        let owed = unit.invoices().open_balance(sale.customer, currency).await.expect("a sum");
        unit.rollback().await.expect("a rollback");
        owed
    };
    assert_eq!(owed().await, money("39.68"));
    let (first, second) = (first.content.written.id, second.content.written.id);
    super::concurrency::pay(&books, sale.customer, first, "20").await;
    let note = WrittenCreditNote::new(first, CreditScope::Full);
    let note = done(&books, &CreateAndIssueCreditNote(note)).await;
    assert_eq!(note.open(), money("20"));
    assert_eq!(owed().await, money("-6.77"), "13.23 less the twenty that were paid for nothing");
    done(&books, &VoidInvoice { id: second, expected: None, reason: None }).await;
    assert_eq!(owed().await, money("-20"));
    let bought = full_purchase(&books, &sale).await;
    let bought = done(&books, &CreateInvoice(bought)).await.content.written.id;
    done(&books, &IssueInvoice::plainly(bought)).await;
    assert_eq!(owed().await, money("-20"), "what we owe is not what a customer owes");
}

/// The movement of a document is found, and not the one that undid it.
pub async fn the_movement_of_a_document_is_found(store: Arc<dyn Store>) {
    let books = Harness::new(Arc::clone(&store)).set_up().await;
    let sale = books.stocked_sale("10").await;
    let id = books.issue(&sale.draft("4")).await.expect("goods are there").content.written.id;
    let without = WrittenInvoice { warehouse: None, ..sale.draft("1") };
    let without = books.issue(&without).await.expect("nothing moves").content.written.id;
    let movement_of = async |id| {
        let mut unit = store.begin().await.expect("a transaction");
        let found = unit.movements().find_of_invoice(id).await.expect("an answer");
        unit.rollback().await.expect("a rollback");
        found
    };

    let moved = movement_of(id).await.expect("goods moved");
    let output = done(&books, &VoidInvoice { id, expected: None, reason: None }).await;
    assert!(output.reversal.is_some_and(|reversal| reversal != moved));
    assert_eq!(movement_of(id).await, Some(moved));
    assert_eq!(movement_of(without).await, None);
}
