//! Bought goods arrive at what they cost, and a supplier's reference stands once.

use gaara_application::inventory::ListLevels;
use gaara_application::invoicing::{
    CreateAndIssueCreditNote, CreateInvoiceError, IssueInvoiceError, IssueRequest, LineTax,
    WrittenCreditNote, WrittenInvoice, WrittenLine,
};
use gaara_inventory::LevelFilter;
use gaara_invoicing::details::{Reference, TypeCode};
use gaara_invoicing::totals::{Adjustment, DocumentAdjustment};
use gaara_invoicing::{CreditScope, DocumentKind, DraftError, PartyId};
use gaara_kernel::{Id, Money, PageLimit, PageRequest, ProductId, Quantity, Sort, SupplierId};
use gaara_testkit::{
    Harness, Sale, bilingual, currency, money, percent, quantity, stock_key, unit_price, vat,
};

use crate::support::{draft, issue, run, sale, some, void};

async fn level(books: &Harness, product: ProductId) -> (Quantity, Money) {
    let filter = LevelFilter { product: Some(product), ..LevelFilter::default() };
    let page = PageRequest {
        limit: PageLimit::default(),
        sort: Sort::natural(),
        after: None,
        with_total: false,
    };
    let levels = books.app.ask(&books.system(), &ListLevels { filter, page }).await.unwrap();
    let level = &levels.items[0].level;
    (level.on_hand(), level.value())
}

/// A purchase of so many pieces at a price, from a supplier.
fn purchase(sale: &Sale, supplier: SupplierId, count: &str, price: &str) -> WrittenInvoice {
    let mut written = sale.draft(count);
    written.party = PartyId::Supplier(supplier);
    written.lines[0].unit_price = Some(unit_price(price));
    written
}

async fn buyer() -> (Harness, Sale, SupplierId) {
    let (books, sale) = sale().await;
    let supplier = books.add_supplier("Mill").await;
    (books, sale, supplier)
}

#[tokio::test]
async fn goods_arrive_at_their_net_after_the_discount_of_the_document() {
    let (books, sale, supplier) = buyer().await;
    let mut written = purchase(&sale, supplier, "10", "4");
    let mut work = WrittenLine::new(Quantity::ONE);
    work.description = Some(bilingual("Freight", "نقل"));
    work.unit_price = Some(unit_price("20"));
    work.tax = LineTax::Given(vat());
    written.lines.push(work);
    let value = Adjustment::percent(percent("10")).value;
    written.allowances = vec![DocumentAdjustment { value, tax: None }];

    let issued = books.issue(&written).await.unwrap();

    assert_eq!(issued.number.text(), "BILL-2026-00001");
    assert_eq!(issued.content.written.kind(), DocumentKind::Purchase);
    assert_eq!(issued.costs, [Some(money("36.00")), None], "40 less 10 %");
    // Ten at 1.75 were there before.
    assert_eq!(level(&books, sale.product).await, (quantity("20"), money("53.50")));
}

#[tokio::test]
async fn tax_within_the_price_is_not_a_cost_and_no_cent_is_lost() {
    let (books, sale, supplier) = buyer().await;
    let mut written = purchase(&sale, supplier, "3", "10");
    written.prices_include_tax = true;

    let issued = books.issue(&written).await.unwrap();

    assert_eq!(issued.content.totals.tax_exclusive, money("26.09"));
    assert_eq!(issued.costs, [Some(money("26.09"))], "thirds of it are no prices");
    assert_eq!(level(&books, sale.product).await, (quantity("13"), money("43.59")));
}

#[tokio::test]
async fn goods_go_back_to_the_supplier_and_the_difference_is_told() {
    let (books, sale, supplier) = buyer().await;
    let written = purchase(&sale, supplier, "10", "2.25");
    let bought = books.issue(&written).await.unwrap().content.written.id;
    let note = WrittenCreditNote {
        restock: true,
        supplier_reference: Some(Reference::parse("C-7").unwrap()),
        ..WrittenCreditNote::new(bought, some("4"))
    };

    let note = run(&books, &CreateAndIssueCreditNote(note)).await.unwrap();

    assert_eq!(note.number.text(), "DBN-2026-00001");
    assert_eq!(note.costs, [Some(money("9.00"))], "at what the supplier asked for");
    // Four of twenty at an average of two left.
    assert_eq!(level(&books, sale.product).await, (quantity("16"), money("32.00")));
}

