//! What is made of a document while it is written: rounding to the coin, and units that convert.

use gaara_application::identity::ChangeOrganization;
use gaara_application::invoicing::{
    CreateInvoiceError, LineError, LineTax, WrittenInvoice, WrittenLine,
};
use gaara_kernel::Version;
use gaara_testkit::{Harness, code, money, quantity, unit_price};

use crate::support::{change, draft, find, run, sale};

async fn round_to(books: &Harness, coin: &str) {
    let rounded = ChangeOrganization {
        cash_rounding: Some(Some(coin.to_owned())),
        ..ChangeOrganization::of(Version::FIRST)
    };
    run(books, &rounded).await.unwrap();
}

#[tokio::test]
async fn a_draft_written_again_is_rounded_again() {
    let (books, sale) = sale().await;
    round_to(&books, "0.05").await;
    let id = draft(&books, sale.draft("1")).await.unwrap();
    let totals = find(&books, id).await.content().totals.clone();
    assert_eq!((totals.rounding, totals.payable), (money("-0.01"), money("6.60")));

    change(&books, id, |written| written.lines[0].quantity = quantity("2")).await.unwrap();

    let totals = find(&books, id).await.content().totals.clone();
    assert_eq!((totals.rounding, totals.payable), (money("0.02"), money("13.25")));
}

#[tokio::test]
async fn a_rounding_that_somebody_said_stays() {
    let (books, sale) = sale().await;
    round_to(&books, "0.05").await;
    let written = WrittenInvoice { rounding: money("0.39"), ..sale.draft("1") };
    let id = draft(&books, written).await.unwrap();

    change(&books, id, |written| written.lines[0].quantity = quantity("2")).await.unwrap();

    let totals = find(&books, id).await.content().totals.clone();
    assert_eq!((totals.rounding, totals.payable), (money("0.39"), money("13.62")));
}

#[tokio::test]
async fn goods_are_told_in_any_unit_that_converts() {
    let books = Harness::new(std::sync::Arc::new(gaara_store_memory::MemoryStore::new()));
    let books = books.set_up().await;
    let sale = books.stocked_sale_by("KG", "2").await;
    let mut written = sale.draft("250");
    written.lines[0].unit = Some(code("G"));

    let issued = books.issue(&written).await.unwrap();

    let line = &issued.content.written.lines[0];
    assert_eq!(line.unit, code("G"));
    assert_eq!(line.input.unit_price, unit_price("0.00575"), "5.75 a kilogram");
    assert_eq!(issued.content.totals.tax_exclusive, money("1.44"));
    assert_eq!(books.on_hand(sale.product).await, "1.75");
    written.lines[0].unit = Some(code("L"));
    let error = draft(&books, written).await.unwrap_err();
    let CreateInvoiceError::Line { line: 0, error } = error else { panic!("{error:?}") };
    assert_eq!(error, LineError::UnitMismatch { unit: code("KG") });
}

#[tokio::test]
async fn a_line_needs_no_product_to_have_a_unit() {
    let (books, sale) = sale().await;
    let mut line = WrittenLine::new(quantity("2"));
    line.description = Some(gaara_testkit::bilingual("Delivery", "توصيل"));
    line.unit_price = Some(unit_price("10"));
    line.tax = LineTax::Rate(code("VAT15"));
    let written = WrittenInvoice { lines: vec![line], warehouse: None, ..sale.draft("1") };
    let id = draft(&books, written).await.unwrap();
    assert_eq!(find(&books, id).await.content().written.lines[0].unit, code("C62"));
}
