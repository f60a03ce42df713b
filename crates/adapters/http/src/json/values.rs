//! How each kind of value is read, and what its code is when it is wrong.

use std::fmt;

use gaara_application::inventory::BatchMode;
use gaara_identity::{Permission, RoleCode, Username};
use gaara_inventory::{
    ArchivedFilter, Barcode, Costing, Decimals, MovementKind, MovementStatus, ProductKind,
    ReservationStatus, StocktakeStatus, ValuationBy,
};
use gaara_invoicing::details::{
    Bic, Iban, PaymentMeansCode, Reference, TransactionFlag, TransactionKind,
};
use gaara_invoicing::report::SalesBy;
use gaara_invoicing::totals::TaxCategory;
use gaara_invoicing::{
    Direction, DocumentKind, DocumentType, ExchangeRate, ExchangeRateError, InvoiceStatus,
    NumberPattern, NumberedDocument, PaymentMethod, PaymentState, PaymentStatus, SeriesReset,
};
use gaara_kernel::{
    BilingualText, Country, Currency, Date, DecimalError, EmailAddress, Language, Money, Percent,
    PhoneNumber, Quantity, SearchQuery, ShortText, TextError, TimeZone, Timestamp, UnitPrice,
    clean_text, parse_date, parse_scaled,
};
use serde_json::Value;

use super::field::{FieldFault, FromJson, FromText};
use crate::code::Code;
use crate::problem::FieldProblem;

/// The longest text of a field, in characters, unless its request says otherwise.
pub(super) const CHARACTERS_MAX: usize = 500;

/// Values that are parsed, and the one code of all their faults.
macro_rules! parsed {
    ($($type:ty: $parse:expr => $code:ident,)+) => {
        $(impl FromText for $type {
            fn from_text(text: &str) -> Result<Self, FieldFault> {
                $parse(text).map_err(|_| FieldFault::new(Code::$code))
            }
        })+
    };
}

parsed! {
    gaara_kernel::Code: gaara_kernel::Code::parse => ValidationCode,
    Date: parse_date => ValidationDate,
    Timestamp: Timestamp::parse => ValidationInstant,
    Country: Country::parse => ValidationCountry,
    Currency: Currency::parse => ValidationCurrency,
    TimeZone: TimeZone::parse => ValidationTimeZone,
    EmailAddress: EmailAddress::parse => ValidationEmail,
    Username: Username::parse => ValidationUsername,
    // Whatever is no code of a role names no role.
    RoleCode: RoleCode::parse => ValidationReference,
    Barcode: Barcode::parse => ValidationBarcode,
    Iban: Iban::parse => ValidationIban,
    Bic: Bic::parse => ValidationBic,
    PaymentMeansCode: PaymentMeansCode::parse => ValidationPaymentMeans,
    PhoneNumber: PhoneNumber::parse => ValidationPhone,
}

/// Values that are one of a few names.
macro_rules! choices {
    ($($type:ty: $name:ident,)+) => {
        $(impl FromText for $type {
            fn from_text(text: &str) -> Result<Self, FieldFault> {
                let found = Self::ALL.into_iter().find(|choice| choice.$name() == text);
                found.ok_or_else(|| {
                    let names = Self::ALL.map(|choice| choice.$name()).join(", ");
                    FieldProblem::new("", Code::ValidationChoice).param("choices", names).into()
                })
            }
        })+
    };
}

choices! {
    ProductKind: code,
    Costing: code,
    ArchivedFilter: code,
    BatchMode: code,
    MovementKind: code,
    MovementStatus: code,
    ReservationStatus: code,
    StocktakeStatus: code,
    DocumentKind: code,
    DocumentType: code,
    TransactionKind: code,
    TransactionFlag: code,
    ValuationBy: code,
    SalesBy: code,
    InvoiceStatus: code,
    PaymentStatus: code,
    PaymentMethod: code,
    PaymentState: code,
    Direction: code,
    NumberedDocument: code,
    SeriesReset: code,
    TaxCategory: code,
    Language: tag,
}

