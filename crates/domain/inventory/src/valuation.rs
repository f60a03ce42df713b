//! What the stock is worth: the values of its levels, added up.

use gaara_kernel::{
    BilingualText, CategoryId, Code, Currency, Money, MoneyError, ProductId, Quantity, WarehouseId,
};

/// What levels are added up by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ValuationBy {
    /// By product, over all warehouses.
    #[default]
    Product,
    /// By the product's own category; what has none stands together.
    Category,
    /// By warehouse.
    Warehouse,
}

impl ValuationBy {
    /// Every way.
    pub const ALL: [Self; 3] = [Self::Product, Self::Category, Self::Warehouse];

    /// The name in the API.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Product => "product",
            Self::Category => "category",
            Self::Warehouse => "warehouse",
        }
    }
}

/// Which levels to value; every condition must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ValuationFilter {
    /// Only this product.
    pub product: Option<ProductId>,
    /// Only products of this very category.
    pub category: Option<CategoryId>,
    /// Only this warehouse.
    pub warehouse: Option<WarehouseId>,
}

/// What a row of a valuation is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Valued {
    /// A product.
    Product {
        /// The id.
        id: ProductId,
        /// The SKU.
        sku: Code,
        /// The name.
        name: BilingualText,
        /// How much is on hand, in the product's unit.
        on_hand: Quantity,
    },
    /// A category.
    Category {
        /// The id.
        id: CategoryId,
        /// The name.
        name: BilingualText,
    },
    /// All products without a category.
    Uncategorized,
    /// A warehouse.
    Warehouse {
        /// The id.
        id: WarehouseId,
        /// The code.
        code: Code,
        /// The name.
        name: BilingualText,
    },
}

/// What something is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValuationRow {
    /// What.
    pub valued: Valued,
    /// The value of its levels.
    pub value: Money,
}

/// What the stock is worth, row by row and in all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StockValuation {
    /// The rows, the most valuable first.
    pub rows: Vec<ValuationRow>,
    /// Their sum.
    pub total: Money,
}

impl StockValuation {
    /// Adds rows up.
    ///
    /// # Errors
    /// [`MoneyError`] when a row is in another currency, or the sum is beyond an amount.
    pub fn try_new(currency: Currency, rows: Vec<ValuationRow>) -> Result<Self, MoneyError> {
        let total = rows.iter().try_fold(Money::zero(currency), |sum, row| sum.plus(row.value))?;
        Ok(Self { rows, total })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(minor: i64, code: &str) -> ValuationRow {
        let currency = Currency::parse(code).unwrap();
        let value = Money::from_minor(minor, currency).unwrap();
        ValuationRow { valued: Valued::Uncategorized, value }
    }

    #[test]
    fn the_total_is_the_sum_of_the_rows() {
        let sar = Currency::parse("SAR").unwrap();
        let valuation = StockValuation::try_new(sar, vec![row(175, "SAR"), row(25, "SAR")]);
        assert_eq!(valuation.unwrap().total.amount(), "2.00");
        assert_eq!(StockValuation::try_new(sar, Vec::new()).unwrap().total, Money::zero(sar));
    }

    #[test]
    fn currencies_are_not_added_up() {
        let sar = Currency::parse("SAR").unwrap();
        let mixed = StockValuation::try_new(sar, vec![row(1, "SAR"), row(1, "KWD")]);
        assert!(matches!(mixed, Err(MoneyError::CurrencyMismatch { .. })));
    }
}
