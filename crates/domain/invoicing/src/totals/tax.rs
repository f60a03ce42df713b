//! Tax categories of UNCL5305 and the rates that go with them.

use gaara_kernel::{Percent, SCALE};
use thiserror::Error;

/// No tax category has this code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("no tax category has this code")]
pub struct UnknownTaxCategory;

/// Why a category and a rate do not go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum TaxError {
    /// The rate is below 0 % or above 100 %.
    #[error("the rate is not between 0 and 100 %")]
    RateOutOfRange,
    /// The standard category needs a rate above zero. Source: EN 16931 BR-S-05 to BR-S-07.
    #[error("the standard category needs a rate above zero")]
    RateMissing,
    /// The category bears no tax, so its rate is zero. Source: EN 16931 BR-Z-05, BR-E-05 and kin.
    #[error("the category takes no rate but zero")]
    RateNotZero,
}

/// A category of tax (UNCL5305, as used by EN 16931 BT-151), ordered by code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TaxCategory {
    /// `AE`: reverse charge, the buyer owes the tax.
    ReverseCharge,
    /// `B`: Italian split payment.
    SplitPayment,
    /// `E`: exempt.
    Exempt,
    /// `G`: export outside the union.
    Export,
    /// `K`: supply within the union.
    IntraCommunity,
    /// `L`: general indirect tax of the Canary Islands.
    CanaryIslands,
    /// `M`: tax of Ceuta and Melilla.
    CeutaMelilla,
    /// `O`: outside the scope of tax.
    OutOfScope,
    /// `S`: standard or reduced rate.
    Standard,
    /// `Z`: rate of zero.
    ZeroRated,
}

impl TaxCategory {
    /// Every category, ordered by code.
    pub const ALL: [Self; 10] = [
        Self::ReverseCharge,
        Self::SplitPayment,
        Self::Exempt,
        Self::Export,
        Self::IntraCommunity,
        Self::CanaryIslands,
        Self::CeutaMelilla,
        Self::OutOfScope,
        Self::Standard,
        Self::ZeroRated,
    ];

    /// The code of one or two letters.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::ReverseCharge => "AE",
            Self::SplitPayment => "B",
            Self::Exempt => "E",
            Self::Export => "G",
            Self::IntraCommunity => "K",
            Self::CanaryIslands => "L",
            Self::CeutaMelilla => "M",
            Self::OutOfScope => "O",
            Self::Standard => "S",
            Self::ZeroRated => "Z",
        }
    }

    /// Finds a category by its code, in capitals.
    ///
    /// # Errors
    /// [`UnknownTaxCategory`] for any other text.
    pub fn parse(code: &str) -> Result<Self, UnknownTaxCategory> {
        Self::ALL.into_iter().find(|category| category.code() == code).ok_or(UnknownTaxCategory)
    }

    /// Whether tax is computed from a rate; the other categories bear none.
    #[must_use]
    pub const fn is_taxed(self) -> bool {
        matches!(
            self,
            Self::Standard | Self::CanaryIslands | Self::CeutaMelilla | Self::SplitPayment
        )
    }

    /// Whether only a rate of zero goes with the category.
    #[must_use]
    pub const fn needs_rate_zero(self) -> bool {
        !self.is_taxed()
    }

    /// Whether an issued document must say why no tax is charged.
    ///
    /// Source: EN 16931 BR-E-10, BR-AE-10, BR-IC-10, BR-G-10, BR-O-10. National profiles differ.
    #[must_use]
    pub const fn needs_reason(self) -> bool {
        matches!(
            self,
            Self::Exempt
                | Self::ReverseCharge
                | Self::IntraCommunity
                | Self::Export
                | Self::OutOfScope
        )
    }
}

/// A tax category with its rate in percent; also the key of a tax group.
///
/// An untaxed category always has the rate zero, so it forms one group only.
/// Source: EN 16931 BR-S-08, BR-Z-01, BR-E-01, BR-AE-01, BR-IC-01, BR-G-01, BR-O-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tax {
    category: TaxCategory,
    rate: Percent,
}

impl Tax {
    /// Joins a category and a rate in percent.
    ///
    /// # Errors
    /// Every variant of [`TaxError`].
    pub fn try_new(category: TaxCategory, rate: Percent) -> Result<Self, TaxError> {
        if rate.is_negative() || rate.as_millionths() > 100 * SCALE {
            Err(TaxError::RateOutOfRange)
        } else if category.needs_rate_zero() && !rate.is_zero() {
            Err(TaxError::RateNotZero)
        } else if category == TaxCategory::Standard && rate.is_zero() {
            Err(TaxError::RateMissing)
        } else {
            Ok(Self { category, rate })
        }
    }

    /// The category.
    #[must_use]
    pub const fn category(self) -> TaxCategory {
        self.category
    }

    /// The rate in percent; zero for a category that bears no tax.
    #[must_use]
    pub const fn rate(self) -> Percent {
        self.rate
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn percent(text: &str) -> Percent {
        Percent::parse(text).unwrap()
    }

    #[test]
    fn codes_are_read_back_and_sorted() {
        for category in TaxCategory::ALL {
            assert_eq!(TaxCategory::parse(category.code()), Ok(category));
        }
        assert!(TaxCategory::ALL.is_sorted());
        assert!(TaxCategory::ALL.is_sorted_by_key(|category| category.code()));
        for code in ["", "s", "X", "SS", "N"] {
            assert_eq!(TaxCategory::parse(code), Err(UnknownTaxCategory), "{code}");
        }
    }

    #[test]
    fn an_untaxed_category_takes_no_rate_but_zero() {
        for category in TaxCategory::ALL {
            let taxed = Tax::try_new(category, percent("5"));
            if category.is_taxed() {
                assert!(taxed.is_ok(), "{category:?}");
            } else {
                assert_eq!(taxed, Err(TaxError::RateNotZero), "{category:?}");
            }
        }
    }

    #[test]
    fn only_the_standard_category_refuses_a_rate_of_zero() {
        for category in TaxCategory::ALL {
            let refused = Tax::try_new(category, Percent::ZERO).is_err();
            assert_eq!(refused, category == TaxCategory::Standard, "{category:?}");
        }
    }

    #[test]
    fn a_rate_stays_between_nothing_and_the_whole() {
        for (rate, allowed) in
            [("-0.000001", false), ("0.000001", true), ("100", true), ("100.000001", false)]
        {
            let tax = Tax::try_new(TaxCategory::Standard, percent(rate));
            assert_eq!(tax.is_ok(), allowed, "{rate}");
        }
    }
}
