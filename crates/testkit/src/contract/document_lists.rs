//! Documents are listed by kind, type, party, tag, state and what they correct.

use std::sync::Arc;

use gaara_application::Store;
use gaara_application::inventory::{ChangeSupplier, NameChange};
use gaara_application::invoicing::{
    AnnotateInvoice, CreateAndIssueCreditNote, CreateInvoice, ListInvoices, VoidInvoice,
    WrittenCreditNote, WrittenInvoice,
};
use gaara_application::party::PartyChange;
use gaara_invoicing::{
    CreditScope, DocumentKind, DocumentType, InvoiceFilter, InvoiceStatus, InvoiceSummary, PartyId,
    PaymentStatus,
};
use gaara_kernel::{DocumentId, InvoiceId, Version};

use super::documents::done;
use super::store::whole;
use crate::fixtures::{bilingual, money};
use crate::harness::Harness;
use crate::said::reference;

async fn list(books: &Harness, filter: InvoiceFilter) -> Vec<InvoiceSummary> {
    let query = ListInvoices { filter, page: whole() };
    books.app.ask(&books.system(), &query).await.expect("a page").items
}

fn ids(rows: &[InvoiceSummary]) -> Vec<InvoiceId> {
    rows.iter().map(|row| row.id.key()).collect()
}

/// Every filter of documents keeps what matches and nothing else.
pub async fn documents_are_listed_by_every_filter(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    let sale = books.stocked_sale("10").await;
    let supplier = books.add_supplier("Mill").await;
    let sold = books.issue(&sale.draft("4")).await.expect("goods are there");
    let gone = books.issue(&sale.draft("1")).await.expect("goods are there");
    let bought = WrittenInvoice {
        party: PartyId::Supplier(supplier),
        supplier_reference: Some(reference("F-1")),
        ..sale.draft("2")
    };
    let bought = done(&books, &CreateInvoice(bought)).await.content.written.id;
    let (sold, gone) = (sold.content.written.id, gone.content.written.id);
    let note = WrittenCreditNote::new(sold, CreditScope::Full);
    let note = done(&books, &CreateAndIssueCreditNote(note)).await.content.written.id;
    done(&books, &VoidInvoice { id: gone, expected: None, reason: None }).await;
    let tag = reference("late");
    let tagged = AnnotateInvoice {
        id: bought,
        expected: Version::FIRST,
        note: None,
        tags: Some(vec![tag.clone(), reference("later")]),
        due_note: None,
    };
    done(&books, &tagged).await;
    let all = InvoiceFilter::default;

    let sales = InvoiceFilter { kind: Some(DocumentKind::Sale), ..all() };
    assert_eq!(list(&books, sales).await.len(), 3);
    let purchases = InvoiceFilter { kind: Some(DocumentKind::Purchase), ..all() };
    let rows = list(&books, purchases).await;
    assert_eq!(ids(&rows), [bought]);
    let row = rows.into_iter().next().expect("a row");
    assert_eq!(row.party, PartyId::Supplier(supplier));
    assert_eq!(row.party_name, bilingual("Mill", "مورد"));
    assert_eq!(row.supplier_reference, Some(reference("F-1")));
    let notes = InvoiceFilter { document_type: Some(DocumentType::CreditNote), ..all() };
    let rows = list(&books, notes).await;
    assert_eq!(ids(&rows), [note]);
    let row = rows.into_iter().next().expect("a row");
    assert!(matches!(row.id, DocumentId::CreditNote(_)), "{row:?}");
    assert_eq!((row.corrects, row.payable), (Some(sold), money("26.45")));
    let invoices = InvoiceFilter { document_type: Some(DocumentType::Invoice), ..all() };
    assert_eq!(list(&books, invoices).await.len(), 3);
    let of_sold = InvoiceFilter { corrects: Some(sold), ..all() };
    assert_eq!(ids(&list(&books, of_sold).await), [note]);
    let of_supplier = InvoiceFilter { supplier: Some(supplier), ..all() };
    assert_eq!(ids(&list(&books, of_supplier).await), [bought]);
    let by_tag = InvoiceFilter { tag: Some(tag), ..all() };
    assert_eq!(ids(&list(&books, by_tag).await), [bought]);
    let void = InvoiceFilter { statuses: vec![InvoiceStatus::Void], ..all() };
    let rows = list(&books, void).await;
    assert_eq!(ids(&rows), [gone]);
    assert_eq!(rows.first().map(|row| row.payment_status), Some(PaymentStatus::None));
    let credited = vec![PaymentStatus::Credited];
    let credited = InvoiceFilter { payment_statuses: credited, ..all() };
    let mut rows = ids(&list(&books, credited).await);
    rows.sort_unstable();
    assert_eq!(rows, [sold, note]);
}

/// The name of a party on an issued document is the one that was frozen.
pub async fn a_list_tells_names_as_they_were_frozen(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    let sale = books.stocked_sale("10").await;
    let supplier = books.add_supplier("Mill").await;
    let written = WrittenInvoice { party: PartyId::Supplier(supplier), ..sale.draft("2") };
    books.issue(&written).await.expect("goods come in");
    done(&books, &CreateInvoice(written)).await;
    let change = ChangeSupplier {
        id: supplier,
        expected: Version::FIRST,
        change: PartyChange {
            name: NameChange { ar: None, en: Some(Some("New Mill".to_owned())) },
            ..PartyChange::default()
        },
    };
    done(&books, &change).await;

    for (status, expected) in [(InvoiceStatus::Issued, "Mill"), (InvoiceStatus::Draft, "New Mill")]
    {
        let filter = InvoiceFilter { statuses: vec![status], ..InvoiceFilter::default() };
        let rows = list(&books, filter).await;
        let names: Vec<_> = rows.iter().map(|row| row.party_name.en()).collect();
        assert_eq!(names, [Some(expected)], "{status:?}");
    }
}