impl FromText for Permission {
    fn from_text(text: &str) -> Result<Self, FieldFault> {
        let found = Self::from_code(text).filter(|permission| permission.is_grantable());
        found.ok_or_else(|| FieldFault::new(Code::ValidationReference))
    }
}

macro_rules! decimals {
    ($($type:ty),+) => {
        $(impl FromText for $type {
            const IS_DECIMAL: bool = true;

            fn from_text(text: &str) -> Result<Self, FieldFault> {
                let limit = || "1000000000000".to_owned();
                <$type>::parse(text).map_err(|error| decimal_fault(error, limit()))
            }
        })+
    };
}

decimals!(Quantity, UnitPrice, Percent);

impl FromText for ExchangeRate {
    const IS_DECIMAL: bool = true;

    fn from_text(text: &str) -> Result<Self, FieldFault> {
        Self::parse(text).map_err(|error| match error {
            ExchangeRateError::NotPositive => FieldFault::new(Code::ValidationPositive),
            ExchangeRateError::Decimal(error) => decimal_fault(error, "100000000".to_owned()),
        })
    }
}

fn decimal_fault(error: DecimalError, limit: String) -> FieldFault {
    match error {
        DecimalError::NotANumber => FieldFault::new(Code::ValidationNumber),
        DecimalError::TooPrecise { decimals_max } => {
            FieldProblem::new("", Code::ValidationScale).param("max", decimals_max).into()
        }
        DecimalError::OutOfRange => FieldProblem::new("", Code::ValidationRange)
            .param("min", format_args!("-{limit}"))
            .param("max", limit)
            .into(),
    }
}

/// An amount of money whose currency stands elsewhere in the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecimalText(String);

impl FromText for DecimalText {
    const IS_DECIMAL: bool = true;

    fn from_text(text: &str) -> Result<Self, FieldFault> {
        // Decimals and range depend on the currency; only the shape can be checked here.
        match parse_scaled(text, 0) {
            Err(DecimalError::NotANumber) => Err(FieldFault::new(Code::ValidationNumber)),
            _ => Ok(Self(text.to_owned())),
        }
    }
}

impl DecimalText {
    /// The text.
    #[must_use]
    pub fn into_text(self) -> String {
        self.0
    }

    /// The amount in a currency.
    ///
    /// # Errors
    /// [`FieldFault`] with `validation.scale` or `validation.range`.
    pub fn money(&self, currency: Currency) -> Result<Money, FieldFault> {
        Money::parse(&self.0, currency).map_err(|error| money_fault(error, currency))
    }
}

/// What is wrong with a decimal text as an amount of a currency.
pub(crate) fn money_fault(error: DecimalError, currency: Currency) -> FieldFault {
    let most = Money::from_minor(1_000_000_000_000_000, currency);
    decimal_fault(error, most.map(Money::amount).unwrap_or_default())
}

impl FromText for NumberPattern {
    fn from_text(text: &str) -> Result<Self, FieldFault> {
        Self::parse(text).map_err(|_| FieldFault::new(Code::ValidationPattern))
    }
}

impl FromText for SearchQuery {
    fn from_text(text: &str) -> Result<Self, FieldFault> {
        String::from_text(text).map(|text| Self::new(&text))
    }
}

/// A text that is taken as it is, and never prints: a password, a token.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretText(String);

impl SecretText {
    /// The text.
    #[must_use]
    pub fn expose(self) -> String {
        self.0
    }
}

impl fmt::Debug for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl FromText for SecretText {
    fn from_text(text: &str) -> Result<Self, FieldFault> {
        Ok(Self(text.to_owned()))
    }
}

impl FromText for String {
    fn from_text(text: &str) -> Result<Self, FieldFault> {
        clean_text(text, CHARACTERS_MAX).map_err(|error| text_fault("", error))
    }
}

impl FromText for ShortText {
    fn from_text(text: &str) -> Result<Self, FieldFault> {
        Self::parse(text).map_err(|error| text_fault("", error))
    }
}

impl FromText for Reference {
    fn from_text(text: &str) -> Result<Self, FieldFault> {
        Self::parse(text).map_err(|error| text_fault("", error))
    }
}

/// A text of up to 1,000 characters that people write beside a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteText(String);

