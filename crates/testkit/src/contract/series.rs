//! Number series: what is stored of them, defaults, closing, and gaps.

use std::sync::Arc;

use gaara_application::invoicing::{
    ChangeNumberSeries, ChangeNumberSeriesError, CloseNumberSeries, CloseNumberSeriesError,
    CreateInvoice, CreateInvoiceError, CreateNumberSeries, FindNumberSeries, IssueInvoice,
    IssueInvoiceError, ListNumberGaps, ListNumberSeries, NumberError, RemoveNumberSeries,
    RemoveNumberSeriesError, ShownSeries,
};
use gaara_application::{Refusal, Store};
use gaara_invoicing::{
    NumberPattern, NumberRunFilter, NumberedDocument, Numbering, SeriesFilter, SeriesReset,
    SeriesStanding,
};
use gaara_kernel::{SeriesId, Version};

use super::lists::assert_whole;
use super::store::{gapless, numbers, whole};
use crate::fixtures::{code, date, numbering};
use crate::harness::Harness;

fn new_series(name: &str) -> CreateNumberSeries {
    CreateNumberSeries {
        id: None,
        code: code(name),
        document: NumberedDocument::SaleInvoice,
        numbering: numbering(&format!("{name}-{{year}}-{{sequence:04}}")),
        is_default: false,
        next_number: None,
    }
}

async fn add(books: &Harness, use_case: &CreateNumberSeries) -> SeriesStanding {
    books.app.execute(&books.system(), use_case).await.expect("a new series").standing
}

fn no_change(standing: &SeriesStanding) -> ChangeNumberSeries {
    ChangeNumberSeries {
        id: standing.series.id,
        expected: standing.series.version,
        document: None,
        pattern: None,
        reset: None,
        is_default: None,
        next_number: None,
    }
}

async fn find(books: &Harness, id: SeriesId) -> ShownSeries {
    let query = FindNumberSeries { id };
    let found = books.app.ask(&books.system(), &query).await.expect("a series can be read");
    found.expect("it was added")
}

async fn list(books: &Harness, filter: SeriesFilter) -> Vec<ShownSeries> {
    let query = ListNumberSeries { filter, page: whole() };
    books.app.ask(&books.system(), &query).await.expect("series can be read").items
}

async fn defaults(books: &Harness) -> Vec<String> {
    let documents = vec![NumberedDocument::SaleInvoice];
    let all = list(books, SeriesFilter { documents, closed: None }).await;
    let usual = all.into_iter().filter(|shown| shown.standing.series.is_default);
    usual.map(|shown| shown.standing.series.code.to_string()).collect()
}

/// What a series says, and how far it has come, is read as it was written.
pub async fn series_are_read_back_in_every_state(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    let pattern = NumberPattern::parse("C{sequence:06}").expect("a pattern");
    let endless = CreateNumberSeries {
        document: NumberedDocument::PurchaseCreditNote,
        numbering: Numbering::try_new(pattern, SeriesReset::Never).expect("a numbering"),
        next_number: Some(358),
        ..new_series("COUNTED")
    };
    let added = add(&books, &endless).await;
    let counter = added.counters.first().expect("a counter");
    assert_eq!((counter.year, counter.first_sequence, counter.last_sequence), (0, 358, 357));
    let shown = find(&books, added.series.id).await;
    assert_eq!((&shown.standing, shown.next_sequence), (&added, 358));

    let back = ChangeNumberSeries { next_number: Some(357), ..no_change(&added) };
    let refused = books.app.execute(&books.system(), &back).await.expect_err("it is passed");
    let expected = ChangeNumberSeriesError::CounterDecrease;
    assert!(matches!(refused, Refusal::Failed(error) if expected_like(&error, expected)));
    let change = ChangeNumberSeries {
        document: Some(NumberedDocument::SaleCreditNote),
        pattern: Some(NumberPattern::parse("D/{month}/{year}/{sequence}").expect("a pattern")),
        reset: Some(SeriesReset::Yearly),
        next_number: Some(9),
        ..no_change(&added)
    };
    let (before, after) =
        books.app.execute(&books.system(), &change).await.expect("nothing was given yet");
    assert_eq!(before, added);
    assert_eq!((after.next_sequence, find(&books, added.series.id).await), (9, after.clone()));
    assert_eq!(after.standing.counters.len(), 2, "one of each year, and one of none");

    let id = added.series.id;
    let close = CloseNumberSeries { id, expected: None };
    let shown = books.app.execute(&books.system(), &close).await.expect("it is open");
    assert_eq!(find(&books, id).await, shown);
    let closed = shown.standing;
    assert!(closed.series.closed_at.is_some());
    let again = books.app.execute(&books.system(), &close).await.expect_err("it is closed");
    assert!(matches!(again, Refusal::Failed(CloseNumberSeriesError::Closed)));
    let late = books.app.execute(&books.system(), &no_change(&closed)).await;
    assert!(matches!(late, Err(Refusal::Failed(ChangeNumberSeriesError::Closed))));

    let remove = RemoveNumberSeries { id, expected: closed.series.version };
    books.app.execute(&books.system(), &remove).await.expect("it gave no number");
    let query = FindNumberSeries { id };
    let gone = books.app.ask(&books.system(), &query).await.expect("series can be read");
    assert_eq!(gone, None);
}

