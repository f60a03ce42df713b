//! Reports agree with the documents to the cent: many random ones are issued and paid, and summed
//! up once more, one by one.

use std::collections::BTreeMap;
use std::sync::Arc;

use gaara_application::Store;
use gaara_application::invoicing::{
    PeriodAsked, ReportAgedBalances, ReportSales, ReportStatement, ReportTaxReturn,
};
use gaara_invoicing::report::{
    Bucket, Counterparty, EntrySource, SalesBy, SalesGroup, SalesRow, SalesSums, Side,
};
use gaara_invoicing::{Direction, IssuedInvoice, PartyId};
use gaara_kernel::{Date, Money};

use super::paper::{Paper, is_note, party_of, sign};
use crate::fixtures::{currency, date, money};

/// The days that the reports are asked for: before, within and after what happened.
const DAYS: [&str; 6] =
    ["2026-05-01", "2026-06-20", "2026-07-31", "2026-09-15", "2026-11-23", "2027-03-01"];

fn minor(amounts: impl Iterator<Item = Money>) -> i64 {
    amounts.map(Money::minor).sum()
}

/// What was open of a document at the end of a day, on paper.
fn open_at(paper: &Paper, document: &IssuedInvoice, day: Date) -> i64 {
    let until = paper.payments.iter().filter(|payment| payment.payment_date() <= day);
    let parts = until.flat_map(gaara_invoicing::Payment::allocations);
    let own = parts.filter(|part| part.invoice == document.content.written.id);
    let paid = minor(own.map(|part| part.amount));
    document.content.totals.payable.minor() - paid - paper.set_off(document, day)
}

/// Whatever the day, each customer owes what its documents and payments of that day come to, in the
/// bucket that its due dates say; credits stand apart.
pub async fn what_is_owed_agrees_with_the_documents(store: Arc<dyn Store>) {
    let paper = Paper::write(store).await;
    for day in DAYS.map(date) {
        for side in [Side::Sales, Side::Purchases] {
            assert_owed(&paper, side, day).await;
        }
    }
}

async fn assert_owed(paper: &Paper, side: Side, day: Date) {
    let query = ReportAgedBalances { side, as_of: Some(day), party: None };
    let aged = paper.ask(&query).await;
    assert_eq!(aged.as_of, day);
    let mut seen = 0;
    for party in paper.parties().into_iter().filter(|party| party.side() == side) {
        let issued = paper.issued.iter().filter(|it| party_of(it) == party);
        let (notes, own): (Vec<_>, Vec<_>) =
            issued.filter(|it| it.issue_date <= day).partition(|it| is_note(it));
        let in_bucket = |bucket| {
            let due = own.iter().filter(|it| Bucket::of(it.due_date, day) == bucket);
            due.map(|it| open_at(paper, it, day)).sum::<i64>()
        };
        let open: i64 = own.iter().map(|it| open_at(paper, it, day)).sum();
        let paid = paper.payments.iter().filter(|it| paid_by(it) == party);
        let paid = paid.filter(|it| it.payment_date() <= day);
        let rest = notes.iter().map(|it| paper.rest(it, day));
        let credit = minor(paid.map(gaara_invoicing::Payment::unallocated)) + rest.sum::<i64>();
        let row = aged.rows.iter().find(|row| row.party.party == party);
        let Some(row) = row else {
            assert_eq!((open, credit), (0, 0), "{day}");
            continue;
        };
        let sums = &row.sums;
        assert_eq!([sums.open, sums.credit].map(Money::minor), [open, credit], "{day}");
        assert_eq!(sums.balance.minor(), open - credit, "{day}");
        for (bucket, sum) in [
            (Bucket::Current, sums.current),
            (Bucket::To30, sums.to_30),
            (Bucket::To60, sums.to_60),
            (Bucket::To90, sums.to_90),
            (Bucket::Over90, sums.over_90),
        ] {
            assert_eq!(sum.minor(), in_bucket(bucket), "{day} {bucket:?}");
        }
        seen += 1;
        let query = ReportAgedBalances { party: Some(row.party.party), ..query.clone() };
        assert_eq!(paper.ask(&query).await.rows, std::slice::from_ref(row));
    }
    assert_eq!(aged.rows.len(), seen, "{day}");
    let totals = minor(aged.totals.iter().map(|sums| sums.balance));
    assert_eq!(totals, minor(aged.rows.iter().map(|row| row.sums.balance)), "{day}");
}

/// What a payment takes off what its party owes, or is owed.
fn counted(payment: &gaara_invoicing::Payment) -> i64 {
    let usual = match payment.party() {
        PartyId::Customer(_) => Direction::In,
        PartyId::Supplier(_) => Direction::Out,
    };
    let minor = payment.amount().minor();
    if payment.direction() == usual { minor } else { -minor }
}

fn paid_by(payment: &gaara_invoicing::Payment) -> Counterparty {
    match payment.party() {
        PartyId::Customer(id) => Counterparty::Customer(id),
        PartyId::Supplier(id) => Counterparty::Supplier(id),
    }
}

