//! Values of the domain to values of the database and back.

use gaara_identity::TokenDigest;
use gaara_invoicing::totals::{Tax, TaxCategory};
use gaara_kernel::{
    BilingualText, Code, Country, Currency, Date, EmailAddress, Money, Percent, Quantity,
    StoreError, UnitPrice, Version,
};
use sea_orm::prelude::TimeDate;
use serde_json::{Value, json};

/// The reader of one entity's rows: whatever breaks a rule makes the row corrupt.
#[derive(Clone, Copy)]
pub(crate) struct Stored(pub(crate) &'static str);

impl Stored {
    pub(crate) fn corrupt(self) -> StoreError {
        StoreError::Corrupt { entity: self.0 }
    }

    pub(crate) fn good<T, E>(self, value: Result<T, E>) -> Result<T, StoreError> {
        value.map_err(|_| self.corrupt())
    }

    pub(crate) fn some<T>(self, value: Option<T>) -> Result<T, StoreError> {
        value.ok_or_else(|| self.corrupt())
    }

    pub(crate) fn code(self, text: &str) -> Result<Code, StoreError> {
        self.good(Code::parse(text))
    }

    pub(crate) fn currency(self, code: &str) -> Result<Currency, StoreError> {
        self.good(Currency::parse(code))
    }

    pub(crate) fn country(self, code: &str) -> Result<Country, StoreError> {
        self.good(Country::parse(code))
    }

    pub(crate) fn email(self, text: &str) -> Result<EmailAddress, StoreError> {
        self.good(EmailAddress::parse(text))
    }

    pub(crate) fn name(
        self,
        ar: Option<&String>,
        en: Option<&String>,
    ) -> Result<BilingualText, StoreError> {
        let text = |text: Option<&String>| text.cloned();
        self.good(BilingualText::try_new(text(ar).as_deref(), text(en).as_deref()))
    }

    pub(crate) fn money(self, minor: i64, currency: Currency) -> Result<Money, StoreError> {
        self.good(Money::from_minor(minor, currency))
    }

    pub(crate) fn quantity(self, millionths: i64) -> Result<Quantity, StoreError> {
        self.good(Quantity::from_millionths(millionths))
    }

    pub(crate) fn price(self, millionths: i64) -> Result<UnitPrice, StoreError> {
        self.good(UnitPrice::from_millionths(millionths))
    }

    pub(crate) fn percent(self, millionths: i64) -> Result<Percent, StoreError> {
        self.good(Percent::from_millionths(millionths))
    }

    pub(crate) fn tax(self, category: &str, rate_millionths: i64) -> Result<Tax, StoreError> {
        let category = self.good(TaxCategory::parse(category))?;
        self.good(Tax::try_new(category, self.percent(rate_millionths)?))
    }

    pub(crate) fn version(self, number: i64) -> Result<Version, StoreError> {
        self.number(number).map(Version::new)
    }

    pub(crate) fn number<N: TryFrom<i64>>(self, number: i64) -> Result<N, StoreError> {
        self.good(N::try_from(number))
    }

    pub(crate) fn digest(self, bytes: Vec<u8>) -> Result<TokenDigest, StoreError> {
        self.good(bytes.try_into().map(TokenDigest::new))
    }

    pub(crate) fn date(self, date: TimeDate) -> Result<Date, StoreError> {
        let year = self.good(i16::try_from(date.year()))?;
        let month = self.good(i8::try_from(u8::from(date.month())))?;
        let day = self.good(i8::try_from(date.day()))?;
        self.good(Date::new(year, month, day))
    }

    pub(crate) fn date_if_any(self, date: Option<TimeDate>) -> Result<Option<Date>, StoreError> {
        date.map(|date| self.date(date)).transpose()
    }
}

/// A text of a bilingual name, as a column holds it.
pub(crate) fn text(text: Option<&str>) -> Option<String> {
    text.map(str::to_owned)
}

/// A date as both engines take it. Both calendars hold the same days, so none is lost.
pub(crate) fn date(date: Date) -> TimeDate {
    let month = u8::try_from(date.month()).unwrap_or_default();
    let day = u8::try_from(date.day()).unwrap_or_default();
    time::Month::try_from(month)
        .and_then(|month| TimeDate::from_calendar_date(i32::from(date.year()), month, day))
        .unwrap_or(TimeDate::MIN)
}

/// A place in a document, as a column holds it.
pub(crate) fn position(index: usize) -> i64 {
    i64::try_from(index).unwrap_or(i64::MAX)
}

/// A number of rows, as a statement takes it.
pub(crate) fn count(rows: usize) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}

/// A part of a factor, as a column holds it; the largest is far below the column's.
pub(crate) fn factor_part(part: u64) -> i64 {
    i64::try_from(part).unwrap_or(i64::MAX)
}

/// Names and values in their order: an object would sort them.
pub(crate) fn json_from_pairs(pairs: &[(String, String)]) -> Value {
    pairs.iter().map(|(name, value)| json!([name, value])).collect()
}

/// Names and values as they were stored; `None` when they are not pairs of texts.
pub(crate) fn pairs_from_json(value: &Value) -> Option<Vec<(String, String)>> {
    let pair = |value: &Value| match value.as_array()?.as_slice() {
        [name, value] => Some((name.as_str()?.to_owned(), value.as_str()?.to_owned())),
        _ => None,
    };
    value.as_array()?.iter().map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_end_of_the_calendar_survives_the_way_to_the_database_and_back() {
        for day in [Date::MIN, Date::MAX, Date::constant(2028, 2, 29), Date::ZERO] {
            assert_eq!(Stored("invoice").date(date(day)).unwrap(), day);
        }
    }
}