/// Whether a refusal is of a kind, whatever it carries.
fn expected_like(
    error: &ChangeNumberSeriesError,
    kind: fn(gaara_invoicing::CounterDecrease) -> ChangeNumberSeriesError,
) -> bool {
    let sample = kind(gaara_invoicing::CounterDecrease { last: 0 });
    std::mem::discriminant(error) == std::mem::discriminant(&sample)
}

/// Every order gives each series once, and filters keep what matches.
pub async fn series_are_listed(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    let extra = add(&books, &new_series("SHOP")).await;
    let close = CloseNumberSeries { id: extra.series.id, expected: None };
    books.app.execute(&books.system(), &close).await.expect("it is open");

    let key = |shown: &ShownSeries| shown.standing.series.id.to_string();
    let query = |page| ListNumberSeries { filter: SeriesFilter::default(), page };
    assert_whole(&books, 5, key, query).await;
    let documents = vec![NumberedDocument::SaleInvoice, NumberedDocument::SaleCreditNote];
    let sales = SeriesFilter { documents, closed: None };
    assert_eq!(list(&books, sales.clone()).await.len(), 3);
    let open = SeriesFilter { closed: Some(false), ..sales };
    assert_eq!(list(&books, open).await.len(), 2);
    let closed = SeriesFilter { closed: Some(true), ..SeriesFilter::default() };
    assert_eq!(list(&books, closed).await.len(), 1);
}

/// Who becomes the default of a kind takes that away from who was it before.
pub async fn a_kind_has_one_default(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    let sale = books.stocked_sale("10").await;
    assert_eq!(defaults(&books).await, ["INV"]);

    let shop = add(&books, &CreateNumberSeries { is_default: true, ..new_series("SHOP") }).await;
    assert_eq!(defaults(&books).await, ["SHOP"]);
    let issued = books.issue(&sale.draft("1")).await.expect("goods are there");
    assert_eq!(issued.number.text(), "SHOP-2026-0001");

    let close = CloseNumberSeries { id: shop.series.id, expected: Some(Version::FIRST) };
    books.app.execute(&books.system(), &close).await.expect("it is open");
    assert!(defaults(&books).await.is_empty());
    let refused = books.issue(&sale.draft("1")).await.expect_err("no series is the default");
    let Refusal::Failed(CreateInvoiceError::Issue(error)) = refused else { panic!("{refused:?}") };
    assert!(matches!(*error, IssueInvoiceError::Number(NumberError::NoDefault(_))));
}

/// However two become the default at once, one is left.
pub async fn two_who_become_the_default_at_once_leave_one(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    let one = add(&books, &new_series("ONE")).await;
    let two = add(&books, &new_series("TWO")).await;
    let change = |standing| ChangeNumberSeries { is_default: Some(true), ..no_change(standing) };
    let (first, second) = (change(&one), change(&two));
    let actor = books.system();

    let (first, second) =
        crate::tokio::join!(books.app.execute(&actor, &first), books.app.execute(&actor, &second),);

    // The slower one may find its series changed by the faster one.
    assert!(first.is_ok() || second.is_ok(), "{first:?} {second:?}");
    assert_eq!(defaults(&books).await.len(), 1);
}

