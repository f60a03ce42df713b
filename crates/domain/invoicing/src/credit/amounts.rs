//! What each line of an invoice bears of its tax group, in minor units as prices tell them.

use std::collections::BTreeMap;

use gaara_kernel::{Money, Percent, apportion, div_half_away};

use super::CreditError;
use crate::draft::InvoiceContent;
use crate::totals::{LineTotals, Tax, TaxGroup};

/// How many millionths of a percent make the whole.
const WHOLE: i128 = 100_000_000;

/// The amounts of an invoice as they are taken back.
pub(super) struct Borne {
    /// What each line bears, its share of the document's allowances and charges included.
    pub(super) lines: Vec<i128>,
    /// What no line of its group can bear; it goes back together with the last line.
    pub(super) unborne: BTreeMap<Tax, i128>,
}

impl Borne {
    /// The amounts in the terms of the invoice's prices: with tax where they include it.
    pub(super) fn of(invoice: &InvoiceContent) -> Self {
        let inclusive = invoice.written.prices_include_tax;
        Self::spread(invoice, |line| entered(line, inclusive), |group| whole(group, inclusive))
    }

    /// Spreads what allowances and charges of the document change over the lines of their group.
    fn spread(
        invoice: &InvoiceContent,
        of_line: impl Fn(&LineTotals) -> i128,
        of_group: impl Fn(&TaxGroup) -> i128,
    ) -> Self {
        let mut lines: Vec<i128> = invoice.totals.lines.iter().map(of_line).collect();
        let mut unborne = BTreeMap::new();
        for group in &invoice.totals.tax_groups {
            let sold = invoice.written.lines.iter().enumerate();
            let members: Vec<usize> = sold
                .filter(|(_, line)| line.input.tax == group.tax)
                .map(|(index, _)| index)
                .collect();
            let weights: Vec<i128> =
                members.iter().filter_map(|index| lines.get(*index)).copied().collect();
            let rest = of_group(group) - weights.iter().sum::<i128>();
            let Ok(shares) = apportion(rest, &weights) else {
                unborne.insert(group.tax, rest);
                continue;
            };
            for (index, share) in members.iter().zip(shares) {
                if let Some(line) = lines.get_mut(*index) {
                    *line += share;
                }
            }
        }
        Self { lines, unborne }
    }
}

impl InvoiceContent {
    /// What each line comes to before tax, its share of the document's allowances and charges
    /// included: what goods that were bought are worth.
    ///
    /// # Errors
    /// [`CreditError::OutOfRange`] beyond what an amount can hold.
    pub fn effective_nets(&self) -> Result<Vec<Money>, CreditError> {
        let borne = Borne::spread(self, |line| minor(line.net), |group| minor(group.taxable));
        let money = |amount| Money::from_wide(amount, self.written.currency);
        let nets = borne.lines.into_iter().map(money).collect::<Result<_, _>>();
        nets.map_err(|_| CreditError::OutOfRange)
    }
}

/// A line's amount before document allowances, with tax where prices include it.
fn entered(line: &LineTotals, inclusive: bool) -> i128 {
    if inclusive {
        minor(line.gross) - minor(line.allowances) + minor(line.charges)
    } else {
        minor(line.net)
    }
}

/// What a group comes to, with tax where prices include it.
pub(super) fn whole(group: &TaxGroup, inclusive: bool) -> i128 {
    if inclusive { minor(group.taxable) + minor(group.tax_amount) } else { minor(group.taxable) }
}

/// The tax on so much, or within it where prices include it; rounded once.
pub(super) fn tax_of(amount: i128, rate: Percent, inclusive: bool) -> i128 {
    let rate = i128::from(rate.as_millionths());
    let whole = if inclusive { WHOLE + rate } else { WHOLE };
    div_half_away(amount * rate, whole)
}

pub(super) fn minor(money: Money) -> i128 {
    i128::from(money.minor())
}