impl NoteText {
    /// The most characters a note may have.
    const CHARACTERS_MAX: usize = 1_000;

    /// The text.
    #[must_use]
    pub fn into_text(self) -> String {
        self.0
    }
}

impl FromText for NoteText {
    fn from_text(text: &str) -> Result<Self, FieldFault> {
        let note = clean_text(text, Self::CHARACTERS_MAX);
        note.map(Self).map_err(|error| text_fault("", error))
    }
}

pub(super) fn text_fault(pointer: &str, error: TextError) -> FieldFault {
    match error {
        TextError::Empty => FieldProblem::new(pointer, Code::ValidationTextEmpty),
        TextError::ControlCharacter => FieldProblem::new(pointer, Code::ValidationControlCharacter),
        TextError::TooLong { characters_max } => {
            FieldProblem::new(pointer, Code::ValidationTextTooLong).param("max", characters_max)
        }
    }
    .into()
}

/// An object of somebody else's format, as its JSON text.
#[derive(Debug)]
pub(crate) struct JsonObject(pub(crate) String);

impl FromJson for JsonObject {
    fn from_json(value: &Value) -> Result<Self, FieldFault> {
        match value {
            Value::Object(_) => Ok(Self(value.to_string())),
            _ => Err(FieldFault::wrong_type("object")),
        }
    }
}

impl FromJson for bool {
    fn from_json(value: &Value) -> Result<Self, FieldFault> {
        value.as_bool().ok_or_else(|| FieldFault::wrong_type("boolean"))
    }
}

/// Whole numbers, which are JSON numbers: they are counts, not amounts.
macro_rules! integers {
    ($($type:ty: $min:expr, $max:expr;)+) => {
        $(impl FromJson for $type {
            fn from_json(value: &Value) -> Result<Self, FieldFault> {
                if !value.is_i64() && !value.is_u64() {
                    return Err(FieldFault::wrong_type("integer"));
                }
                let number = value.as_u64().and_then(|number| Self::try_from(number).ok());
                number.filter(|number| ($min..=$max).contains(number)).ok_or_else(|| {
                    let problem = FieldProblem::new("", Code::ValidationRange);
                    problem.param("min", $min).param("max", $max).into()
                })
            }
        })+
    };
}

integers! {
    u16: u16::MIN, u16::MAX;
    u32: u32::MIN, u32::MAX;
}

impl FromJson for Decimals {
    fn from_json(value: &Value) -> Result<Self, FieldFault> {
        if !value.is_i64() && !value.is_u64() {
            return Err(FieldFault::wrong_type("integer"));
        }
        let digits = value.as_u64().and_then(|digits| u8::try_from(digits).ok());
        digits.and_then(Self::try_new).ok_or_else(|| {
            let problem = FieldProblem::new("", Code::ValidationRange);
            problem.param("min", 0).param("max", Self::MOST.digits()).into()
        })
    }
}

impl FromJson for BilingualText {
    fn from_json(value: &Value) -> Result<Self, FieldFault> {
        let Value::Object(members) = value else {
            return Err(FieldFault::wrong_type("object"));
        };
        let mut faults = Vec::new();
        for (name, member) in members {
            let pointer = format!("/{}", super::escape(name));
            match (name.as_str(), member) {
                ("ar" | "en", Value::Null) => {}
                ("ar" | "en", Value::String(text)) => {
                    // A blank language counts as absent; only both together must not be.
                    if let Err(error) = Self::try_new(Some(text), None)
                        && error != TextError::Empty
                    {
                        faults.extend(text_fault(&pointer, error).0);
                    }
                }
                ("ar" | "en", _) => faults.push(
                    FieldProblem::new(pointer, Code::ValidationType).param("expected", "text"),
                ),
                _ => faults.push(
                    FieldProblem::new(pointer, Code::ValidationUnknownField).param("field", name),
                ),
            }
        }
        if !faults.is_empty() {
            return Err(FieldFault(faults));
        }
        let text = |name| members.get(name).and_then(Value::as_str);
        Self::try_new(text("ar"), text("en")).map_err(|error| text_fault("", error))
    }
}

#[cfg(test)]
mod tests;
