//! What was sold in a period.

use std::collections::BTreeMap;

use gaara_kernel::{BilingualText, Code, Currency, CustomerId, Date, Money, MoneyError, ProductId};

/// What sales are added up by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum SalesBy {
    /// By day.
    Day,
    /// By month.
    #[default]
    Month,
    /// By customer.
    Customer,
    /// By product.
    Product,
}

impl SalesBy {
    /// Every way.
    pub const ALL: [Self; 4] = [Self::Day, Self::Month, Self::Customer, Self::Product];

    /// The name in the API.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
            Self::Customer => "customer",
            Self::Product => "product",
        }
    }
}

/// What a row of sales is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SalesGroup {
    /// The documents of a day.
    Day(Date),
    /// The documents of a month, told by its first day.
    Month(Date),
    /// The documents of a customer.
    Customer {
        /// The id.
        id: CustomerId,
        /// The name, as it is now.
        name: BilingualText,
    },
    /// The lines of a product.
    Product {
        /// The id.
        id: ProductId,
        /// The SKU, as it is now.
        sku: Code,
        /// The name, as it is now.
        name: BilingualText,
    },
    /// Lines in free text, and what was taken off or added to whole documents.
    WithoutProduct,
}

/// What was sold, in the currency of the books. Credit notes are taken off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SalesSums {
    /// Before tax.
    pub net: Money,
    /// The tax.
    pub tax: Money,
    /// What the goods cost; `None` where nothing left the stock.
    pub cost: Option<Money>,
}

impl SalesSums {
    /// Nothing.
    #[must_use]
    pub const fn nothing(currency: Currency) -> Self {
        Self { net: Money::zero(currency), tax: Money::zero(currency), cost: None }
    }

    /// With tax.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`] beyond an amount.
    pub fn gross(&self) -> Result<Money, MoneyError> {
        self.net.plus(self.tax)
    }

    /// What is left of the net once the goods are paid for; `None` where no cost is known.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`] beyond an amount.
    pub fn margin(&self) -> Result<Option<Money>, MoneyError> {
        self.cost.map(|cost| self.net.minus(cost)).transpose()
    }

    /// Adds others.
    ///
    /// # Errors
    /// Every variant of [`MoneyError`].
    pub fn plus(&self, other: &Self) -> Result<Self, MoneyError> {
        let cost = match (self.cost, other.cost) {
            (Some(one), Some(two)) => Some(one.plus(two)?),
            (one, two) => one.or(two),
        };
        Ok(Self { net: self.net.plus(other.net)?, tax: self.tax.plus(other.tax)?, cost })
    }
}

/// What was sold of one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SalesRow {
    /// Of what.
    pub group: SalesGroup,
    /// How much.
    pub sums: SalesSums,
}

/// What was sold, row by row and in all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SalesReport {
    /// The rows.
    pub rows: Vec<SalesRow>,
    /// Their sum.
    pub total: SalesSums,
}

impl SalesReport {
    /// Adds rows up. Days are put together to months where months are asked for.
    ///
    /// # Errors
    /// Every variant of [`MoneyError`].
    pub fn try_new(
        currency: Currency,
        by: SalesBy,
        rows: Vec<SalesRow>,
    ) -> Result<Self, MoneyError> {
        let nothing = SalesSums::nothing(currency);
        let rows = if by == SalesBy::Month { by_month(rows, &nothing)? } else { rows };
        let total = rows.iter().try_fold(nothing, |sum, row| sum.plus(&row.sums))?;
        Ok(Self { rows, total })
    }
}

fn by_month(rows: Vec<SalesRow>, nothing: &SalesSums) -> Result<Vec<SalesRow>, MoneyError> {
    let mut months: BTreeMap<Date, SalesSums> = BTreeMap::new();
    let mut others = Vec::new();
    for row in rows {
        if let SalesGroup::Day(day) | SalesGroup::Month(day) = row.group {
            let sums = months.entry(day.first_of_month()).or_insert(*nothing);
            *sums = sums.plus(&row.sums)?;
        } else {
            others.push(row);
        }
    }
    let months = months.into_iter();
    let months = months.map(|(month, sums)| SalesRow { group: SalesGroup::Month(month), sums });
    Ok(months.chain(others).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sar(minor: i64) -> Money {
        Money::from_minor(minor, Currency::parse("SAR").unwrap()).unwrap()
    }

    fn day(day: Date, net: i64, cost: Option<i64>) -> SalesRow {
        let sums = SalesSums { net: sar(net), tax: sar(net / 10), cost: cost.map(sar) };
        SalesRow { group: SalesGroup::Day(day), sums }
    }

    #[test]
    fn days_come_together_to_months_and_everything_to_a_total() {
        let rows = vec![
            day(Date::constant(2026, 1, 31), 1_000, Some(400)),
            day(Date::constant(2026, 2, 1), 500, None),
            day(Date::constant(2026, 2, 28), -100, Some(-40)),
        ];

        let report = SalesReport::try_new(sar(0).currency(), SalesBy::Month, rows).unwrap();

        let told: Vec<_> = report.rows.iter().map(|row| (row.group.clone(), row.sums)).collect();
        let month = |month| SalesGroup::Month(Date::constant(2026, month, 1));
        let expected = [
            (month(1), SalesSums { net: sar(1_000), tax: sar(100), cost: Some(sar(400)) }),
            (month(2), SalesSums { net: sar(400), tax: sar(40), cost: Some(sar(-40)) }),
        ];
        assert_eq!(told, expected);
        assert_eq!(report.total.gross().unwrap(), sar(1_540));
        assert_eq!(report.total.margin().unwrap(), Some(sar(1_040)));
    }

    #[test]
    fn where_no_cost_is_known_no_margin_is() {
        let rows = vec![day(Date::constant(2026, 2, 1), 500, None)];
        let report = SalesReport::try_new(sar(0).currency(), SalesBy::Day, rows).unwrap();
        assert_eq!(report.total.margin().unwrap(), None);
    }
}