/// Whoever issues either has a number that the series gave while it was open, or is refused.
pub async fn closing_a_series_while_it_is_used_leaves_no_gap(store: Arc<dyn Store>) {
    let books = Arc::new(Harness::new(store).set_up().await);
    let sale = books.stocked_sale("100").await;
    let all = list(&books, SeriesFilter::default()).await;
    let inv = all.iter().find(|shown| shown.standing.series.code == code("INV"));
    let id = inv.expect("the first series").standing.series.id;
    books.issue(&sale.draft("1")).await.expect("goods are there");

    let sellers: Vec<_> = (0..10)
        .map(|_| {
            let books = books.clone();
            crate::tokio::spawn(async move { books.issue(&sale.draft("1")).await })
        })
        .collect();
    let close = CloseNumberSeries { id, expected: None };
    books.app.execute(&books.system(), &close).await.expect("a series can be closed");
    let mut issued = 1;
    for seller in sellers {
        issued += usize::from(seller.await.expect("no seller panics").is_ok());
    }

    assert_eq!(numbers(&books).await, gapless(issued));
    books.issue(&sale.draft("1")).await.expect_err("the series is closed");
    let named = IssueInvoice {
        id: draft(&books, &sale).await,
        expected: None,
        issue_date: None,
        series: Some(code("INV")),
    };
    let refused = books.app.execute(&books.system(), &named).await.expect_err("it is closed");
    let Refusal::Failed(IssueInvoiceError::Number(error)) = refused else { panic!("{refused:?}") };
    assert!(matches!(error, NumberError::Closed(_)), "{error:?}");
    let used = RemoveNumberSeries { id, expected: Version::new(2) };
    let refused = books.app.execute(&books.system(), &used).await.expect_err("it gave numbers");
    assert!(matches!(refused, Refusal::Failed(RemoveNumberSeriesError::Used)), "{refused:?}");
}

async fn draft(books: &Harness, sale: &crate::harness::Sale) -> gaara_kernel::InvoiceId {
    let draft = CreateInvoice(sale.draft("1"));
    let draft = books.app.execute(&books.system(), &draft).await.expect("a draft");
    draft.content.written.id
}

/// Row N-03 of the rules: whatever becomes of a draft, it never had a number.
pub async fn n_03_a_draft_has_no_number_to_lose(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    let sale = books.stocked_sale("10").await;
    draft(&books, &sale).await;
    draft(&books, &sale).await;

    let issued = books.issue(&sale.draft("1")).await.expect("goods are there");

    assert_eq!(issued.number.text(), "INV-2026-00001");
    assert_eq!(runs(&books, NumberRunFilter::default()).await, ["INV 2026 1-1 []"]);
}

async fn runs(books: &Harness, filter: NumberRunFilter) -> Vec<String> {
    let query = ListNumberGaps { filter };
    let runs = books.app.ask(&books.system(), &query).await.expect("numbers can be read");
    let told = runs.iter().map(|run| {
        let gaps: Vec<String> =
            run.gaps.iter().map(|gap| format!("{}-{}", gap.from, gap.to)).collect();
        let (series, year, first, last) = (&run.series, run.year, run.first, run.last);
        format!("{series} {year} {first}-{last} [{}]", gaps.join(" "))
    });
    told.collect()
}

/// Numbers that were given up are reported, in runs, by series and year.
pub async fn what_no_document_has_is_a_gap(store: Arc<dyn Store>) {
    let books = Harness::new(store).set_up().await;
    let sale = books.stocked_sale("100").await;
    let shop = CreateNumberSeries { next_number: Some(41), ..new_series("SHOP") };
    let mut shop = add(&books, &shop).await;
    assert!(runs(&books, NumberRunFilter::default()).await.is_empty(), "none was given");
    for next in [41, 44, 45, 47] {
        let change = ChangeNumberSeries { next_number: Some(next), ..no_change(&shop) };
        if next > 41 {
            let (_, shown) = books.app.execute(&books.system(), &change).await.expect("a raise");
            shop = shown.standing;
        }
        let issue = IssueInvoice {
            id: draft(&books, &sale).await,
            expected: None,
            issue_date: Some(date("2026-11-23")),
            series: Some(code("SHOP")),
        };
        let issued = books.app.execute(&books.system(), &issue).await.expect("goods are there");
        assert_eq!(issued.number.sequence, next);
    }
    books.issue(&sale.draft("1")).await.expect("goods are there");
    let change = ChangeNumberSeries { next_number: Some(50), ..no_change(&shop) };
    books.app.execute(&books.system(), &change).await.expect("a raise at the end");

    let shop_run = "SHOP 2026 41-49 [42-43 46-46 48-49]";
    assert_eq!(runs(&books, NumberRunFilter::default()).await, ["INV 2026 1-1 []", shop_run]);
    let of_shop = NumberRunFilter { series: Some(code("SHOP")), year: Some(2026) };
    assert_eq!(runs(&books, of_shop).await, [shop_run]);
    let of_no_year = NumberRunFilter { series: None, year: Some(2025) };
    assert!(runs(&books, of_no_year).await.is_empty());
}
