//! What the totals of a document are computed from.

use gaara_kernel::{Currency, Money, Quantity, UnitPrice};

use super::adjustment::{Adjustment, DocumentAdjustment};
use super::tax::Tax;

/// One line as it was entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineInput {
    /// How much is sold (BT-129), in the line's unit; may be negative.
    pub quantity: Quantity,
    /// The net price of one base quantity (BT-146), in the document's currency; never negative.
    pub unit_price: UnitPrice,
    /// How many units the price is for (BT-149); greater than zero, usually one.
    pub base_quantity: Quantity,
    /// The price before its discount (BT-148), where one is stated.
    pub gross_price: Option<UnitPrice>,
    /// What was taken off the gross price (BT-147); it only explains the unit price.
    pub price_discount: Option<UnitPrice>,
    /// What is taken off the line.
    pub allowances: Vec<Adjustment>,
    /// What is added to the line.
    pub charges: Vec<Adjustment>,
    /// The tax of the line.
    pub tax: Tax,
}

impl LineInput {
    /// A line with nothing taken off or added, priced for one unit.
    #[must_use]
    pub const fn new(quantity: Quantity, unit_price: UnitPrice, tax: Tax) -> Self {
        Self {
            quantity,
            unit_price,
            base_quantity: Quantity::ONE,
            gross_price: None,
            price_discount: None,
            allowances: Vec::new(),
            charges: Vec::new(),
            tax,
        }
    }
}

/// A document as it was entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentInput {
    /// The currency of every amount.
    pub currency: Currency,
    /// Whether prices, allowances and charges include the tax.
    pub prices_include_tax: bool,
    /// The lines.
    pub lines: Vec<LineInput>,
    /// What is taken off the document.
    pub allowances: Vec<DocumentAdjustment>,
    /// What is added to the document.
    pub charges: Vec<DocumentAdjustment>,
    /// What was paid before (BT-113).
    pub prepaid: Money,
    /// A signed amount that brings the payable to a round figure (BT-114).
    pub rounding: Money,
    /// The smallest coin: with one, the rounding is computed, and `rounding` must be zero.
    pub cash_increment: Option<Money>,
}

impl DocumentInput {
    /// A document of these lines and nothing else, with prices before tax.
    #[must_use]
    pub const fn new(currency: Currency, lines: Vec<LineInput>) -> Self {
        Self {
            currency,
            prices_include_tax: false,
            lines,
            allowances: Vec::new(),
            charges: Vec::new(),
            prepaid: Money::zero(currency),
            rounding: Money::zero(currency),
            cash_increment: None,
        }
    }
}
