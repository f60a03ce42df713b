//! How amounts are rounded: a property of the currency and the profile, never a constant.

use gaara_kernel::Currency;

/// Where tax is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum TaxRounding {
    /// Once per (category, rate). Source: EN 16931 BR-CO-17; ZATCA standard, section 10.
    #[default]
    PerGroup,
    /// On every line and document adjustment, then summed. Source: PINT-OM ALIGNED-IBRP-S-09-OM.
    PerLine,
}

/// The rounding rules of a document. Halves always move away from zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TotalsPolicy {
    /// How many decimals amounts carry; at most the currency's own number.
    pub decimals: u32,
    /// Where tax is rounded.
    pub tax_rounding: TaxRounding,
}

impl TotalsPolicy {
    /// The currency's own decimals, and tax once per group.
    #[must_use]
    pub const fn for_currency(currency: Currency) -> Self {
        Self { decimals: currency.exponent(), tax_rounding: TaxRounding::PerGroup }
    }

    /// The same policy with tax rounded elsewhere.
    #[must_use]
    pub const fn with_tax_rounding(self, tax_rounding: TaxRounding) -> Self {
        Self { tax_rounding, ..self }
    }

    /// The same policy with fewer decimals, as a profile may ask (EN 16931 BR-DEC-*).
    #[must_use]
    pub const fn with_decimals(self, decimals: u32) -> Self {
        Self { decimals, ..self }
    }
}
