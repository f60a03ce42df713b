//! Tax rates by the codes people give them.

use gaara_kernel::{BilingualText, Code, Date, ShortText, TaxRateId, Timestamp, Version};
use thiserror::Error;

use crate::totals::{Tax, TaxCategory};

/// Why no tax is charged (EN 16931 BT-120, BT-121).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaxExemption {
    code: Option<ShortText>,
    text: Option<BilingualText>,
}

/// Why an exemption does not go with a category.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ExemptionError {
    /// The category bears no tax, and a document has to say why.
    ///
    /// Source: EN 16931 BR-E-10, BR-AE-10, BR-IC-10, BR-G-10, BR-O-10.
    #[error("the category needs an exemption reason")]
    Missing,
    /// The category is taxed, so nothing is exempt. Source: EN 16931 BR-S-10 and kin.
    #[error("the category takes no exemption reason")]
    Forbidden,
}

impl TaxExemption {
    /// Takes a code of a list (VATEX-EU-…, VATEX-SA-…), the reason in words, or both; nothing when
    /// both are absent.
    #[must_use]
    pub fn try_new(code: Option<ShortText>, text: Option<BilingualText>) -> Option<Self> {
        (code.is_some() || text.is_some()).then_some(Self { code, text })
    }

    /// The code.
    #[must_use]
    pub const fn code(&self) -> Option<&ShortText> {
        self.code.as_ref()
    }

    /// The reason in words.
    #[must_use]
    pub const fn text(&self) -> Option<&BilingualText> {
        self.text.as_ref()
    }

    /// Whether a category and an exemption, or none, go together. The rate of zero may give a
    /// reason: EN 16931 forbids one on the document (BR-Z-10), Saudi Arabia demands it
    /// (BR-KSA-69), so the profile of the document decides.
    ///
    /// # Errors
    /// Every variant of [`ExemptionError`].
    pub fn check(category: TaxCategory, exemption: Option<&Self>) -> Result<(), ExemptionError> {
        match exemption {
            None if category.needs_reason() => Err(ExemptionError::Missing),
            Some(_) if category.is_taxed() => Err(ExemptionError::Forbidden),
            _ => Ok(()),
        }
    }
}

/// The days on which a tax rate is in force; both count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Validity {
    from: Option<Date>,
    to: Option<Date>,
}

/// The last day lies before the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the last day lies before the first")]
pub struct ValidityError;

impl Validity {
    /// Takes the first and the last day; without end on a side that is absent.
    ///
    /// # Errors
    /// [`ValidityError`] when the last day lies before the first.
    pub fn try_new(from: Option<Date>, to: Option<Date>) -> Result<Self, ValidityError> {
        match (from, to) {
            (Some(from), Some(to)) if to < from => Err(ValidityError),
            _ => Ok(Self { from, to }),
        }
    }

    /// The first day.
    #[must_use]
    pub const fn from(self) -> Option<Date> {
        self.from
    }

    /// The last day.
    #[must_use]
    pub const fn to(self) -> Option<Date> {
        self.to
    }

    /// Whether a day is one of them.
    #[must_use]
    pub fn holds(self, date: Date) -> bool {
        self.from.is_none_or(|from| from <= date) && self.to.is_none_or(|to| date <= to)
    }
}

/// A tax rate; its code, category and rate never change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaxRate {
    /// The id.
    pub id: TaxRateId,
    /// The code products and invoices name it by; unique.
    pub code: Code,
    /// The category and the rate.
    pub tax: Tax,
    /// The name.
    pub name: BilingualText,
    /// When it is in force.
    pub validity: Validity,
    /// Why no tax is charged, where that has to be said.
    pub exemption: Option<TaxExemption>,
    /// When it was archived; `None` while it is in use.
    pub archived_at: Option<Timestamp>,
    /// When it was added.
    pub created_at: Timestamp,
    /// When it was last saved.
    pub updated_at: Timestamp,
    /// How often it was saved.
    pub version: Version,
}

impl TaxRate {
    /// Whether a document of this date may be taxed by it.
    #[must_use]
    pub fn is_effective(&self, date: Date) -> bool {
        self.validity.holds(date)
    }
}

#[cfg(test)]
mod tests {
    use gaara_kernel::parse_date;

    use super::*;

    #[test]
    fn both_ends_of_a_validity_count() {
        let day = |text| parse_date(text).unwrap();
        let year = Validity::try_new(Some(day("2026-01-01")), Some(day("2026-12-31"))).unwrap();
        for (date, holds) in [
            ("2025-12-31", false),
            ("2026-01-01", true),
            ("2026-12-31", true),
            ("2027-01-01", false),
        ] {
            assert_eq!(year.holds(day(date)), holds, "{date}");
        }
        assert!(Validity::default().holds(day("0001-01-01")));
        let backwards = Validity::try_new(Some(day("2026-01-02")), Some(day("2026-01-01")));
        assert_eq!(backwards, Err(ValidityError));
    }

    #[test]
    fn a_reason_goes_with_what_is_not_taxed() {
        let reason = TaxExemption::try_new(ShortText::parse("VATEX-EU-AE").ok(), None).unwrap();
        for category in TaxCategory::ALL {
            let with = TaxExemption::check(category, Some(&reason));
            let without = TaxExemption::check(category, None);
            match category.code() {
                "E" | "AE" | "K" | "G" | "O" => {
                    assert_eq!((with, without), (Ok(()), Err(ExemptionError::Missing)));
                }
                "Z" => assert_eq!((with, without), (Ok(()), Ok(()))),
                _ => assert_eq!((with, without), (Err(ExemptionError::Forbidden), Ok(()))),
            }
        }
        assert_eq!(TaxExemption::try_new(None, None), None);
    }
}
