//! The cumulative method: what was taken back is rounded as a whole, and a note takes the
//! difference to what was taken back before. A full credit, in any number of steps, comes to the
//! invoice exactly.

use std::collections::BTreeMap;

use gaara_kernel::{Currency, Money, Quantity, SCALE, UnitPrice, apportion, div_half_away};

use super::amounts::{Borne, minor, tax_of, whole};
use super::{CreditError, CreditLine, CreditScope, CreditedLine, CreditedSoFar};
use crate::draft::{InvoiceContent, NewLine};
use crate::totals::{
    AdjustmentPart, AdjustmentValue, DocumentAdjustment, LineInput, LineTotals, Tax, TaxGroup,
    Totals,
};

/// What a credit note says: its lines, what it comes to, and whether it takes back the last of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credited {
    /// The lines, each naming the line it takes back.
    pub lines: Vec<NewLine>,
    /// Allowances of the invoice that no line bears.
    pub allowances: Vec<DocumentAdjustment>,
    /// Charges of the invoice that no line bears.
    pub charges: Vec<DocumentAdjustment>,
    /// What it comes to.
    pub totals: Totals,
    /// Whether nothing of the invoice is left after it.
    pub complete: bool,
}

/// One line that is taken back.
struct Part<'a> {
    index: usize,
    line: &'a NewLine,
    quantity: Quantity,
    amount: i128,
}

/// A tax group of the note.
struct Group {
    tax: Tax,
    taxable: i128,
    tax_amount: i128,
    unborne: i128,
}

impl InvoiceContent {
    /// What a credit note over a part of this invoice says.
    ///
    /// # Errors
    /// Every variant of [`CreditError`].
    pub fn credit(
        &self,
        scope: &CreditScope,
        so_far: &CreditedSoFar,
    ) -> Result<Credited, CreditError> {
        let borne = Borne::of(self);
        let wanted = self.wanted(scope, so_far)?;
        let parts = self.parts(&wanted, &borne, so_far)?;
        let complete = self.is_complete(&wanted, so_far)?;
        let groups = self.groups(&parts, &borne, so_far, complete);
        let rounding_before = so_far.rounding.map_or(0, minor);
        let before = so_far.groups.iter();
        let total_before = before.map(|group| minor(group.taxable) + minor(group.tax_amount)).sum();
        Build {
            invoice: self,
            parts: &parts,
            groups: &groups,
            complete,
            rounding_before,
            total_before,
        }
        .note()
    }

    /// How much of which line, each line once.
    fn wanted(
        &self,
        scope: &CreditScope,
        so_far: &CreditedSoFar,
    ) -> Result<BTreeMap<usize, Quantity>, CreditError> {
        let mut wanted: BTreeMap<usize, Quantity> = BTreeMap::new();
        match scope {
            CreditScope::Full => {
                for (line, sold) in self.written.lines.iter().enumerate() {
                    let left = remaining(sold, line, so_far)?;
                    if left.is_positive() {
                        wanted.insert(line, left);
                    }
                }
                if wanted.is_empty() {
                    return Err(CreditError::NothingLeft);
                }
            }
            CreditScope::Lines(lines) => {
                for CreditLine { line, quantity } in lines {
                    if !quantity.is_positive() {
                        return Err(CreditError::QuantityNotPositive { line: *line });
                    }
                    let sum = wanted.entry(*line).or_default();
                    *sum = sum.plus(*quantity).map_err(|_| CreditError::OutOfRange)?;
                }
                if wanted.is_empty() {
                    return Err(CreditError::Empty);
                }
            }
        }
        Ok(wanted)
    }

