//! Taxes of the day of issuing: rates in force, reasons for charging none, and tax numbers.

use gaara_application::identity::ChangeOrganization;
use gaara_application::invoicing::{
    CreateCustomer, CreateTaxRate, IssueInvoiceError, IssueRequest, LineTax, WrittenInvoice,
};
use gaara_invoicing::details::ExemptionReason;
use gaara_invoicing::totals::{Tax, TaxCategory};
use gaara_invoicing::{PartyId, TaxExemption, TaxationError, Validity};
use gaara_kernel::{Percent, ShortText, Version};
use gaara_testkit::{Harness, Sale, bilingual, code, date, percent};

use crate::support::{draft, issue, run, sale};

fn untaxed(category: TaxCategory) -> Tax {
    Tax::try_new(category, Percent::ZERO).unwrap()
}

/// A draft whose only line is taxed so.
fn taxed(sale: &Sale, tax: LineTax) -> WrittenInvoice {
    let mut written = WrittenInvoice { warehouse: None, ..sale.draft("1") };
    written.lines[0].tax = tax;
    written
}

fn reason(category: TaxCategory, text: &str) -> ExemptionReason {
    ExemptionReason { category, code: None, text: Some(bilingual(text, "معفى")) }
}

async fn rate(books: &Harness, name: &str, tax: Tax, validity: Validity, said: Option<&str>) {
    let exemption = said.and_then(|said| TaxExemption::try_new(ShortText::parse(said).ok(), None));
    let name = code(name);
    let new = CreateTaxRate {
        id: None,
        code: name,
        tax,
        name: bilingual("Rate", "نسبة"),
        validity,
        exemption,
    };
    run(books, &new).await.unwrap();
}

#[tokio::test]
async fn a_rate_is_charged_on_its_days_only() {
    let (books, sale) = sale().await;
    let validity = Validity::try_new(Some(date("2026-11-22")), Some(date("2026-11-23"))).unwrap();
    let vat = Tax::try_new(TaxCategory::Standard, percent("5")).unwrap();
    rate(&books, "VAT5", vat, validity, None).await;
    let written = || taxed(&sale, LineTax::Rate(code("VAT5")));
    let on = |day: &str| IssueRequest { issue_date: Some(date(day)), ..IssueRequest::default() };

    let id = draft(&books, written()).await.unwrap();
    let error = issue(&books, id, on("2026-11-21")).await.unwrap_err();

    let IssueInvoiceError::Taxation(error) = error else { panic!("{error:?}") };
    let (line, name, day) = (0, code("VAT5"), date("2026-11-21"));
    assert_eq!(error, TaxationError::RateNotEffective { line, code: name, date: day });
    let issued = issue(&books, id, on("2026-11-22")).await.unwrap();
    assert_eq!(issued.number.sequence, 1, "a refusal takes no number");
    let id = draft(&books, written()).await.unwrap();
    issue(&books, id, on("2026-11-23")).await.unwrap();
}

#[tokio::test]
async fn who_charges_no_tax_says_why() {
    let (books, sale) = sale().await;
    let exempt = untaxed(TaxCategory::Exempt);
    let id = draft(&books, taxed(&sale, LineTax::Given(exempt))).await.unwrap();

    let error = issue(&books, id, IssueRequest::default()).await.unwrap_err();

    let IssueInvoiceError::Taxation(error) = error else { panic!("{error:?}") };
    assert_eq!(error, TaxationError::ReasonMissing { category: TaxCategory::Exempt });
    let mut said = taxed(&sale, LineTax::Given(exempt));
    said.details.exemptions = vec![reason(TaxCategory::Exempt, "Medical care")];
    let said = books.issue(&said).await.unwrap();
    let kept = &said.content.written.details.exemptions;
    assert_eq!(kept, &[reason(TaxCategory::Exempt, "Medical care")]);
}

#[tokio::test]
async fn the_reason_of_a_rate_is_taken_over() {
    let (books, sale) = sale().await;
    let exempt = untaxed(TaxCategory::Exempt);
    rate(&books, "EXEMPT", exempt, Validity::default(), Some("VATEX-SA-29")).await;

    let issued = books.issue(&taxed(&sale, LineTax::Rate(code("EXEMPT")))).await.unwrap();

    let kept = &issued.content.written.details.exemptions;
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].code.as_ref().map(ToString::to_string), Some("VATEX-SA-29".to_owned()));
    let mut own = taxed(&sale, LineTax::Rate(code("EXEMPT")));
    own.details.exemptions = vec![reason(TaxCategory::Exempt, "A flat")];
    let own = books.issue(&own).await.unwrap();
    let kept = &own.content.written.details.exemptions;
    assert_eq!(kept, &[reason(TaxCategory::Exempt, "A flat")], "its own comes first");
}

#[tokio::test]
async fn a_purchase_is_booked_without_a_reason() {
    let (books, sale) = sale().await;
    let supplier = books.add_supplier("Mill").await;
    let mut bought = taxed(&sale, LineTax::Given(untaxed(TaxCategory::Exempt)));
    bought.party = PartyId::Supplier(supplier);
    books.issue(&bought).await.unwrap();
}

#[tokio::test]
async fn a_reverse_charge_needs_the_tax_numbers_of_both_sides() {
    let (books, sale) = sale().await;
    let new = |tax_id: Option<&str>| CreateCustomer {
        tax_id: tax_id.map(str::to_owned),
        ..Harness::new_customer("SAR", None)
    };
    let without = run(&books, &new(None)).await.unwrap().id;
    let with = run(&books, &new(Some("300000000000003"))).await.unwrap().id;
    let reverse = untaxed(TaxCategory::ReverseCharge);
    let written = |customer| {
        let mut written = taxed(&sale, LineTax::Given(reverse));
        written.party = PartyId::Customer(customer);
        written.details.exemptions = vec![reason(TaxCategory::ReverseCharge, "Reverse charge")];
        written
    };

    let id = draft(&books, written(with)).await.unwrap();
    let error = issue(&books, id, IssueRequest::default()).await.unwrap_err();
    assert!(matches!(error, IssueInvoiceError::TaxIdRequired), "we have none");
    let ours = ChangeOrganization {
        tax_id: Some(Some("310122393500003".to_owned())),
        ..ChangeOrganization::of(Version::FIRST)
    };
    run(&books, &ours).await.unwrap();
    issue(&books, id, IssueRequest::default()).await.unwrap();
    let id = draft(&books, written(without)).await.unwrap();
    let error = issue(&books, id, IssueRequest::default()).await.unwrap_err();
    assert!(matches!(error, IssueInvoiceError::TaxIdRequired), "the buyer has none");
}
