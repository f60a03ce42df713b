//! What is to be declared of a period: taxable amounts and tax by category and rate.

use gaara_kernel::{Currency, Money, MoneyError, apportion};

use super::party::Side;
use crate::totals::Tax;

/// What falls under one tax, in the currency of the books. Credit notes are taken off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaxReturnRow {
    /// Sales or purchases.
    pub side: Side,
    /// The category and rate.
    pub tax: Tax,
    /// The taxable amount.
    pub taxable: Money,
    /// The tax.
    pub tax_amount: Money,
}

/// What one side comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TaxReturnSums {
    /// The taxable amount.
    pub taxable: Money,
    /// The tax.
    pub tax_amount: Money,
}

/// A tax return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaxReturn {
    /// The rows: sales before purchases, each by category and rate.
    pub rows: Vec<TaxReturnRow>,
    /// What was sold.
    pub sales: TaxReturnSums,
    /// What was bought.
    pub purchases: TaxReturnSums,
    /// The tax on sales less the tax on purchases: below zero where more was paid than charged.
    pub due: Money,
}

impl TaxReturn {
    /// Adds rows up.
    ///
    /// # Errors
    /// Every variant of [`MoneyError`].
    pub fn try_new(currency: Currency, mut rows: Vec<TaxReturnRow>) -> Result<Self, MoneyError> {
        rows.sort_by_key(|row| {
            (row.side, row.tax.category().code(), row.tax.rate().as_millionths())
        });
        let sums = |side| {
            let zero = Money::zero(currency);
            let own = rows.iter().filter(|row| row.side == side);
            own.map(|row| (row.taxable, row.tax_amount)).try_fold(
                TaxReturnSums { taxable: zero, tax_amount: zero },
                |sums, (taxable, tax_amount)| {
                    Ok::<_, MoneyError>(TaxReturnSums {
                        taxable: sums.taxable.plus(taxable)?,
                        tax_amount: sums.tax_amount.plus(tax_amount)?,
                    })
                },
            )
        };
        let (sales, purchases) = (sums(Side::Sales)?, sums(Side::Purchases)?);
        let due = sales.tax_amount.minus(purchases.tax_amount)?;
        Ok(Self { rows, sales, purchases, due })
    }
}

/// What the parts of a document come to in the currency of the books: they add up to `whole`.
///
/// # Errors
/// [`MoneyError::OutOfRange`] when there is something to spread and nothing to spread it over.
pub fn in_books(whole: Money, parts: &[Money]) -> Result<Vec<Money>, MoneyError> {
    let weights: Vec<i128> = parts.iter().map(|part| i128::from(part.minor())).collect();
    let spread = apportion(i128::from(whole.minor()), &weights);
    let spread = spread.map_err(|_| MoneyError::OutOfRange)?;
    spread.into_iter().map(|minor| Money::from_wide(minor, whole.currency())).collect()
}

#[cfg(test)]
mod tests {
    use gaara_kernel::Percent;

    use super::*;
    use crate::totals::TaxCategory;

    fn row(side: Side, category: &str, rate: &str, [taxable, tax]: [i64; 2]) -> TaxReturnRow {
        let sar = |minor| Money::from_minor(minor, Currency::parse("SAR").unwrap()).unwrap();
        let category = TaxCategory::parse(category).unwrap();
        TaxReturnRow {
            side,
            tax: Tax::try_new(category, Percent::parse(rate).unwrap()).unwrap(),
            taxable: sar(taxable),
            tax_amount: sar(tax),
        }
    }

    #[test]
    fn what_is_due_is_the_tax_charged_less_the_tax_paid() {
        let rows = vec![
            row(Side::Purchases, "S", "15", [10_000, 1_500]),
            row(Side::Sales, "Z", "0", [300, 0]),
            row(Side::Sales, "S", "15", [2_000, 300]),
            row(Side::Sales, "S", "5", [1_000, 50]),
        ];

        let tax_return = TaxReturn::try_new(rows[0].taxable.currency(), rows).unwrap();

        assert_eq!(
            (tax_return.sales.taxable.minor(), tax_return.sales.tax_amount.minor()),
            (3_300, 350)
        );
        assert_eq!(tax_return.purchases.taxable.minor(), 10_000);
        assert_eq!(tax_return.due.minor(), -1_150);
        let order: Vec<_> =
            tax_return.rows.iter().map(|row| (row.side.code(), row.taxable.minor())).collect();
        let expected = [("sales", 1_000), ("sales", 2_000), ("sales", 300), ("purchases", 10_000)];
        assert_eq!(order, expected);
    }
}