    fn parts(
        &self,
        wanted: &BTreeMap<usize, Quantity>,
        borne: &Borne,
        so_far: &CreditedSoFar,
    ) -> Result<Vec<Part<'_>>, CreditError> {
        let part = |(index, quantity): (&usize, &Quantity)| {
            let (index, quantity) = (*index, *quantity);
            let unknown = CreditError::LineUnknown { line: index };
            let line = self.written.lines.get(index).ok_or(unknown)?;
            let whole = borne.lines.get(index).copied().ok_or(unknown)?;
            let left = remaining(line, index, so_far)?;
            if quantity > left {
                return Err(CreditError::ExceedsRemaining { line: index, remaining: left });
            }
            let sold = i128::from(line.input.quantity.as_millionths());
            let kept = i128::from(left.as_millionths()) - i128::from(quantity.as_millionths());
            let target = div_half_away(whole * (sold - kept), sold);
            // What a voided note leaves behind may run ahead by a unit; it is caught up with later.
            let amount = (target - credited_amount(index, so_far)).max(0);
            Ok(Part { index, line, quantity, amount })
        };
        wanted.iter().map(part).collect()
    }

    /// Whether nothing of any line is left when so much more is taken back.
    fn is_complete(
        &self,
        wanted: &BTreeMap<usize, Quantity>,
        so_far: &CreditedSoFar,
    ) -> Result<bool, CreditError> {
        for (index, line) in self.written.lines.iter().enumerate() {
            let more = wanted.get(&index).copied().unwrap_or(Quantity::ZERO);
            if remaining(line, index, so_far)? != more {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn groups(
        &self,
        parts: &[Part<'_>],
        borne: &Borne,
        so_far: &CreditedSoFar,
        complete: bool,
    ) -> Vec<Group> {
        let inclusive = self.written.prices_include_tax;
        let mut groups = Vec::new();
        for group in &self.totals.tax_groups {
            let members = || parts.iter().filter(|part| part.line.input.tax == group.tax);
            let unborne = borne.unborne.get(&group.tax).copied().filter(|_| complete);
            let unborne = unborne.map(|whole| whole - self.unborne_before(group.tax, so_far));
            if members().next().is_none() && unborne.is_none() {
                continue;
            }
            let before = so_far.groups.iter().find(|before| before.tax == group.tax);
            let (before_whole, before_tax) = before
                .map_or((0, 0), |before| (whole(before, inclusive), minor(before.tax_amount)));
            let now = members().map(|part| part.amount).sum::<i128>() + unborne.unwrap_or(0);
            let taken = before_whole + now;
            let target = if taken == whole(group, inclusive) {
                minor(group.tax_amount)
            } else {
                tax_of(taken, group.tax.rate(), inclusive)
            };
            let tax_amount = (target - before_tax).max(0);
            let taxable = if inclusive { now - tax_amount } else { now };
            let unborne = if unborne.is_some() { taxable } else { 0 };
            groups.push(Group { tax: group.tax, taxable, tax_amount, unborne });
        }
        groups
    }
}

impl InvoiceContent {
    /// What no line of a group bears and notes took back before: what the group came to beyond
    /// its lines.
    fn unborne_before(&self, tax: Tax, so_far: &CreditedSoFar) -> i128 {
        let group = so_far.groups.iter().find(|before| before.tax == tax);
        let Some(group) = group else { return 0 };
        let of_group = |before: &&CreditedLine| {
            let line = self.written.lines.get(before.line);
            line.is_some_and(|line| line.input.tax == tax)
        };
        let lines = so_far.lines.iter().filter(of_group).map(|before| minor(before.amount));
        whole(group, self.written.prices_include_tax) - lines.sum::<i128>()
    }
}

fn remaining(
    line: &NewLine,
    index: usize,
    so_far: &CreditedSoFar,
) -> Result<Quantity, CreditError> {
    let before = so_far.lines.iter().find(|before| before.line == index);
    let before = before.map_or(Quantity::ZERO, |before| before.quantity);
    line.input.quantity.minus(before).map_err(|_| CreditError::OutOfRange)
}

fn credited_amount(index: usize, so_far: &CreditedSoFar) -> i128 {
    so_far.lines.iter().find(|before| before.line == index).map_or(0, |it| minor(it.amount))
}

/// Everything that is left to be written down.
struct Build<'a> {
    invoice: &'a InvoiceContent,
    parts: &'a [Part<'a>],
    groups: &'a [Group],
    complete: bool,
    rounding_before: i128,
    /// What the notes before came to, before rounding.
    total_before: i128,
}

impl Build<'_> {
    fn currency(&self) -> Currency {
        self.invoice.written.currency
    }

    fn money(&self, minor: i128) -> Result<Money, CreditError> {
        Money::from_wide(minor, self.currency()).map_err(|_| CreditError::OutOfRange)
    }

    fn note(self) -> Result<Credited, CreditError> {
        let shares = self.shares();
        let mut lines = Vec::with_capacity(self.parts.len());
        let mut line_totals = Vec::with_capacity(self.parts.len());
        for part in self.parts {
            let (net, tax_amount) = shares.get(&part.index).copied().unwrap_or((0, 0));
            lines.push(self.line(part)?);
            line_totals.push(LineTotals {
                gross: self.money(part.amount)?,
                allowances: self.money(0)?,
                charges: self.money(0)?,
                net: self.money(net)?,
                tax_amount: self.money(tax_amount)?,
                total: self.money(net + tax_amount)?,
            });
        }
        let (allowance_parts, charge_parts) = self.unborne_parts()?;
        let adjustment = |part: &AdjustmentPart| DocumentAdjustment {
            value: AdjustmentValue::Amount(part.amount),
            tax: Some(part.tax),
        };
        Ok(Credited {
            lines,
            allowances: allowance_parts.iter().map(adjustment).collect(),
            charges: charge_parts.iter().map(adjustment).collect(),
            totals: self.totals(line_totals, allowance_parts, charge_parts)?,
            complete: self.complete,
        })
    }

    /// What each line shows before tax, and its share of the tax; they add up to their group.
    fn shares(&self) -> BTreeMap<usize, (i128, i128)> {
        let inclusive = self.invoice.written.prices_include_tax;
        let mut shares = BTreeMap::new();
        for group in self.groups {
            let members: Vec<&Part<'_>> =
                self.parts.iter().filter(|part| part.line.input.tax == group.tax).collect();
            let amounts: Vec<i128> = members.iter().map(|part| part.amount).collect();
            let spread =
                |total: i128| apportion(total, &amounts).unwrap_or_else(|_| vec![0; amounts.len()]);
            let nets = if inclusive { spread(group.taxable) } else { amounts.clone() };
            let taxes = if inclusive {
                amounts.iter().zip(&nets).map(|(amount, net)| amount - net).collect()
            } else {
                spread(group.tax_amount)
            };
            for ((part, net), tax) in members.iter().zip(nets).zip(taxes) {
                shares.insert(part.index, (net, tax));
            }
        }
        shares
    }

    /// The line of the note: as much of the sold one, at a price that comes to its amount.
    fn line(&self, part: &Part<'_>) -> Result<NewLine, CreditError> {
        let (unit_price, base_quantity) = self.price(part)?;
        let input = LineInput {
            base_quantity,
            ..LineInput::new(part.quantity, unit_price, part.line.input.tax)
        };
        Ok(NewLine {
            input,
            reservation: None,
            note: None,
            period: None,
            corrects_line: Some(part.index),
            ..part.line.clone()
        })
    }

    /// The price of one unit where six decimals tell it exactly, else the price of them all.
    fn price(&self, part: &Part<'_>) -> Result<(UnitPrice, Quantity), CreditError> {
        let scale = i128::from(SCALE);
        let per_unit = scale / 10_i128.pow(self.currency().exponent());
        let quantity = i128::from(part.quantity.as_millionths());
        let one = div_half_away(part.amount * per_unit * scale, quantity);
        let exact = div_half_away(one * quantity, scale * per_unit) == part.amount;
        let (price, base) =
            if exact { (one, Quantity::ONE) } else { (part.amount * per_unit, part.quantity) };
        let price = i64::try_from(price).map_err(|_| CreditError::OutOfRange)?;
        let price = UnitPrice::from_millionths(price).map_err(|_| CreditError::OutOfRange)?;
        Ok((price, base))
    }

    fn unborne_parts(&self) -> Result<(Vec<AdjustmentPart>, Vec<AdjustmentPart>), CreditError> {
        let (mut allowances, mut charges) = (Vec::new(), Vec::new());
        for group in self.groups.iter().filter(|group| group.unborne != 0) {
            let side = if group.unborne < 0 { &mut allowances } else { &mut charges };
            let amount = self.money(group.unborne.abs())?;
            side.push(AdjustmentPart { index: side.len(), tax: group.tax, amount });
        }
        Ok((allowances, charges))
    }

    /// The rounding is mirrored by the note that takes the last of the invoice; but no notes come
    /// to more than the invoice, so one that would takes of it what it has to.
    fn rounding(&self, total: i128) -> i128 {
        let whole = &self.invoice.totals;
        let left = minor(whole.rounding) - self.rounding_before;
        if self.complete {
            return left.max(-total);
        }
        let payable = minor(whole.tax_inclusive) + minor(whole.rounding);
        let room = payable - self.total_before - self.rounding_before - total;
        room.min(0).max(-total)
    }

    fn totals(
        &self,
        lines: Vec<LineTotals>,
        allowance_parts: Vec<AdjustmentPart>,
        charge_parts: Vec<AdjustmentPart>,
    ) -> Result<Totals, CreditError> {
        let sum = |parts: &[AdjustmentPart]| parts.iter().map(|it| minor(it.amount)).sum::<i128>();
        let lines_net = lines.iter().map(|line| minor(line.net)).sum();
        let tax_exclusive: i128 = self.groups.iter().map(|group| group.taxable).sum();
        let tax: i128 = self.groups.iter().map(|group| group.tax_amount).sum();
        let rounding = self.rounding(tax_exclusive + tax);
        let group = |group: &Group| {
            Ok(TaxGroup {
                tax: group.tax,
                taxable: self.money(group.taxable)?,
                tax_amount: self.money(group.tax_amount)?,
            })
        };
        Ok(Totals {
            lines,
            tax_groups: self.groups.iter().map(group).collect::<Result<_, _>>()?,
            lines_net: self.money(lines_net)?,
            allowances: self.money(sum(&allowance_parts))?,
            charges: self.money(sum(&charge_parts))?,
            allowance_parts,
            charge_parts,
            tax_exclusive: self.money(tax_exclusive)?,
            tax: self.money(tax)?,
            tax_inclusive: self.money(tax_exclusive + tax)?,
            prepaid: self.money(0)?,
            rounding: self.money(rounding)?,
            payable: self.money(tax_exclusive + tax + rounding)?,
        })
    }
}
