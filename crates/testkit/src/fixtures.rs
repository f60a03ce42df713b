//! Values by their text, for tests that know what they write.

use gaara_identity::{TotpCode, TotpSecret, TotpStep};
use gaara_inventory::StockKey;
use gaara_invoicing::totals::{Tax, TaxCategory};
use gaara_invoicing::{NumberPattern, NumberSeries, NumberedDocument, Numbering, SeriesReset};
use gaara_kernel::{
    BilingualText, Code, Currency, Date, Id, Money, Percent, ProductId, Quantity, SeriesId,
    Timestamp, UnitPrice, Version, WarehouseId, parse_date,
};

use crate::doubles::PlainHmac;

/// A currency by its code.
#[must_use]
pub fn currency(code: &str) -> Currency {
    Currency::parse(code).expect("a known currency")
}

/// An amount of Saudi riyals.
#[must_use]
pub fn money(amount: &str) -> Money {
    Money::parse(amount, currency("SAR")).expect("an amount with two decimals")
}

/// A quantity.
#[must_use]
pub fn quantity(text: &str) -> Quantity {
    Quantity::parse(text).expect("a quantity")
}

/// A unit price.
#[must_use]
pub fn unit_price(text: &str) -> UnitPrice {
    UnitPrice::parse(text).expect("a unit price")
}

/// A percentage.
#[must_use]
pub fn percent(text: &str) -> Percent {
    Percent::parse(text).expect("a percentage")
}

/// A date of the form `YYYY-MM-DD`.
#[must_use]
pub fn date(text: &str) -> Date {
    parse_date(text).expect("a date")
}

/// A code.
#[must_use]
pub fn code(text: &str) -> Code {
    Code::parse(text).expect("a code")
}

/// A name in both languages.
#[must_use]
pub fn bilingual(en: &str, ar: &str) -> BilingualText {
    BilingualText::try_new(Some(ar), Some(en)).expect("a name")
}

/// Value added tax at the Saudi standard rate of 15 %.
#[must_use]
pub fn vat() -> Tax {
    Tax::try_new(TaxCategory::Standard, percent("15")).expect("a standard rate")
}

/// A number series of sale invoices with this code, begun anew each year; nobody's default. Its id
/// follows from the code.
#[must_use]
pub fn number_series(name: &str) -> NumberSeries {
    let spelled = name.bytes().fold(0_u64, |sum, byte| (sum << 5) ^ (sum >> 50) ^ u64::from(byte));
    let text = format!("00000000-0000-7000-8000-{:012x}", spelled & 0xffff_ffff_ffff);
    NumberSeries {
        id: SeriesId::from_uuid(text.parse().expect("a UUID")),
        code: code(name),
        document: NumberedDocument::SaleInvoice,
        numbering: numbering(&format!("{name}-{{year}}-{{sequence:05}}")),
        is_default: false,
        closed_at: None,
        created_at: Timestamp::from_millis(0),
        updated_at: Timestamp::from_millis(0),
        version: Version::FIRST,
    }
}

/// Numbers that look like this and begin anew each year.
#[must_use]
pub fn numbering(pattern: &str) -> Numbering {
    let pattern = NumberPattern::parse(pattern).expect("a pattern");
    Numbering::try_new(pattern, SeriesReset::Yearly).expect("a pattern that shows the year")
}

/// A stock key by two small numbers.
#[must_use]
pub fn stock_key(product: u8, warehouse: u8) -> StockKey {
    StockKey { product: id::<ProductId>(product), warehouse: id::<WarehouseId>(warehouse) }
}

fn id<I: Id>(number: u8) -> I {
    let text = format!("00000000-0000-7000-8000-0000000000{number:02x}");
    I::from_uuid(text.parse().expect("a UUID"))
}

/// The code that a phone with this secret shows at an instant, as [`crate::PlainHmac`] computes it.
#[must_use]
pub fn one_time_code(secret: &str, at: Timestamp) -> String {
    let (mut bits, mut held, mut bytes) = (0_u64, 0, Vec::new());
    for letter in secret.bytes() {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            _ => letter - b'2' + 26,
        };
        bits = bits << 5 | u64::from(value);
        held += 5;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held & 255).expect("eight bits"));
        }
    }
    let secret = TotpSecret::new(bytes.try_into().expect("twenty bytes"));
    TotpCode::of(&secret, TotpStep::at(at), &PlainHmac).to_string()
}
