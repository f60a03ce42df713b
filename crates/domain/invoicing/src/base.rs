//! What a document comes to in the currency of the books, at the rate it was issued with.

use gaara_kernel::{Currency, Money, MoneyError, div_half_away};

use crate::exchange::ExchangeRate;
use crate::totals::Totals;

/// What a document comes to in the currency of the books. Frozen when it is issued.
///
/// Each amount is converted once. The net is what is left of the total without the tax, so that
/// the parts add up; the tax is what a return declares (EN 16931 BT-111).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BaseTotals {
    /// What one unit of the document's currency is in the currency of the books.
    pub rate: ExchangeRate,
    /// The total without tax.
    pub net: Money,
    /// The tax.
    pub tax: Money,
    /// The total with tax.
    pub total: Money,
    /// What is to be paid.
    pub payable: Money,
}

impl BaseTotals {
    /// Converts the totals of a document.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`] when the books cannot hold so much.
    pub fn try_new(
        totals: &Totals,
        rate: ExchangeRate,
        books: Currency,
    ) -> Result<Self, MoneyError> {
        let tax = rate.convert(totals.tax, books)?;
        let total = rate.convert(totals.tax_inclusive, books)?;
        let payable = rate.convert(totals.payable, books)?;
        Ok(Self { rate, net: total.minus(tax)?, tax, total, payable })
    }

    /// The currency of the books.
    #[must_use]
    pub const fn currency(&self) -> Currency {
        self.payable.currency()
    }
}

/// The share of `whole` that belongs to `part` of `of`, to the minor unit: what a part of a
/// document or of a payment is worth in the currency of the books, counted from its beginning.
///
/// All of it belongs to all of it, so whoever takes parts one after another and counts what they
/// took before ends at exactly nothing.
pub(crate) fn share(whole: Money, part: Money, of: Money) -> Result<Money, MoneyError> {
    let product = i128::from(whole.minor()) * i128::from(part.minor());
    Money::from_wide(div_half_away(product, i128::from(of.minor())), whole.currency())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::totals::{DocumentInput, LineInput, Tax, TaxCategory, TotalsPolicy, calculate};
    use gaara_kernel::{Percent, Quantity, UnitPrice};

    fn totals(price: &str, currency: Currency) -> Totals {
        let rate = Percent::parse("15").unwrap();
        let tax = Tax::try_new(TaxCategory::parse("S").unwrap(), rate).unwrap();
        let line = LineInput::new(Quantity::ONE, UnitPrice::parse(price).unwrap(), tax);
        let document = DocumentInput::new(currency, vec![line]);
        calculate(&document, &TotalsPolicy::for_currency(currency)).unwrap()
    }

    #[test]
    fn the_parts_add_up_though_each_is_converted_once() {
        let (usd, sar) = (Currency::parse("USD").unwrap(), Currency::parse("SAR").unwrap());
        for price in ["0.01", "0.07", "33.33", "99.99", "1234.56"] {
            for rate in ["3.7512345678", "0.0333333333", "1", "12.5"] {
                let totals = totals(price, usd);
                let rate = ExchangeRate::parse(rate).unwrap();
                let base = BaseTotals::try_new(&totals, rate, sar).unwrap();
                assert_eq!(base.net.plus(base.tax), Ok(base.total), "{price} at {rate}");
                assert_eq!(base.payable, base.total, "{price} at {rate}");
            }
        }
    }

    #[test]
    fn the_books_own_currency_is_worth_itself() {
        let sar = Currency::parse("SAR").unwrap();
        let totals = totals("33.33", sar);
        let base = BaseTotals::try_new(&totals, ExchangeRate::ONE, sar).unwrap();
        assert_eq!((base.net, base.tax), (totals.tax_exclusive, totals.tax));
        assert_eq!((base.total, base.payable), (totals.tax_inclusive, totals.payable));
    }

    #[test]
    fn the_whole_share_is_the_whole() {
        let usd = Currency::parse("USD").unwrap();
        let money = |text: &str| Money::parse(text, usd).unwrap();
        assert_eq!(share(money("333.33"), money("7"), money("7")), Ok(money("333.33")));
        assert_eq!(share(money("100"), money("1"), money("3")), Ok(money("33.33")));
        assert_eq!(share(money("100"), money("2"), money("3")), Ok(money("66.67")));
        assert_eq!(share(money("100"), money("0"), money("3")), Ok(money("0")));
    }
}
