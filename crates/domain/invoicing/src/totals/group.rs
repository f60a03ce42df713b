//! Steps 6 and 7: the taxable amount and the tax of each group, and what its members show.

use std::collections::BTreeMap;

use gaara_kernel::Percent;

use super::document::TaxedPart;
use super::error::{Place, TotalsError};
use super::line::PricedLine;
use super::policy::TaxRounding;
use super::spread::{Share, by_magnitude, spread};
use super::tax::Tax;
use super::units::{Units, WHOLE, percent_of, tax_within};

/// The members of one tax group, by their positions, with signed amounts as entered.
#[derive(Default)]
pub(super) struct Members {
    lines: Vec<(usize, i128)>,
    parts: Vec<(usize, i128)>,
}

/// A tax group with what each member contributes before tax, in the order of the members.
pub(super) struct SettledGroup {
    pub(super) tax: Tax,
    pub(super) taxable: i128,
    pub(super) tax_amount: i128,
    pub(super) lines: Vec<SettledLine>,
    /// Position and signed amount before tax of each document adjustment's part.
    pub(super) parts: Vec<(usize, i128)>,
}

/// A line's share of its group.
pub(super) struct SettledLine {
    pub(super) line: usize,
    pub(super) net: i128,
    pub(super) tax_amount: i128,
}

/// Gathers lines and adjustments by category and rate. Source: EN 16931 BR-S-08 and kin.
pub(super) fn gather(lines: &[PricedLine], parts: &[TaxedPart]) -> BTreeMap<Tax, Members> {
    let mut groups: BTreeMap<Tax, Members> = BTreeMap::new();
    for (line, priced) in lines.iter().enumerate() {
        let members = groups.entry(priced.tax).or_default();
        members.lines.push((line, priced.amount));
    }
    for (position, part) in parts.iter().enumerate() {
        let members = groups.entry(part.tax).or_default();
        members.parts.push((position, part.effect));
    }
    groups
}

/// Settles a group. The sum the buyer sees never changes when prices include tax.
pub(super) fn settle(
    tax: Tax,
    members: &Members,
    prices_include_tax: bool,
    rounding: TaxRounding,
    units: &Units,
) -> Result<SettledGroup, TotalsError> {
    let amounts: Vec<i128> =
        members.lines.iter().chain(&members.parts).map(|(_, amount)| *amount).collect();
    let sum = units.bounded(amounts.iter().sum(), Place::Document)?;
    let rate = tax.rate();
    let tax_of = if prices_include_tax { tax_within } else { percent_of };
    let own_taxes: Vec<i128> = amounts.iter().map(|amount| tax_of(*amount, rate)).collect();
    let tax_amount = match rounding {
        TaxRounding::PerGroup => tax_of(sum, rate),
        TaxRounding::PerLine => own_taxes.iter().sum(),
    };
    let taxable = if prices_include_tax { sum - tax_amount } else { sum };
    let nets: Vec<i128> = match (prices_include_tax, rounding) {
        (false, _) => amounts.clone(),
        (true, TaxRounding::PerLine) => subtract(&amounts, &own_taxes),
        (true, TaxRounding::PerGroup) => spread(taxable, &amounts, net_share(rate)),
    };
    let line_nets: Vec<i128> = nets.iter().copied().take(members.lines.len()).collect();
    let line_taxes = match (prices_include_tax, rounding) {
        (_, TaxRounding::PerLine) => own_taxes,
        (false, TaxRounding::PerGroup) => spread(tax_amount, &line_nets, tax_share(rate)),
        (true, TaxRounding::PerGroup) => {
            let within = subtract(&amounts, &nets).into_iter().take(line_nets.len());
            complete(tax_amount, within.collect(), &line_nets)
        }
    };
    Ok(SettledGroup {
        tax,
        taxable,
        tax_amount,
        lines: settle_lines(&members.lines, &line_nets, &line_taxes),
        parts: members
            .parts
            .iter()
            .zip(nets.iter().skip(line_nets.len()))
            .map(|((position, _), net)| (*position, *net))
            .collect(),
    })
}

fn settle_lines(lines: &[(usize, i128)], nets: &[i128], taxes: &[i128]) -> Vec<SettledLine> {
    lines
        .iter()
        .zip(nets.iter().zip(taxes))
        .map(|((line, _), (net, tax_amount))| SettledLine {
            line: *line,
            net: *net,
            tax_amount: *tax_amount,
        })
        .collect()
}

/// Adds to the lines' own tax what document adjustments change, so that the lines show it all.
fn complete(tax_amount: i128, within: Vec<i128>, line_nets: &[i128]) -> Vec<i128> {
    let rest = tax_amount - within.iter().sum::<i128>();
    within.into_iter().zip(by_magnitude(rest, line_nets)).map(|(own, more)| own + more).collect()
}

fn subtract(left: &[i128], right: &[i128]) -> Vec<i128> {
    left.iter().zip(right).map(|(a, b)| a - b).collect()
}

fn tax_share(rate: Percent) -> Share {
    Share { numerator: i128::from(rate.as_millionths()), denominator: WHOLE }
}

fn net_share(rate: Percent) -> Share {
    Share { numerator: WHOLE, denominator: WHOLE + i128::from(rate.as_millionths()) }
}
