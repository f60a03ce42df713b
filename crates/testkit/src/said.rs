//! A document that says everything that can be said.

use gaara_invoicing::InvoiceDetails;
use gaara_invoicing::details::{
    Bic, DatedReference, Delivery, ExemptionReason, Iban, PaymentMeans, PaymentMeansCode, Period,
    Reference, References, TransactionFlag, TransactionFlags, TransactionKind,
};
use gaara_invoicing::totals::TaxCategory;
use gaara_kernel::{Address, Country, ShortText};

use crate::fixtures::{bilingual, currency, date};

/// A short text that somebody else gave to something.
#[must_use]
pub fn reference(text: &str) -> Reference {
    Reference::parse(text).expect("a reference")
}

fn dated(id: &str, day: Option<&str>) -> DatedReference {
    DatedReference { id: reference(id), date: day.map(date) }
}

fn address() -> Address {
    let short = |text: &str| Some(ShortText::parse(text).expect("a short text"));
    Address {
        line_1: Some(bilingual("King Road", "طريق الملك")),
        line_2: Some(bilingual("Gate 3", "البوابة ٣")),
        building_number: short("1234"),
        district: Some(bilingual("Olaya", "العليا")),
        city: Some(bilingual("Riyadh", "الرياض")),
        postal_code: short("12214"),
        subdivision: short("RUH"),
        country: Country::parse("SA").expect("a country"),
    }
}

fn means(code: &str) -> PaymentMeans {
    PaymentMeans {
        code: PaymentMeansCode::parse(code).expect("a means of payment"),
        iban: Some(Iban::parse("SA0380000000608010167519").expect("an IBAN")),
        bic: Some(Bic::parse("RJHISARI").expect("a BIC")),
        account_name: Some(reference("Najd Trading")),
        remittance: Some(reference("INV 7")),
    }
}

/// Everything that a document can say besides its amounts, but for its type.
#[must_use]
pub fn everything_said() -> InvoiceDetails {
    let cash = PaymentMeans { iban: None, bic: None, account_name: None, ..means("10") };
    InvoiceDetails {
        type_code: None,
        transaction: TransactionFlags {
            kind: TransactionKind::Simplified,
            flags: [TransactionFlag::Export, TransactionFlag::Summary].into(),
        },
        references: References {
            buyer: Some(reference("Desk 7")),
            order: Some(dated("PO-1", Some("2026-10-01"))),
            contract: Some(dated("C-1", Some("2026-01-01"))),
            project: Some(dated("P-1", None)),
            despatch: Some(dated("D-1", Some("2026-11-20"))),
            receipt: Some(dated("R-1", Some("2026-11-21"))),
        },
        delivery: Delivery {
            date: Some(date("2026-11-20")),
            end_date: Some(date("2026-11-21")),
            address: Some(address()),
        },
        period: Some(month()),
        payment_means: vec![means("30"), cash],
        payment_terms: Some(bilingual("Within a month", "خلال شهر")),
        tax_point: Some(date("2026-11-20")),
        tax_currency: Some(currency("AED")),
        exemptions: vec![
            ExemptionReason {
                category: TaxCategory::Exempt,
                code: Some(reference("VATEX-SA-29")),
                text: Some(bilingual("Financial services", "خدمات مالية")),
            },
            ExemptionReason { category: TaxCategory::OutOfScope, code: None, text: None },
        ],
    }
}

/// The whole of November 2026.
#[must_use]
pub fn month() -> Period {
    Period::try_new(date("2026-11-01"), date("2026-11-30")).expect("a period")
}