/// However a customer's history is cut into periods, each begins where the one before it ended, and
/// the last ends at what the customer owes.
pub async fn statements_run_on_from_one_to_the_next(store: Arc<dyn Store>) {
    let paper = Paper::write(store).await;
    for party in paper.parties() {
        let (mut balance, mut entries) = (money("0"), 0);
        for cut in DAYS.windows(2) {
            let [from, to] = cut else { panic!("two days") };
            let to = date(to).yesterday().expect("a day before");
            let query = statement(party, date(from), to);
            let told = paper.ask(&query).await;
            assert_eq!(told.statement.opening, balance, "{from}");
            for row in &told.statement.rows {
                balance = balance.plus(row.entry.amount).expect("a balance in range");
                assert_eq!(row.balance, balance, "{row:?}");
                assert!(told.period.holds(row.entry.date), "{row:?}");
            }
            let order: Vec<_> = told
                .statement
                .rows
                .iter()
                .map(|row| place(&row.entry.source, row.entry.date))
                .collect();
            assert!(order.is_sorted(), "{order:?}");
            assert_eq!(told.statement.closing, balance);
            entries += told.statement.rows.len();
        }
        let documents = paper.issued.iter().filter(|it| party_of(it) == party);
        let payments = paper.payments.iter().filter(|it| paid_by(it) == party);
        assert_eq!(entries, documents.clone().count() + payments.clone().count());
        let owed: i64 = documents.map(|it| sign(it) * it.content.totals.payable.minor()).sum();
        assert_eq!(balance.minor(), owed - payments.map(counted).sum::<i64>());
    }
    let mut other = statement(
        Counterparty::Customer(paper.customers[0]),
        date("2026-01-01"),
        date("2026-12-31"),
    );
    other.currency = Some(currency("USD"));
    assert_eq!(paper.ask(&other).await.statement.rows, []);
}

fn statement(party: Counterparty, from: Date, to: Date) -> ReportStatement {
    ReportStatement {
        party,
        currency: None,
        period: PeriodAsked { from: Some(from), to: Some(to) },
    }
}

fn place(source: &EntrySource, day: Date) -> (Date, u8, String) {
    match source {
        EntrySource::Invoice(id) => (day, 0, digits(&id.to_string())),
        EntrySource::CreditNote(id) => (day, 0, digits(&id.to_string())),
        EntrySource::Payment(id) => (day, 1, digits(&id.to_string())),
    }
}

/// An id without its prefix: invoices and credit notes stand among one another.
fn digits(id: &str) -> String {
    id.split_once('_').expect("a prefix").1.to_owned()
}

fn plain(sums: &SalesSums) -> [i64; 3] {
    [sums.net.minor(), sums.tax.minor(), sums.cost.map_or(0, Money::minor)]
}

async fn sold(paper: &Paper, by: SalesBy, from: Date, to: Date) -> (Vec<SalesRow>, SalesSums) {
    let period = PeriodAsked { from: Some(from), to: Some(to) };
    let (_, report) = paper.ask(&ReportSales { by, period }).await;
    (report.rows, report.total)
}

/// Whatever sales are added up by, the total is that of the documents, to the cent, and each row is
/// that of its own.
pub async fn sales_agree_with_the_documents(store: Arc<dyn Store>) {
    let paper = Paper::write(store).await;
    for cut in DAYS.windows(2) {
        let [from, to] = cut else { panic!("two days") };
        let (from, to) = (date(from), date(to));
        let sales = paper.issued.iter().filter(|it| party_of(it).side() == Side::Sales);
        let own: Vec<_> = sales.filter(|it| from <= it.issue_date && it.issue_date <= to).collect();
        let totals = own.iter().map(|it| (sign(it), &it.content.totals));
        let net: i64 = totals.clone().map(|(sign, it)| sign * it.tax_exclusive.minor()).sum();
        let tax: i64 = totals.map(|(sign, it)| sign * it.tax.minor()).sum();
        let cost: i64 = own.iter().map(|it| paper.cost_of(it)).sum();
        for by in SalesBy::ALL {
            let (rows, total) = sold(&paper, by, from, to).await;
            assert_eq!(plain(&total), [net, tax, cost], "{by:?} {from}");
            assert_eq!(rows.is_empty(), own.is_empty(), "{by:?} {from}");
            for row in &rows {
                assert_eq!(plain(&row.sums), paper.expected(&own, &row.group), "{row:?}");
            }
            let nets: Vec<i64> = rows.iter().map(|row| row.sums.net.minor()).collect();
            let products = rows.iter().filter(|it| it.group != SalesGroup::WithoutProduct).count();
            if matches!(by, SalesBy::Customer | SalesBy::Product) {
                assert!(nets.iter().take(products).rev().is_sorted(), "{by:?} {nets:?}");
            }
        }
    }
}

/// A tax return is the tax groups of the documents.
pub async fn the_tax_return_agrees_with_the_documents(store: Arc<dyn Store>) {
    let paper = Paper::write(store).await;
    for cut in DAYS.windows(2) {
        let [from, to] = cut else { panic!("two days") };
        let (from, to) = (date(from), date(to));
        let mut expected: BTreeMap<(Side, &str, String), [i64; 2]> = BTreeMap::new();
        let own = paper.issued.iter().filter(|it| from <= it.issue_date && it.issue_date <= to);
        for document in own {
            for group in &document.content.totals.tax_groups {
                let (category, rate) = (group.tax.category().code(), group.tax.rate().to_string());
                let key = (party_of(document).side(), category, rate);
                let [taxable, tax] = expected.entry(key).or_default();
                *taxable += sign(document) * group.taxable.minor();
                *tax += sign(document) * group.tax_amount.minor();
            }
        }
        let period = PeriodAsked { from: Some(from), to: Some(to) };
        let (_, told) = paper.ask(&ReportTaxReturn { period }).await;

        let rows = told.rows.iter().map(|row| {
            let (category, rate) = (row.tax.category().code(), row.tax.rate().to_string());
            ((row.side, category, rate), [row.taxable.minor(), row.tax_amount.minor()])
        });
        assert_eq!(rows.collect::<BTreeMap<_, _>>(), expected, "{from}");
        let due = expected.iter().map(|((side, ..), [_, tax])| match side {
            Side::Sales => *tax,
            Side::Purchases => -tax,
        });
        assert_eq!(told.due.minor(), due.sum::<i64>());
    }
}
