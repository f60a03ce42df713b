//! What a document says is kept, whichever way it is written.

use gaara_application::invoicing::{ChangeInvoice, WrittenInvoice};
use gaara_invoicing::InvoiceDetails;
use gaara_invoicing::details::{
    Bic, DatedReference, Delivery, ExemptionReason, Iban, PaymentMeans, PaymentMeansCode, Period,
    Reference, References, TransactionFlag, TransactionFlags, TransactionKind,
};
use gaara_invoicing::totals::TaxCategory;
use gaara_kernel::{Address, Country};
use gaara_testkit::{bilingual, currency, date, unit_price};

use crate::support::{draft, find, run, sale, version};

fn reference(text: &str) -> Option<Reference> {
    Some(Reference::parse(text).unwrap())
}

fn dated(id: &str, day: &str) -> Option<DatedReference> {
    Some(DatedReference { id: Reference::parse(id).unwrap(), date: Some(date(day)) })
}

/// Everything that can be said.
fn everything() -> InvoiceDetails {
    let period = Period::try_new(date("2026-11-01"), date("2026-11-30")).unwrap();
    InvoiceDetails {
        type_code: None,
        transaction: TransactionFlags {
            kind: TransactionKind::Simplified,
            flags: [TransactionFlag::Export, TransactionFlag::Summary].into(),
        },
        references: References {
            buyer: reference("Desk 7"),
            order: dated("PO-1", "2026-10-01"),
            contract: dated("C-1", "2026-01-01"),
            project: dated("P-1", "2026-02-01"),
            despatch: dated("D-1", "2026-11-20"),
            receipt: dated("R-1", "2026-11-21"),
        },
        delivery: Delivery {
            date: Some(date("2026-11-20")),
            end_date: Some(date("2026-11-21")),
            address: Some(Address::in_country(Country::parse("AE").unwrap())),
        },
        period: Some(period),
        payment_means: vec![PaymentMeans {
            code: PaymentMeansCode::parse("30").unwrap(),
            iban: Some(Iban::parse("SA0380000000608010167519").unwrap()),
            bic: Some(Bic::parse("RJHISARI").unwrap()),
            account_name: reference("Najd Trading"),
            remittance: reference("INV 7"),
        }],
        payment_terms: Some(bilingual("Within a month", "خلال شهر")),
        tax_point: Some(date("2026-11-20")),
        tax_currency: Some(currency("SAR")),
        exemptions: vec![ExemptionReason {
            category: TaxCategory::Exempt,
            code: reference("VATEX-SA-29"),
            text: Some(bilingual("Financial services", "خدمات مالية")),
        }],
    }
}

#[tokio::test]
async fn a_document_written_again_says_the_same() {
    let (books, sale) = sale().await;
    let mut written = WrittenInvoice { details: everything(), ..sale.draft("2") };
    written.lines[0].note = Some(bilingual("Handle with care", "بحذر"));
    written.lines[0].period = written.details.period;
    written.lines[0].gross_price = Some(unit_price("6"));
    written.lines[0].price_discount = Some(unit_price("0.25"));
    let id = draft(&books, written).await.unwrap();
    let before = find(&books, id).await;

    let written = WrittenInvoice::again(&before.content().written);
    let expected = version(&books, id).await;
    let (_, after) = run(&books, &ChangeInvoice { id, expected, written }).await.unwrap();

    assert_eq!(&after.content, before.content());
    assert_eq!(after.version, before.version().next());
    let issued = crate::support::issue(&books, id, Default::default()).await.unwrap();
    let text = String::from_utf8(issued.canonical_bytes()).unwrap();
    for said in
        ["reference.order=PO-1\n", "payment_means.1.iban=SA03", "delivery.address.country=AE\n"]
    {
        assert!(text.contains(said), "{said} in {text}");
    }
}
