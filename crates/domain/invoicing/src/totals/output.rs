//! The totals of a document, as they are stored and shown.

use gaara_kernel::Money;

use super::tax::Tax;

/// The amounts of one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineTotals {
    /// Price times quantity, as entered: with tax when prices include it.
    pub gross: Money,
    /// The sum of the line's allowances, as entered.
    pub allowances: Money,
    /// The sum of the line's charges, as entered.
    pub charges: Money,
    /// The line's amount before tax (BT-131).
    pub net: Money,
    /// The line's share of its group's tax; the shares of a group add up to the group's tax
    /// unless every line of the group comes to nothing.
    pub tax_amount: Money,
    /// Net and tax together.
    pub total: Money,
}

/// The amounts under one tax category and rate (BG-23).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TaxGroup {
    /// The category and rate.
    pub tax: Tax,
    /// The taxable amount (BT-116).
    pub taxable: Money,
    /// The tax (BT-117).
    pub tax_amount: Money,
}

/// The part of a document's allowance or charge that falls under one tax (BT-92, BT-99).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AdjustmentPart {
    /// The position of the adjustment among the document's allowances, or among its charges.
    pub index: usize,
    /// The tax it falls under.
    pub tax: Tax,
    /// The part's amount before tax.
    pub amount: Money,
}

/// The totals of a document (EN 16931 BG-22, BG-23).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Totals {
    /// The lines, in the order of the document.
    pub lines: Vec<LineTotals>,
    /// The tax groups, ordered by category code and rate.
    pub tax_groups: Vec<TaxGroup>,
    /// The document's allowances by tax; they add up to `allowances`.
    pub allowance_parts: Vec<AdjustmentPart>,
    /// The document's charges by tax; they add up to `charges`.
    pub charge_parts: Vec<AdjustmentPart>,
    /// The sum of the line nets (BT-106).
    pub lines_net: Money,
    /// The document's allowances before tax (BT-107).
    pub allowances: Money,
    /// The document's charges before tax (BT-108).
    pub charges: Money,
    /// The total before tax (BT-109).
    pub tax_exclusive: Money,
    /// The tax (BT-110).
    pub tax: Money,
    /// The total with tax (BT-112).
    pub tax_inclusive: Money,
    /// What was paid before (BT-113).
    pub prepaid: Money,
    /// The signed rounding amount (BT-114).
    pub rounding: Money,
    /// What is left to pay (BT-115).
    pub payable: Money,
}
