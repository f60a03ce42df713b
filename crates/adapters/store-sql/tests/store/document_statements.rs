//! How many statements it takes to change, credit, void and read documents.

use std::sync::Arc;

use gaara_application::invoicing::{
    ChangeInvoice, CreateAndIssueCreditNote, CreateInvoice, FindInvoice, IssueInvoice,
    ListInvoices, VoidInvoice, WrittenCreditNote,
};
use gaara_invoicing::{CreditScope, InvoiceFilter};
use gaara_kernel::{PageLimit, PageRequest, Sort};
use gaara_store_sql::SqlStore;
use gaara_testkit::{Harness, Sale};

use crate::databases::{Database, on_both_engines};
use crate::statements::{Statements, products, watched};

on_both_engines! {
    documents_of_many_lines_take_as_many_statements_as_those_of_two,
    a_page_of_many_documents_takes_as_many_statements_as_one_of_two,
}

/// The statements to draft, to change, to issue, to credit, to find and to void.
async fn statements_for(
    books: &Harness,
    sale: &Sale,
    lines: usize,
    statements: &Statements,
) -> [usize; 7] {
    let actor = books.system();
    let mut written = sale.draft("1");
    let line = written.lines.pop().unwrap();
    for product in products(books, lines).await {
        let receipt = Harness::receipt(product, sale.warehouse, line.quantity);
        books.app.execute(&actor, &receipt).await.unwrap();
        let mut line = line.clone();
        line.product = Some(product);
        written.lines.push(line);
    }
    statements.take();
    let draft = books.app.execute(&actor, &CreateInvoice(written.clone())).await.unwrap();
    let (id, expected) = (draft.content.written.id, draft.version);
    let drafted = statements.take().len();
    let change = ChangeInvoice { id, expected, written };
    books.app.execute(&actor, &change).await.unwrap();
    let changed = statements.take().len();
    books.app.execute(&actor, &IssueInvoice::plainly(id)).await.unwrap();
    let issued = statements.take().len();
    let note = WrittenCreditNote { restock: true, ..WrittenCreditNote::new(id, CreditScope::Full) };
    let note = books.app.execute(&actor, &CreateAndIssueCreditNote(note)).await.unwrap();
    let note = note.content.written.id;
    let credited = statements.take().len();
    books.app.ask(&actor, &FindInvoice { id: note }).await.unwrap().expect("it was issued");
    let found = statements.take().len();
    let void = |id| VoidInvoice { id, expected: None, reason: None };
    books.app.execute(&actor, &void(note)).await.unwrap();
    let given_back = statements.take().len();
    books.app.execute(&actor, &void(id)).await.unwrap();
    [drafted, changed, issued, credited, found, given_back, statements.take().len()]
}

async fn documents_of_many_lines_take_as_many_statements_as_those_of_two(
    (_store, database): (Arc<SqlStore>, Database),
) {
    let (books, statements) = watched(&database).await;
    let sale = books.stocked_sale("1").await;

    let few = Box::pin(statements_for(&books, &sale, 2, &statements)).await;
    let many = Box::pin(statements_for(&books, &sale, 200, &statements)).await;

    assert_eq!(few, many);
    assert!(few.iter().all(|count| (4..80).contains(count)), "{few:?}");
}

async fn a_page_of_many_documents_takes_as_many_statements_as_one_of_two(
    (_store, database): (Arc<SqlStore>, Database),
) {
    let (books, statements) = watched(&database).await;
    let sale = books.stocked_sale("1").await;
    let list = async |count: usize| {
        for _ in 0..count {
            let draft = CreateInvoice(sale.draft("1"));
            books.app.execute(&books.system(), &draft).await.unwrap();
        }
        statements.take();
        let limit = PageLimit::try_new(PageLimit::MAX).unwrap();
        let page = PageRequest { limit, sort: Sort::natural(), after: None, with_total: false };
        let query = ListInvoices { filter: InvoiceFilter::default(), page };
        let rows = books.app.ask(&books.system(), &query).await.unwrap().items.len();
        (rows, statements.take().len())
    };

    let (two, few) = list(2).await;
    let (all, many) = list(40).await;

    assert_eq!((two, all), (2, 42));
    assert_eq!(few, many);
}