#[tokio::test]
async fn a_void_purchase_takes_its_goods_out_at_what_they_came_in_for() {
    let (books, sale, supplier) = buyer().await;
    let bought = books.issue(&purchase(&sale, supplier, "10", "2.25")).await.unwrap();

    void(&books, bought.content.written.id).await.unwrap();

    assert_eq!(level(&books, sale.product).await, (quantity("10"), money("17.50")));
}

#[tokio::test]
async fn a_suppliers_reference_stands_on_one_issued_document() {
    let (books, sale, supplier) = buyer().await;
    let named = |supplier, reference: &str| WrittenInvoice {
        supplier_reference: Some(Reference::parse(reference).unwrap()),
        ..purchase(&sale, supplier, "1", "2")
    };
    let first = books.issue(&named(supplier, "F-1")).await.unwrap().content.written.id;
    // Two drafts may bear it: one of them will not be issued.
    let second = draft(&books, named(supplier, "F-1")).await.unwrap();

    let error = issue(&books, second, IssueRequest::default()).await.unwrap_err();
    assert!(matches!(error, IssueInvoiceError::DuplicateSupplierReference), "{error:?}");
    let other = books.add_supplier("Other").await;
    books.issue(&named(other, "F-1")).await.unwrap();
    books.issue(&named(supplier, "F-2")).await.unwrap();
    let note = WrittenCreditNote {
        supplier_reference: Some(Reference::parse("F-1").unwrap()),
        ..WrittenCreditNote::new(first, CreditScope::Full)
    };
    let note = run(&books, &CreateAndIssueCreditNote(note)).await.unwrap();
    void(&books, note.content.written.id).await.unwrap();
    void(&books, first).await.unwrap();
    let issued = issue(&books, second, IssueRequest::default()).await.unwrap();
    assert_eq!(issued.number.text(), "BILL-2026-00004", "a refusal takes no number");
}

#[tokio::test]
async fn only_a_supplier_gives_a_reference_and_it_must_exist() {
    let (books, sale, _) = buyer().await;
    let named = WrittenInvoice {
        supplier_reference: Some(Reference::parse("F-1").unwrap()),
        ..sale.draft("1")
    };
    let error = draft(&books, named).await.unwrap_err();
    let CreateInvoiceError::Draft(error) = error else { panic!("{error:?}") };
    assert_eq!(error, DraftError::SupplierReferenceUnexpected);

    let unknown = SupplierId::from_uuid(stock_key(200, 200).product.as_uuid());
    let error = draft(&books, purchase(&sale, unknown, "1", "1")).await.unwrap_err();
    assert!(matches!(error, CreateInvoiceError::UnknownSupplier));
}

#[tokio::test]
async fn the_type_is_that_of_the_sellers_country_unless_somebody_says() {
    let (books, sale, supplier) = buyer().await;
    let plain = books.issue(&purchase(&sale, supplier, "1", "1")).await.unwrap();
    assert_eq!(plain.content.written.details.type_code, Some(TypeCode::TAX_INVOICE));
    let mut prepayment = purchase(&sale, supplier, "1", "1");
    let code = TypeCode::try_new(386, gaara_invoicing::DocumentType::Invoice).unwrap();
    prepayment.details.type_code = Some(code);
    let prepayment = books.issue(&prepayment).await.unwrap();
    assert_eq!(prepayment.content.written.details.type_code, Some(code));
}

#[tokio::test]
async fn foreign_goods_arrive_at_the_rate_of_their_day_and_go_back_at_it() {
    let (books, sale, _) = buyer().await;
    books.set_rate("USD", "2026-11-01", "3.75").await;
    let supplier = books.add_supplier_of("Mill", "USD").await;
    let mut written = purchase(&sale, supplier, "3", "3.333333");
    written.currency = currency("USD");
    written.prepaid = Money::zero(currency("USD"));
    written.rounding = Money::zero(currency("USD"));

    let bought = books.issue(&written).await.unwrap();

    assert_eq!(bought.content.totals.lines_net.to_string(), "10.00 USD");
    assert_eq!(bought.costs, [Some(money("37.50"))]);
    books.set_rate("USD", "2026-11-22", "5").await;
    let id = bought.content.written.id;
    let mut taken = (0, 0);
    for _ in 0..3 {
        let note = crate::support::credit(&books, id, some("1")).await.unwrap();
        assert_eq!(note.base.rate, bought.base.rate, "the rate of the invoice");
        taken = (taken.0 + note.base.tax.minor(), taken.1 + note.base.total.minor());
    }
    assert_eq!(taken, (bought.base.tax.minor(), bought.base.total.minor()));
}
